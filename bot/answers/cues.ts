import type { Intent } from './query.ts'

type Cue = readonly [pattern: RegExp, weight: number]
/** What a message has besides words: an intent is likelier when it can use it, and unlikelier when it must do without. */
export type Has = 'item' | 'category' | 'customer' | 'supplier' | 'warehouse' | 'order' | 'quantity' | 'days' | 'mine'
type Reading = {
  cues: readonly Cue[]
  with?: Partial<Record<Has, number>>
  without?: Partial<Record<Has, number>>
}

const moneyOwed =
  /欠|应收|账款|没付|未付|没收|未收|没结|结清|挂账|还差.*钱|差我们|qian ?duo ?shao|yingshou|qian ?kuan|\bowes?\b|receivable|outstanding/

/** The words that point to questions about goods. A negative weight points away. */
const goodsCues = {
  'stock.item': {
    cues: [
      [/库存|现货|有货|在库|存货|现存|kucun|苦存|库从/, 0.9],
      [
        /还有多少|还剩|剩多少|剩几|剩下|还有几|有多少|各有|有没有货|还有没|还有吗|有吗|有货没|hai ?you duo ?shao|shengduoshao|有没有/,
        0.75,
      ],
      [/in stock|stock of|how many|how much .*(?:left|have)|any .* left|\bleft\b|on hand/, 0.8],
      [/额度|张单|没批|单子|怎么问|如何问|商机|阶段/, -0.6],
    ],
    with: { item: 0.15, customer: -0.2 },
    without: { item: -0.1 },
  },
  'stock.warehouse': {
    cues: [
      [
        /有啥|都有(什么|哪些)|有哪些有货|哪些有货|有什么货|里.{0,3}(堆|放|存)了|库存清单|库存.{0,4}列|列.{0,4}库存|有几种|qingdan|what's in|what is in/,
        0.8,
      ],
      [/库存|kucun|存货/, 0.4],
      [/有哪些|哪些货|什么货|啥货/, 0.5],
    ],
    with: { warehouse: 0.4, item: -0.3, category: 0.5 },
    without: { warehouse: -1 },
  },
  'stock.lot': {
    cues: [
      [/批次|批号|哪批|先出|最老|最早那批|pici|\blots?\b|\bbatch/, 1.1],
      [/那批.*(?:哪个仓|还有|多少)/, 0.9],
      [/过期|到期|临期/, -0.6],
    ],
    with: { item: 0.1 },
  },
  'stock.variant': {
    cues: [
      [/规格|尺码|各个?码|断码|各色|几个颜色|什么颜色|哪些颜色|颜色|加大码|[smlx\d]码|size|colou?r/, 1],
      [/(?:红|黄|蓝|绿|白|黑|灰)的/, 0.5],
      [/分别.*(?:几|多少)/, 0.5],
      [/(?:^|[^a-z])(?:x{0,3}[sl]|m)(?:码|还有|有|的|$)/, 0.9],
      [/钱|价|出了/, -0.6],
    ],
    with: { item: 0.1 },
  },
  'stock.atp': {
    cues: [
      [
        /可用量|可用|可卖|能卖|可发|能不能.*(?:发|出|交|给)|能发|够不够|凑够|凑齐|够发|能接|接多少|能给.*发|能(?:出|交|拿|供).{0,3}\d|马上发|keyong|promise|available/,
        1,
      ],
      [/够.*(?:不|吗|没)$/, 0.8],
      [/额度|赊|超/, -1],
    ],
    with: { item: 0.15, quantity: 0.3 },
    without: { item: -0.4 },
  },
  'stock.in_transit': {
    cues: [
      [
        /在途|路上|什么时候到|啥时候到|几时到|何时到|多久到|到货|货要到|到(?:什么|哪些|啥)货|要到的货|到没到|到了没|采购.*到|还没到|调拨去|zaitu|daohuo|\bincoming\b|\binbound\b|on the way|arriv/,
        1,
      ],
      [/到哪/, 0.5],
      [/能到|款|钱|单|审/, -0.5],
    ],
    with: { supplier: 0.4, item: 0.1, order: -0.6, customer: -0.6 },
  },
  'stock.low': {
    cues: [
      [
        /快没货|缺货|库存(?:很|比较|太|偏)?(?:低|少)|低于安全|安全库存|补货|要补的|见底|断货|快断|库存不足|不够的|快卖完|duan ?huo|quehuo|safety stock|low stock|running low|reorder/,
        1.5,
      ],
      [/告诉我|提醒/, -1],
    ],
  },
  'stock.slow': {
    cues: [[/呆滞|没动过|没动的|积压|没出过库|卖不动|滞销|死库存|压仓|daizhi|slow ?mov|dead stock/, 1.7]],
  },
  'stock.moves': {
    cues: [
      [
        /出入库|进出库|流水|出库记录|入库记录|收发|进了几次|入了(?:哪|什么|多少)|进了(?:哪|什么|多少)|liushui|movements?|moves of/,
        1.2,
      ],
      [/出了多少|出了几|出库多少|入库多少|发出.*多少|少了\d/, 1],
      [/出了多少(?:量|钱)|销/, -0.6],
    ],
    with: { customer: -0.4 },
  },
  'stock.expiring': {
    cues: [
      [/临期|过期|保质期|有效期|linqi|guoqi|expir/, 1.5],
      [/到期/, 0.7],
      [/款|钱|应收|应付|付|收|天到期|逾期/, -0.9],
    ],
    with: { customer: -1 },
  },
  'price.item': {
    cues: [
      [
        /价|多少钱|怎么卖|卖多少|几块|几毛|jiage|jia ge|duoshao ?qian|\bprices?\b|how much (?:is|for|does .* cost)|quote for/,
        0.9,
      ],
      [/上次|上回|最近一次|历史|成交|成本|利润|报个|报价|报一|挣|赚|老价格|欠|last/, -0.5],
    ],
    with: { item: 0.15 },
    without: { item: -0.6 },
  },
  'price.last': {
    cues: [
      [
        /(?:上次|上回|最近一次|最后一次|上一次|之前|以前).*(?:价|多少钱|几块|啥价|卖)|历史价|成交价|lishi ?jia|shangci.*(?:jia|qian)|last (?:price|time)/,
        1.2,
      ],
      [/回款|打款|再来|一样|报/, -0.8],
    ],
    with: { item: 0.1, customer: 0.2 },
    without: { item: -0.5 },
  },
  'margin.query': {
    cues: [
      [
        /毛利|成本|利润|挣多少|赚多少|赚了|挣了|亏着|亏本|亏钱|几个点|进货价|进价|maoli|chengben|lirun|\bmargin\b|\bcosts? price\b|\bcost of\b|\bprofit/,
        1.6,
      ],
    ],
  },
} satisfies Partial<Record<Intent, Reading>>

/** The words that point to questions about orders, deliveries, money and customers. */
const dealingCues = {
  'order.status': {
    cues: [
      [
        /到哪一?步|哪一步|审了没|审完没|审过没|什么情况|啥情况|状态|进度|没完|到哪了?|怎么样了|zhuangtai|jindu|status|where is/,
        0.8,
      ],
      [/订单|单子|那单|张单|的单|下的单|dingdan|\border\b/, 0.3],
      [/审批|批了没|漏斗|客户什么情况|物流/, -0.5],
    ],
    with: { order: 0.5, customer: 0.15, mine: -0.1 },
    without: {},
  },
  'order.list': {
    cues: [
      [
        /几单|几张单|多少单|开了.{0,4}单|哪些单|什么单|单列|单子有哪些|的单子?$|单子?列|我.*开的单|开了哪些单|订单(?:清单|列表|有|列)|dingdan|\borders\b/,
        0.9,
      ],
      [/订单|单子/, 0.7],
      [/审批|怎么问|进度|状态|要发|待发|未发|要我/, -0.5],
    ],
    with: { order: -0.5 },
  },
  'delivery.status': {
    cues: [
      [
        /货到哪|发了(?:哪些|什么|啥|几|多少)|发货?了?没|发货?了吗|发没发|发出来没|什么时候(?:能)?到|啥时候(?:能)?到|什么时候发|何时发|物流|快递|运单|签收|还差多少没发|多少没发|出了没|送到没|送到了吗|到了没|走的哪|fahuo|wuliu|shipped|shipping|tracking|delivered/,
        1,
      ],
      [/钱|款/, -0.8],
    ],
    with: { order: 0.4, customer: 0.4, item: -0.5, supplier: -0.6 },
    without: {},
  },
  'delivery.due': {
    cues: [
      [
        /要发(?!票)|要出库|要送|该送|待发|要出的|没发的|未发的|没出的|几单没出|单没出|要交的货|该发|准备发|yao ?fa|due to ship|to ship|ship today/,
        1.1,
      ],
    ],
    with: { customer: -0.5, item: -0.3, order: -0.5 },
  },
  'ar.customer': {
    cues: [
      [moneyOwed, 0.9],
      [/balance of/, 0.8],
      [/逾期|超期|账龄|应付|怎么问|到期应收|应付账款|多久|天以上的?欠款|we owe/, -0.6],
    ],
    with: { customer: 0.15, supplier: -0.6 },
  },
  'ar.overdue': {
    cues: [
      [/逾期|超期|超账期|过了账期|到期没付|到期未付|拖着没付|yuqi|chaoqi|overdue/, 1.3],
      [/没发|未发/, -1.2],
    ],
  },
  'ar.ageing': {
    cues: [
      [/账龄|账令|帐令|zhangling|zhang ling|age?ing/, 1.6],
      [/多久的|欠.*多久|天以上的?(?:欠款|应收)/, 1.5],
    ],
  },
  'ar.credit': {
    cues: [[/信用|额度|赊|(?<!超|过了)账期|xinyong|edu(?=\b|[^a-z])|credit/, 1.3]],
  },
  'ar.collections': {
    cues: [
      [
        /回款|回了多少|打过来|打了多少|打款|收到.{0,4}款|到账|收了多少|收到多少|收款|付了多少|付了几|钱到了?没|款到了?没|huikuan|collections?|collected|receipts/,
        1.2,
      ],
      [/应收|销售收款/, -0.3],
    ],
  },
  'ar.statement': {
    cues: [[/对账|对.?张单|往来明细|往来账|duizhang|statement/, 1.6]],
  },
  'ar.due': {
    cues: [
      [
        /款.{0,2}到期|到期应收|要收的|要收多少|该收多少|能收回|该付款|该收的|哪天到期|什么时候到期|快到期的款|到期的款|应收.*到期|coming due|\bdue in\b|falls? due/,
        1.5,
      ],
      [/过期|临期/, -1],
    ],
    with: { customer: 0.2 },
  },
  'ap.payable': {
    cues: [
      [/应付|要付.*供应商|供应商.*(?:款|付)|我们欠|yingfu|do we owe|payables?|we owe/, 1.5],
      [/欠|款付了|付款了|款.*付了没/, 0.4],
    ],
    with: { supplier: 0.6 },
  },
  'crm.profile': {
    cues: [
      [
        /这(?:个)?客户|资料|联系人|联系方式|电话|手机号|地址|最近买|买过(?:啥|什么)|谁在跟|谁负责|负责人是|归谁|谁的客户|画像|名片|客户卡|customer card|profile|contact/,
        1.2,
      ],
      [/没人接|再打|通知|催/, -1],
    ],
    with: { customer: 0.2 },
    without: { customer: -0.6 },
  },
} satisfies Partial<Record<Intent, Reading>>

/** The words that point to approvals, figures of a period, and things to be done. */
const workCues = {
  'approval.mine': {
    cues: [
      [
        /待我|等我|(?:要|让|给)我.{0,2}(?:批|审|签)|我要批|我(?:来|去)批|几个没批|要审|待审|我的审批|待办|需要我|审批.*(?:有|几|哪|过一下)|的审批|daishenpi|shenpi(?! ?jindu)|daiban|daipi/,
        1.1,
      ],
      [/waiting for m|my approvals?|approvals|to approve|pending/, 1.1],
      [/进度|到谁|卡在|我提的/, -0.8],
    ],
  },
  'approval.status': {
    cues: [
      [
        /批了没|批了吗|批下来|批完没|还没批|卡在谁|卡在哪|审批.*到(?:谁|哪)|到谁了|审批进度|谁在审|shenpi ?jindu|holding|stuck|my .* request/,
        1.3,
      ],
      [/几个|待我/, -0.8],
    ],
    with: { mine: 0.2, order: 0.2 },
  },
  'crm.funnel': { cues: [[/漏斗|商机|能签|各阶段|阶段的|shangji|loudou|pipeline|funnel|opportunit/, 1.7]] },
  'crm.followups': {
    cues: [
      [/跟进谁|要跟进|该跟进|跟进提醒|没联系|没下单|拜访哪|要拜访|公海|好久没|沉默客户|genjin tixing|follow ?up/, 1.7],
      [/记|跟进[:：]|刚/, -0.5],
    ],
  },
  'sales.summary': {
    cues: [
      [
        /卖了多少|销售额|销量|业绩|出了多少量|买了多少|涨了没|涨了吗|跌了没|成交额|营业额|yeji|xiaoshou|\bsales\b|sold/,
        1.2,
      ],
      [/排|最|目标|每天|谁/, -0.5],
    ],
  },
  'sales.rank': {
    cues: [
      [
        /排名|排行|谁卖得|谁的业绩|卖得最|销量(?:最|前)|业绩(?:最|前)|(?:销量|卖得).*(?:第一|前\d+)|前\d+的(?:产品|商品|客户|sku)|paihang|rank|\btop \d+|best.?sell/,
        1.7,
      ],
    ],
  },
  'target.progress': {
    cues: [[/目标|任务完成|完成率|指标|达标|达成|mubiao|\btarget/, 1.7]],
  },
  'quote.draft': {
    cues: [
      [/报(?:个|一?下|一)?价|报一?份|做个报价|出个报价|报.{0,4}价|报给|baojia|\bquot(?:e|ation)\b/, 0.9],
      [/审|批|阶段|进度|单.*到/, -0.8],
    ],
    with: { quantity: 0.4, customer: 0.4 },
  },
  'order.draft': {
    cues: [
      [
        /下单|开(?:个|张)?单(?!列)|来一单|再来.*单|下(?:个|张)单|补\d|补货单|kaidan|xiadan|draft an? order|place an order|order \d/,
        1.1,
      ],
      [/没下单|下单了|开的单|几单|多少单/, -1.2],
      [/再下/, -0.6],
    ],
    with: { quantity: 0.4, customer: 0.3 },
  },
  'owner.remind': {
    cues: [
      [/(?:提醒|叫|跟|催|通知|@|让|告诉|转告|喊).*(?:业务|跟进人|负责人|销售|业务员|跟单)/, 2.6],
      [/\b(?:ping|remind|nudge|tell)\b.*\bowner\b/, 2.6],
    ],
  },
  'crm.log': {
    cues: [
      [/记一下|记下来|^记录|记录一下|帮我记|跟进[:：]|写个跟进|^log\b|^记\b/, 2],
      [/没人接|再打|样品|嫌贵|意向|已报价|等回复|说下月|刚见完|刚拜访/, 1.4],
      [/提醒|流水/, -0.8],
    ],
  },
  'alert.subscribe': {
    cues: [
      [
        /告诉我|提醒我|通知我|通知一下|通知下|取消.*提醒|订了哪些提醒|我订(?:了|的)|订阅|(?:每天|每周|每月).*发|alert me|notify me|tell me when|let me know/,
        2.3,
      ],
    ],
  },
  help: {
    cues: [
      [
        /^(?:帮助|help|你好|您好|hi|hello|嗨|\?|在吗|怎么用|使用说明|你会什么|你会啥|能做什么|bangzhu|能查(?:哪些|什么|啥)(?:东西)?)[!。.?]*$/,
        2,
      ],
      [
        /你(?:会|能|可以)(?:做|干|查|帮我)?(?:什么|啥|哪些)|怎么用|(?:怎么|如何)(?:问|查|用|使用)|能查(?:哪些|什么|啥)|what can (?:you|i)|how do i/,
        2,
      ],
    ],
  },
} satisfies Partial<Record<Intent, Reading>>

const readings: Record<Intent, Reading> = { ...goodsCues, ...dealingCues, ...workCues }

export const threshold = { answer: 0.65, lead: 0.12 }
export type Scored = { intent: Intent; score: number }

/** How likely each intent is by its words and by what else is there, most likely first. No intent comes of things alone. */
export function scoreIntents(text: string, has: ReadonlySet<Has>): Scored[] {
  return (Object.entries(readings) as [Intent, Reading][]) // a table keyed by Intent
    .map(([intent, reading]) => ({ intent, score: scoreOf(reading, text, has) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
}

function scoreOf(reading: Reading, text: string, has: ReadonlySet<Has>): number {
  const words = reading.cues.filter(([pattern]) => pattern.test(text))
  if (!words.some(([, weight]) => weight > 0)) return 0
  const said = words.reduce((sum, [, weight]) => sum + weight, 0)
  return said + total(reading.with, (thing) => has.has(thing)) + total(reading.without, (thing) => !has.has(thing))
}

const total = (weights: Reading['with'], counts: (thing: Has) => boolean): number =>
  (Object.entries(weights ?? {}) as [Has, number][]) // keyed by Has
    .filter(([thing]) => counts(thing))
    .reduce((sum, [, weight]) => sum + weight, 0)
