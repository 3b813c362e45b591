/**
 * Ordinary words that say nothing of what is asked: how somebody wants it told, where he is, that he is in a hurry. Where one of them stands
 * beside a question it is no name that nobody knows.
 */

/** What people do, in the forms in which they say it: 翻, 翻一翻, 翻一遍, 翻出来, 翻过, 翻着. */
const verbs =
  '翻 捋 捞 挑 拣 拎 揪 扒 摆 亮 晒 理 搭理 瞄 瞥 扫 盯 摸 搜 找 念 读 背 讲 聊 唠 喊 嚷 吼 催 追 堵 拖 磨 蹭 赖 耗 熬 扛 撑 顶 挺 托 垫 补 贴 凑 拼 攒 囤 屯 压 躺 趴 睡 蹲 搁 摞 码 塞 搬 挪 腾 腾挪 倒腾 捎 捎带 带 送 运 拉 转 拨 汇 审 批 签 填 录 登 报 提交 递 交 呈 退 换 改 换算 折 算 核 对 查 验 点 盘 清 理清 捋清 归 归拢 拢 合 拆 分 切 划 列 排 排列 编 整理 梳理 统计 总结 归纳 说明 解释 交代 吩咐 嘱咐 惦记 记挂 操心 着急 等 候 盼 指望 打算 琢磨 合计 掂量 盘算 估摸 预备 张罗 忙活 应付得 应对 扔 丢 甩 抛 忘 落 漏 错过 碰 撞 遇 赶 跟 陪 接 迎 开会 开车 出差 进门 出门 上门 坐 站 走 跑 绕 拐 回 到'
const forms = (verb: string): string[] => {
  const [first] = verb
  const alone = verb.length === 1 ? [`${verb}一${verb}`, `${verb}${verb}`] : [verb]
  const ends =
    '过 着 了 完 出来 起来 过来 下来 一下 一遍 一眼 不了 得了 不住 得住 不动 得动 不完 得完 得过来 不过来 给我'
  return first === undefined ? [] : [...alone, ...ends.split(' ').map((end) => verb + end)]
}

const others = `
过一遍 过一下 过一过 过过目
口子 窟窿 资金 架子 货架 架子上 货架上 库位 角落 仓库里头 里屋 柜台 店面 门口 楼下 路上 高速 高速上 车里 外头 手边 眼前 面前 旁边 隔壁屋
驳回 被驳回 打回 退回 草稿 草稿箱 作废 不算 不算在内 撤销 没提交 未提交 提交
按月 按天 按日 按周 按年 按季 按人 按客户 按商品 按产品 按金额 按数量 不含 不包括 不包含 stage stages step steps
顶不到 撑不到 失效 失效的 挪窝 开张 不开张 追问 催问 再问 拿得出手 赊得动 天花板 往 大不大 多不多 高不高 快不快 难 难不难 容易 供不供 给不给 得起 供得起 拿得出 出得去
样子 意思 办法 法子 事情 事 回事 毛病 问题 道理 讲究 情形 状况 现状 近况 底细 底数 底 谱 数儿 准数 准信 准话 实话 实数 大数 总账 细账 明账 一本账 一笔账 一摊 一堆 一块 一截 一大截 一部分 一半 另一半 大半 小半 大部分 多半 剩余部分 其余 余下 剩下的 头一批 头批 末了 最末 最后头
一口气 一下子 一股脑 一次性 一趟 一并 一齐 一起 一道 一总 拢共 统共 总归 归总 打包 通通 统统 全都 全数 全部 逐个 逐一 逐条 挨个 挨个儿 挨家 挨家挨户 一个个 一家家 一张张 一笔笔 一条条 各自 每样 每种 每款 样样 件件
长短 大小 高矮 多寡 轻重 快慢 早晚 先后 前后 远近 好坏 从高到低 从低到高 从大到小 从小到大 从多到少 从少到多 从早到晚 从近到远 由高到低 由大到小 由多到少 降序 升序 顺序 次序 倒序 正序
莫名 莫名其妙 无缘无故 好端端 凭空 平白 白白 好像 似乎 仿佛 看样子 看来 看起来 听说 据说 好歹 反正 横竖 左右都 总之 其实 确实 的确 当真 果真 究竟 到底 竟然 居然 偏偏 恰好 正好 刚好 凑巧 碰巧 顺便 顺带 顺路 顺手 特意 专门 特地 单独 亲自 亲眼 当面 当场 当下 眼看 眼瞅 眼瞅着 眼见 眼见着 马上 立马 立即 即刻 随时 随便 任意 随口 早就 早已 早该 迟早 早晚得 一早 老早 老是 总是 往往 常常 时常 偶尔 有时 有时候 暂时 临时 暂且 姑且 先别 先不 干脆 索性 不妨 何不 最好 宁可 与其 不如 哪怕 即便 即使 虽然 尽管 但是 不过 可是 只是 然而 而且 并且 况且 何况 另外 此外 再说 再者 还有 以及 或者 或是 要么 要不 否则 不然 除非 既然 由于 因此 所以 于是 结果是 按说 照理 按理 按理说 理应 本来 原来 原本 起初 开头 当初 后来 随后 然后 接着 紧接着 最后 最终 末尾
约定 约定的 说好 说好的 讲好 讲好的 谈好 谈好的 定好 定好的 答应过 应承 应承下 允诺 许诺 保证过 约好 约好的 日子 时辰 钟点 当口 期间 空档 功夫 工夫 当天 当晚 当周 当月 同一天 隔天 隔日 次日 第二天 头天 改天 哪天哪天 大概齐 差不离 八九不离十 上下浮动
导航用 备用 自用 急用 送人 带走 拿去 拿回去 装配 安装 施工 开工 完工 赶工 工期 工地上 现场 项目上 装修 打样 试装 试用 应急 救急 应个急
抓瞎 犯愁 发愁 头疼 头大 糊涂 装糊涂 装傻 装死 装聋作哑 耍赖 磨叽 磨蹭 墨迹 拖拉 拖沓 含糊 马虎 靠谱 靠不住 稳当 踏实 放心 安心 担心 怕 害怕 生怕 恐怕 吃紧 吃力 吃不消 吃不准 拿不准 说不准 没准 没谱 没数 没底 有数 有底 心里有数 心里没数 着急上火 火急火燎 十万火急 火烧眉毛 刻不容缓
电话那头 电话里 电话上 线上 在线 微信上 群里 群上 旁边等 旁边问 门口等 等回话 等回复 等答复 等消息 等信 等信儿 等话 等着呢 等着用 等着要 在等 在等着 等急 等急了 催得紧 催得急 催得厉害 催命 催疯 追着问 追着要 打听 打探
外加 另加 再加 加上 连同 连带 连着 搭上 带上 加起来 合起来 合在一起 合一块 算一块 一共算 凑一起 凑一块 混着 掺着 分开 分头 分成 分作 拆成 拆分 切成 归成 归类 分门别类 按类 按种 按样 按款
比方 比方说 譬如 例如 诸如 好比 像是 类似 差别 区别 不同 相同 一模一样 一模 一个样 同样 照样 照旧 照老 照常 依旧 依然 仍然 仍旧 还是 老样子 原样
料子 家伙 家伙什 玩意 玩意儿 东东 货色 宝贝 存着 留着 备着 摆着 放着 堆着 码着 躺着 趴着 睡着 搁着 占着 攥着 捏着 握着 手里头 手底下 手头上 名底下 底下 麾下 门下 旗下
新到手 刚到手 到手 出手 脱手 经手 过手 上手 接手 转手 倒手 收手 松手 动手 着手 下手
wechat alipay cash transfer transfers bank banking shipment shipments compare compared comparing loaded loading lying sitting keep kept eta etd urgent urgently asap currently presently roughly approximately altogether overall each separately respectively breakdown listing summary please kindly quickly regarding concerning according actually basically really honestly maybe perhaps somehow anyway anyhow thanks regards cheers mate buddy boss guys folks fellow date dates dated hanging stuck sorted sorting descending ascending
`

export const everydayWords: readonly string[] = [
  ...verbs.split(' ').flatMap(forms),
  ...others.split(/\s+/).filter(Boolean),
]
