/** Words that ask, count or join, and so are never a name by themselves. Longer ones are tried first. */
const chinese = `
帮我 帮忙 麻烦 请问 那个 那边 这边 查一下 查下 看一下 看下 看看 查查 一下 来着 我们 咱们 咱 我手上 我的 我这 我 他家 她家 他们 他 她 它家 它们 它 你们 你 您 客户要 客户 顾客
cha daizhi kucun dingdan jindu xinyong edu qiankuan yingshou qian kuan qingdan jiage zhangling fenxi duizhangdan shenpi genjin tixing wo de shangji benyue yeji paihangbang mubiao wancheng baojia kaidan bangzhu daiban linqi kuai duan huo yingfu yao fa maoli chengben duoshao
库存 现货 有货没 有货 可用量 可用 可卖 在库 存货 还有没有货 还有没有 有没有货 有没有 还有多少 还有几 还有 有多少 有几 各有多少 各有 各 还剩下 还剩 剩下 剩多少 剩几 剩余 剩 够不够 够 还有吗 有吗 有没 没有 没
内的 之前 以前 以内 以上 以下 之内 左右 之间 里 内 前 后
还欠 欠款 欠了 欠着 欠的钱 欠 应收账款 应收款 应收 账款 款项 没付款 没付 未付 没结 结清了没 结清 结账 的账 账单 账户 账上 账 还差 差 多少钱 多少 几块钱 几块 啥价 钱 几个 几箱 几盒 几张 几家 几种 几次 几卷 几 张单 单价
逾期 超期 超账期 到期 过期 临期 快过期 信用额度 信用 额度 账期 会不会 能不能 可不可以 可以 能 赊 再下 再 超 用完 多少天 天 快
订单 单子 那单 那张单 这单 那张 下的单 开的单 开单 下单 下了 下的 下 的单 单 进度 到哪步 到哪了 到哪 哪步 发货 发了没 发了 待发 要发 没发 发 什么时候 啥时候 几时 何时 什么情况 啥情况 啥状态 状态 情况 审了没 审批 审核 没审 没完 未完 货 总共 一共 合计 现在 目前 当前 分别 马上
在途 在路上 路上 采购 调拨 调拨去 调拨到 到没到 到了没 到货 到没 到 那款 这款 款 那批 这批 哪批 批次 批号 批 的 了 吗 么 有 在 是 和 跟 与 都 哪些 哪些东西 哪个 哪家 哪 些 啥 什么 怎么样 怎么 如何 为什么 东西 堆了些 堆了 堆
价格 价钱 批发价 阶梯价 阶梯 含税价 含税 未税 历史价 成交价 成交 卖给 卖多少 卖了多少 卖了 卖的 卖 拿 买过 买了 买 上次 上回 最近一次 最近 最后一次 上一次 整箱 零卖 一双 一个 一支 标准价 客户价 协议价 最低价 底价 老价格 价
毛利率 毛利 成本价 成本 利润率 利润 空间 几个点 挣 赚 亏着 亏 
物流 单号 快递 签收 运单 车 那车 出了没 出库 出了 出 走的 走 送到 收到 要交 交货 交期 
回款 打过来 打款 到账 收了 收 明细 收款 付款 付了没 付了 付 钱到 对账单 对账 对张单 往来明细 往来 账龄 账令表 账令 账龄表 多久 
要我 待我 我批 谁那 卡在 谁 批了没 批的 特价 折扣 退货 报价单 报价 报个 报一份 报 催 催一下 催下 催款 催 提醒下 提醒 通知 告诉 叫 说下 说一下 说 赶紧 回访 业务员 业务 负责人 跟进人 跟单 销售 那个人 
漏斗 商机 阶段 跟进 联系人 联系方式 联系 电话 资料 画像 名片 地址 公海 拜访 沉默 流失 这客户 这个客户 发我 给我 给 
销售额 销量 业绩 涨了没 排名 排行榜 排行 排名 目标 任务 指标 完成率 完成 达标 达成 
记一下 记录 记下来 记 帮我记 明系 流水 出入库 入库 入了 入 进了 进 动过 没动过 少了 多了 少 
最老 最早 最新 最近 最多 最少 最好 最差 最高 最低 最 产品 商品 物料 材料 货品 品 分布 分析 表 那笔 这笔 笔 早上 晚上 上午 下午 中午 取消 订阅 订了 够 缺 建议 情况下 今后 未来 接下来 左右 目前为止 到底 究竟 一般 通常 具体 详细 详情 数据 数字 数量 数 量 记录 历史 汇总 报表 统计 对比 比较 相比 公司 老板 领导 同事 师傅 一共有 总数 总量 总额 余额 余 结余 尾款 货款 款 新的 金额 刚见完 刚见 见完 见了 刚刚 刚才 刚 嫌贵 意向 不错 样品 已寄 一份 一单 来一单 来 做个 做 开个 开 补 要 想要 订 约 去 从 把 被 占用 占 别算 别 只 也 就 还 又 比 及 或 等 些 款 种 类 号 码 色 色的 那种 哪种 规格 颜色 尺码 各个码 断码 加大 个 支 盒 箱 台 把 条 卷 袋 件 套 双 瓶 桶 吨 家 张 份 套 批 名 位 次 点 查 看 问 知道 想 帮 下面 列一下 列表 列出 列 清单 一览 有关 关于 大概 多 吧 呢 呀 啊 哈 嘛 哦 噢 哟 嗯 诶 喂 好 行 对 先 后来 然后 另外 顺便 这 那 其 此 该 每 全部 所有 仓库里 仓库 仓里 仓 
`
const english = `
how many how much do we have does do did have has had in stock stock warehouse wh left any anything for owes owe us we our receivables receivable outstanding overdue credit balance orders order status where's where is are was were what's what whats which who whom when there incoming inbound on the way and or of by at to from with the a an this that these those still right now please my mine me i show list give tell check get see pieces piece pcs pc units unit boxes box cartons pairs rolls price prices tier list last time pay paid cost gross margin shipped yet ship due coming statement ageing aging collections collection received today's waiting approval approvals approve pending holding discount request pipeline funnel follow up should customer card profile contact sales sold rank top best products customers far target quote draft new ping owner chase payment log met wants alert when drops under below above over can promise could available size sizes colour color by lots lot batch batches hold held expiring expire expires safety slow movers movements only need it its them his her their everything thing all some still been be will would until before after within days day week month year out
`
const list = [...chinese.split(/\s+/), ...english.split(/\s+/)].filter(Boolean)
const known = new Set(list)
const longest = Math.max(...list.map((word) => word.length))

const isLatin = (sign: string | undefined): boolean => sign !== undefined && /[a-z\d]/.test(sign)

/** How long the asking word is that begins here; 0 where none does. */
export function cueWordAt(text: string, at: number): number {
  for (let length = Math.min(longest, text.length - at); length > 0; length--) {
    const word = text.slice(at, at + length)
    if (!known.has(word)) continue
    const isCut = isLatin(word.at(-1)) && (isLatin(text[at + length]) || isLatin(text[at - 1]))
    if (!isCut) return length
  }
  return 0
}

/**
 * A name that no asking word of more than one character breaks, where every word of it could be one that asks: 从无此家. Something in it must be
 * strange, else it is only asking.
 */
export function strangeName(text: string): string {
  let stretch = ''
  const stretches: string[] = []
  for (let i = 0; i < text.length;) {
    const length = cueWordAt(text, i)
    const isPart = /\p{Script=Han}/u.test(text[i] ?? '') && length <= 1
    if (isPart) stretch += text[i]
    else {
      stretches.push(stretch)
      stretch = ''
    }
    i += Math.max(length, 1)
  }
  const isStrange = (one: string): boolean => one.length >= strangeMin && [...one].some((sign) => !known.has(sign))
  return [...stretches, stretch].find(isStrange) ?? ''
}
const strangeMin = 3

/** A name that was not found, as it was written: 白鹭货栈, although 货 asks elsewhere; without the asking words at its end. */
export function wholeName(named: string, strange: string): string {
  if (named === '') return strange
  if (!strange.startsWith(named)) return named
  let end = strange.length
  while (end > named.length && known.has(strange[end - 1] ?? '')) end--
  return strange.slice(0, end)
}
