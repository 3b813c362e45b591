/** Characters of names and trade that are taken for each other, by hand and by eye, or that mean the same at the end of a word. */
const groups =
  '钉丝栓 达迖逹 筑竹 瑞端 恒桓恆 宏弘 永水 利刹 金全 天夫 末未 己已巳 士土 日曰 人入 刀力 大太犬 干千于 东车 兴头 昌唱晶 辉挥晖 捷睫 越钺 锦绵棉 茂芃 隆陇 腾滕 诚城成 凯恺 固国 邦帮 源原 丰半 和知 宇字 装妆 饰蚀 幕慕墓 墙樯 建健 材才村 机几 电甩 家稼 具俱 构沟购 物吻 业亚 轴抽 承丞 胶胺 锤捶 垫势 阀伐 箍菰 砂沙 纸低 螺骡 膨澎 胀账 仓苍 页叶'
const groupsOf = new Map<string, number[]>()
groups.split(' ').forEach((group, at) => {
  for (const sign of group) groupsOf.set(sign, [...(groupsOf.get(sign) ?? []), at])
})

export const looksAlike = (a: string, b: string): boolean =>
  (groupsOf.get(a) ?? []).some((at) => groupsOf.get(b)?.includes(at))
