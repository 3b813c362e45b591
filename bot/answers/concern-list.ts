import type { Intent } from './query.ts'
import { howToAsk, moneyToCome, noMoreNews, priceOfOne, worth } from './telling-words.ts'

/**
 * What a message is concerned with by words that cannot mean anything else, and which questions tell of it. An answer to another question
 * would be right and beside the point: 额度 is not told by what is in stock. What nothing tells of is not answered at all.
 */
export type Concern = {
  words: RegExp
  toldBy: readonly (Intent | `${string}.` | `${'sales.rank' | 'ar.collections' | 'margin.query'}:${string}`)[]
}
const byTime = ['sales.rank:quarter', 'sales.rank:month', 'sales.rank:week', 'sales.rank:day'] as const

/** How much is left is asked of many things, and never told by a price. */
const notPrices = [
  'stock.',
  'margin.query',
  'delivery.',
  'order.',
  'ar.',
  'ap.',
  'approval.',
  'crm.',
  'target.progress',
] as const

export const concerns: readonly Concern[] = [
  {
    words:
      /退[货款换回了过掉]|要退(?!订|出)|退\d|换货|发票|开票(?!价)|税票|专票|合同(?!要|里)|报销|运费|邮费|质量|投诉|产地|品牌|厂家|图片|照片|图纸|检测报告|合格证|质保|保修|说明书|多重|体积|材质|什么材料|执照|税号|开户|法人|替代|代替|差不多的|类似的|隔壁|同行|别家|竞品|对手|淘宝|京东|拼多多|1688|网上|你觉得|你认为|倒闭|跑路|靠谱|新(?:签|增|来|开)的?.{0,3}客户|新客户|高铁|火车|机票|航班|(?<!对)外卖(?!给|价)|工资|薪水|薪资|奖金|年终奖|年假|请假|调休|考勤|迟到|打卡|社保|公积金|会议室|彩票|球赛|打车|对面(?:那|家|店)|别人家|市面上|市场(?:上|价)|外面卖|\b(?:invoice|refund|returns?(?! (?:area|warehouse|wh))|contract|freight|warranty|certificate)\b/,
    toldBy: [],
  },
  {
    words: /(?:新|刚)?(?:进|到)来的|[新刚](?:进|到)的/,
    toldBy: ['stock.moves', 'stock.in_transit', 'ar.', 'order.', 'crm.'],
  },
  // What is asked in money is not told in goods.
  {
    words: /(?:几|多少)个?钱|几[块毛]钱?(?![\d])|多少[1一][个只支盒箱包把条卷袋件套双瓶桶台张副片根]/,
    toldBy: [
      'price.',
      'margin.query',
      'ar.',
      'ap.',
      'sales.',
      'order.',
      'quote.draft',
      'crm.',
      'target.progress',
      'stock.slow',
      'approval.',
    ],
  },
  {
    words: priceOfOne,
    toldBy: ['price.', 'margin.query', 'quote.draft', 'order.draft', 'approval.', 'sales.'],
  },
  // How to ask is told by nothing else.
  { words: howToAsk, toldBy: ['help'] },
  { words: moneyToCome, toldBy: ['ar.', 'ap.', 'alert.subscribe'] },
  // Whether one still wants to be told of something is no question about that thing.
  { words: noMoreNews, toldBy: ['alert.subscribe'] },
  { words: /便宜|卖到|[更太]?贵(?=多少|[点吗不了的]|$)/, toldBy: ['price.', 'margin.query', 'sales.rank'] },
  {
    words: /进了(?:多少|几)(?!.{0,3}(?:[钱款单]|张单))/,
    toldBy: ['stock.moves', 'stock.in_transit', 'ar.', 'order.list'],
  },
  // What was paid is not what will be, and what we owe not what is owed to us.
  {
    words: /(?:上次|上回|(?:最近|最后)(?:的)?[1一][次笔]|\blast\b).{0,6}(?:付|打|回|给|还|汇)[了过]?(?:款|钱|账)/,
    toldBy: ['ar.customer', 'ar.collections', 'ar.credit', 'alert.subscribe'],
  },
  { words: /应付|付(?:给)?供应商|\bpayables?\b/, toldBy: ['ap.payable'] },
  { words: /欠.{0,4}货(?!款)/, toldBy: ['stock.in_transit', 'delivery.'] },
  {
    words:
      /(?:谁|哪[些几]?[个家]?(?:客户)?)(?:都|还)?[没未](?:有)?(?:回|付|给(?!人|他|我|对方|客户)|打)|[没未](?:付|结|给|收)(?:清|完|全)/,
    toldBy: ['ar.overdue', 'ar.ageing', 'ar.due', 'ar.customer', 'ar.credit', 'ap.payable', 'alert.subscribe'],
  },
  {
    words: /供应商|供货商/,
    toldBy: ['stock.in_transit', 'stock.moves', 'stock.lot', 'ap.payable', 'margin.query'],
  },
  { words: /延期|误期|晚到|迟到/, toldBy: ['delivery.', 'stock.in_transit', 'order.', 'approval.'] },
  { words: /[缺断短]货的(?:订?单)|发货.{0,6}缺/, toldBy: ['delivery.'] },
  {
    words: /最\S{1,3}的?(?:业务员|销售(?!额|量)|业务)|哪个(?:业务员|销售).{0,8}(?:最|多|少)/,
    toldBy: ['sales.rank', 'margin.query', 'target.progress', 'ar.collections:rep', 'crm.'],
  },
  { words: /[没未](?:有)?(?:开|出|成)[过了]?单|[没未](?:有)?(?:成交|开张)/, toldBy: ['crm.'] },
  {
    words: /等着?(?:财务|老板|总监|经理|领导|会计|\p{Script=Han}[总姐哥]|别人).{0,4}[批审签]/u,
    toldBy: ['order.', 'approval.status'],
  },
  {
    words: /^(?!.*(?:逾期|欠|催|拖|超期|到期)).*客户(?:名单|清单|列表|名册)/,
    toldBy: ['crm.', 'sales.rank'],
  },
  { words: /(?:要|该|得)收(?:现金|现款)|代收|货到付款/, toldBy: ['ar.', 'quote.draft', 'order.draft'] },
  { words: /哪个?仓.{0,6}(?:最|多|少)/, toldBy: ['stock.item', 'stock.atp'] },
  {
    words: /[亏赔](?:钱|本|着卖|损)?的(?:订?单|客户|产品|商品|货)/,
    toldBy: ['margin.query:item', 'margin.query:customer', 'margin.query:category', 'margin.query:seller'],
  },
  // Whoever has ordered is not who should be called.
  {
    words: /^(?!.*(?:[没未不久]|nothing)).*下[了过]?单(?!价)/,
    toldBy: ['order.', 'sales.', 'quote.draft', 'approval.', 'delivery.', 'ar.', 'price.', 'stock.', 'margin.query'],
  },
  { words: /(?<!不)好卖|卖得(?:最)?[好快火]|畅销|热销|爆款/, toldBy: ['sales.', 'margin.query'] },
  {
    words: /(?:^|我|[今昨前]天|[这本上]个?[周月])(?:都|已经)?(?:[批审]|驳回|拒绝|退回)(?:了|过|掉|完)(?:的|多少|几|哪)/,
    toldBy: ['help'],
  },
  // What has left is not what was to leave.
  {
    words:
      /(?<![没未要该得会能想待])(?:发|送|运|拉)(?:走|出去|掉)了?的(?!时|日)|(?<![没未该])(?:发|送|运|拉)(?:走|出去)?了(?:哪|什么|啥|多少|几)|\bdid (?:we|you|they) (?:ship|send|deliver)\b/,
    toldBy: ['delivery.status', 'order.', 'stock.moves', 'sales.', 'margin.query', 'crm.'],
  },
  {
    words:
      /(?:拜访|回访|走访|联系|跑)了(?:几|多少|哪|谁)|丢(?:了|掉).{0,5}单|丢单|输单|(?:回款|收款|逾期|准时|退货|成交)率|(?:交期|周期).{0,4}(?:几|多少)天|导航(?:去|到)|最(?:及时|准时|爽快|守信)|货位|库位|架位|盘[亏盈]|货.{0,3}少了(?:几|多少)/,
    toldBy: [],
  },
  {
    words: /^(?:每|[一1])(?:箱|盒|包|件|袋|捆)(?:的|装)?.{1,24}(?:几|多少)(?:个|支|只|把|套|片|根)[呀啊?]?$/,
    toldBy: [],
  },
  { words: /[订定]金|预[付收]款?|利息|(?:坏|损)了(?:多少|几)|破损|次品|残次/, toldBy: [] },
  { words: /上[1一]?批/, toldBy: ['stock.lot', 'stock.in_transit', 'delivery.', 'order.'] },
  {
    words: /比.{1,12}(?:大|小|长|短|粗|细|厚|薄|宽|窄)(?:[1一]点|些|号)?(?:的|$)/,
    toldBy: ['stock.variant'],
  },
  // How many there are in a box.
  {
    words:
      /(?:每|一|1)(?:盒|箱|包|件|袋|捆|桶|卷|板|打|斤|kg|吨|米)(?:里面?)?(?:装|有|是)?(?:几|多少)(?:个|支|只|把|副|套|片|张|根|米|颗|粒|瓶|盒|包|袋|卷|双)/,
    toldBy: [],
  },
  { words: /(?<!好)(?:腾|空).{0,3}地方|空位|库容|放得下/, toldBy: [] },
  { words: /平均|人均|均价|客单价|周转(?:率|天数)|转化率|复购|\baverage\b/, toldBy: [] },
  {
    words: /为什么|为啥|为何|原因|\bwhy\b/,
    toldBy: ['order.status', 'delivery.status', 'approval.status', 'stock.moves', 'ar.credit'],
  },
  {
    words:
      /每个?(?:[天日周月年]|季度|星期|礼拜)|逐[日周月]|按[天日周月](?!底)|走势|趋势|曲线|\b(?:daily|weekly|monthly|trend)\b/,
    toldBy: ['alert.subscribe', 'ar.collections:month', 'ar.collections:day', ...byTime],
  },
  {
    words: /(?:哪[1一]?个?(?:月|周|星期|礼拜)|哪[1一]?天|几月份?).{0,8}(?:卖|销|业绩|生意|[买拿]得|成交)/,
    toldBy: byTime,
  },
  {
    words: /还有(?:多少|没有|没|几)(?!.{0,6}(?:[天日钱账款]|额度|到期))|还剩(?:多少|几)(?!.{0,4}[天日])/,
    toldBy: notPrices,
  },
  // What lies there unsold is told with its worth; what all of it is worth is not.
  { words: new RegExp(`^(?!.*(?:没|不动|呆|积压|滞|久|半年)).*(?:${worth})`), toldBy: [] },
  { words: new RegExp(worth), toldBy: ['stock.slow', 'margin.query'] },
  { words: /\bstock\b(?! up)/, toldBy: ['stock.'] },
  { words: /比\S{1,14}(?:更|还要?)(?:多|少|高|低|大|好|差)/, toldBy: ['sales.', 'margin.query'] },
  { words: /库存|现货|有货|\bin stock\b/, toldBy: ['stock.'] },
  { words: /(?<![报特询议])价(?!值|格审)|怎么卖|\bprices?\b/, toldBy: ['price.', 'margin.query', 'approval.'] },
  {
    words: /成本|毛利|利润|亏(?:着|本|钱|了|不|损)|赔(?:着|本|钱)|[赚挣]了?[多几钱]|进价|\b(?:margins?|profit)\b/,
    toldBy: ['margin.query'],
  },
  { words: /额度|信用|授信|\bcredit\b/, toldBy: ['ar.credit', 'ar.customer', 'approval.'] },
  {
    words: /逾期|超期|拖欠|\boverdue\b/,
    toldBy: ['ar.overdue', 'ar.ageing', 'ar.customer', 'ar.credit', 'delivery.due'],
  },
  { words: /(?:分|切|拆)(?:成|作|几)?[1-9几]?个?(?:段|档)|(?:切|拆)[1一](?:切|拆)/, toldBy: ['ar.ageing'] },
  {
    words: /每个?人|各人|人人|各个?(?:业务员|销售)/,
    toldBy: ['sales.rank', 'target.progress', 'ar.collections', 'crm.'],
  },
  {
    words: /[走销](?:了|掉了?)(?:多少|几)(?![天步家])/,
    toldBy: ['sales.', 'stock.moves', 'margin.query', 'delivery.', 'target.progress'],
  },
  { words: /驳回|打回|草稿|没提交|未提交|作废/, toldBy: ['order.', 'approval.', 'quote.draft'] },
  { words: /账龄|\bage?ing\b/, toldBy: ['ar.ageing'] },
  { words: /对账|\bstatement\b/, toldBy: ['ar.statement'] },
  { words: /欠|应收|\bow(?:e|es|ed)\b/, toldBy: ['ar.', 'ap.payable'] },
  {
    words: /(?<![没未])回款|打款|(?<!应)收款|\bcollect(?:ed|ions?)\b/,
    toldBy: ['ar.collections', 'ar.due', 'ar.overdue'],
  },
  {
    words: /(?<![没未能还])卖(?:了|掉了?|走了?|出去?了?)(?:多少|几)/,
    toldBy: ['sales.', 'margin.query', 'price.', 'stock.moves'],
  },
  {
    words: /付款|付钱|给钱|还款|结账/,
    toldBy: ['ar.', 'ap.payable', 'crm.', 'approval.', 'order.status'],
  },
  { words: /手机|(?<!打|在)电话(?!没|那头|里|上|等|催)|联系人|联系方式|\bphone\b/, toldBy: ['crm.'] },
  { words: /地址|\baddress\b/, toldBy: ['crm.', 'delivery.status'] },
  { words: /物流|快递|签收|运单|\btracking\b/, toldBy: ['delivery.', 'order.status'] },
  { words: /审批|批了没|\bapprov/, toldBy: ['approval.', 'order.'] },
  { words: /报价(?!是|多少)/, toldBy: ['quote.draft', 'approval.', 'price.', 'margin.query', 'crm.'] },
  { words: /发货了[没吗]|发货没|发了[没吗]/, toldBy: ['delivery.status', 'order.', 'stock.in_transit'] },
  {
    words: /缺货|断货|补货|缺料/,
    toldBy: ['stock.low', 'stock.item', 'stock.atp', 'stock.in_transit', 'stock.variant', 'delivery.due'],
  },
  { words: /呆滞|滞销|积压/, toldBy: ['stock.slow'] },
  { words: /批次|批号|\blots?\b/, toldBy: ['stock.lot', 'stock.expiring'] },
  { words: /保质期|有效期|\bexpir/, toldBy: ['stock.lot', 'stock.expiring'] },
  {
    words: /在途|到货|路上|\b(?:inbound|incoming)\b/,
    toldBy: ['stock.in_transit', 'stock.item', 'stock.atp', 'stock.low', 'delivery.'],
  },
  { words: /目标|完成率|达标|\btargets?\b/, toldBy: ['target.progress'] },
  {
    words: /销售额|(?<![没有无])销量|业绩|营业额|\b(?:sales|revenue|turnover)\b/,
    toldBy: ['sales.', 'target.progress'],
  },
  {
    words: /占比|比例|百分之几|占(?:了)?(?:总|应收|欠款|全部|全公司|整个).{0,6}(?:多少|几)|\bshare\b/,
    toldBy: ['sales.rank', 'target.progress', 'ar.credit'],
  },
  {
    words:
      /最(?:[多大高好少低差久长慢贵稳强弱]|小|便宜|及时|准时|活跃|厉害)(?!近|还|再|能|可)|\b(?:most|least|highest|lowest|biggest|worst|best)\b/,
    toldBy: [
      'sales.rank',
      'ar.ageing',
      'ar.overdue',
      'stock.slow',
      'stock.low',
      'stock.warehouse',
      'stock.lot',
      'margin.query',
    ],
  },
  {
    words: /(?<!哪)[几多][个家少](?:个|家)?客户|客户(?:数|总数)|\bhow many customers\b/,
    toldBy: ['ar.overdue', 'ar.ageing', 'crm.followups', 'delivery.due'],
  },
]
