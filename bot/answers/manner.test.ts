import { describe, expect, test } from 'vitest'
import { known as trade } from './fixtures/trade.ts'
import { entryOf } from './lexicon.ts'
import { nameIndex } from './name-index.ts'
import { understand } from './understand.ts'
import type { Known } from './understanding.ts'

const person = (id: string, name: string) => entryOf({ kind: 'colleague', id, name, others: [], code: '', spec: '' })
const known: Known = { ...trade, colleagues: nameIndex([person('li', '小李'), person('he', '小何')]) }

const understood = (text: string) => understand(text, known)
const query = (fields: object) => ({ kind: 'query', query: fields })
/** Asked before it is answered: which of several, what is missing, or whether it is meant so. */
const isAsked = expect.objectContaining({ kind: expect.stringMatching(/^(?:ask|missing)$/) })

describe('a list begins with the end that was asked for', () => {
  test.each<[string, object]>([
    ['逾期客户里欠得最少的三家', { intent: 'ar.overdue', sorted: 'asc', limit: 3 }],
    ['逾期金额从小到大排一下', { intent: 'ar.overdue', sorted: 'asc' }],
    ['逾期金额从高到低列出来', { intent: 'ar.overdue' }],
    ['逾期最久的两家客户', { intent: 'ar.overdue', sorted: 'oldest', limit: 2 }],
    ['主仓库存最少的五样货', { intent: 'stock.warehouse', sorted: 'asc', limit: 5 }],
    ['主仓的轴承按数量从多到少列一下', { intent: 'stock.warehouse', sorted: 'desc', category: '轴承' }],
    ['本月业绩垫底的是谁', { intent: 'sales.rank', order: 'asc' }],
    ['本月客户采购额从大到小排', { intent: 'sales.rank', by: 'customer', order: 'desc' }],
  ])('%s', async (text, fields) => expect(await understood(text)).toMatchObject(query(fields)))

  test.each([
    '本月订单从大到小排',
    '最早的订单是哪张',
    '本月回款最少的一笔',
    '缺口最小的五个',
    '欠款最少的五家是谁',
    'show me the smallest orders this month',
  ])('or he is asked, where nothing lists it so: %s', async (text) => expect(await understood(text)).toEqual(isAsked))
})

describe('what is not wanted is left out, or asked about', () => {
  test.each<[string, object]>([
    ['本月订单，八千以下的就别列了', { over: '8000.00' }],
    ['本月两万以上的订单不要', { under: '20000.00' }],
    ['除了一万以下的，本月订单有哪些', { over: '10000.00' }],
    ['取消的订单不算，本月有哪些订单', { only: 'valid' }],
    ['逾期客户，宏达装饰除外', { without: ['hongda'] }],
    ['球阀的低库存提醒不用了，撤掉', { intent: 'alert.subscribe', action: 'cancel', itemId: 'valve' }],
    ['宏达装饰的回款通知取消吧', { intent: 'alert.subscribe', action: 'cancel', customerId: 'hongda' }],
    ['别再给我发日报', { intent: 'alert.subscribe', action: 'cancel', event: 'report' }],
  ])('%s', async (text, fields) => expect(await understood(text)).toMatchObject(query(fields)))

  test.each([
    '1000到5000的订单别列',
    '不看小何的，这周订单有哪些',
    '本周回款，微信的不算',
    '本月回款别把宏达装饰算进去',
  ])('and never told of alone: %s', async (text) => expect(await understood(text)).toEqual(isAsked))

  test.each<[string, object]>([
    ['查下焊条批次 别发错了', { intent: 'stock.lot', itemId: 'rod' }],
    ['主仓要不要补货', { intent: 'stock.low', warehouseId: 'main' }],
    ['不要紧，球阀还有多少', { intent: 'stock.item', itemIds: ['valve'] }],
    ['没到期的别算，宏达装饰逾期多少', { intent: 'ar.overdue', customerId: 'hongda' }],
  ])('but words that only sound so take nothing away: %s', async (text, fields) =>
    expect(await understood(text)).toMatchObject(query(fields)),
  )
})

describe('before and after a day are never told of that day alone', () => {
  test.each<[string, object]>([
    ['下周三之前要回访的客户', { from: '2026-11-22', to: '2026-11-25' }],
    ['下周三以后要发的货', { from: '2026-11-25', to: '2027-11-25' }],
    ['周五之后到期的款', { from: '2026-11-27', to: '2027-11-27' }],
    ['下周一开始到下周五要发的货', { from: '2026-11-23', to: '2026-11-27' }],
    ['10月20日之后的回款有哪些', { from: '2026-10-20', to: '2026-11-22' }],
    ['本月15号以前的回款', { from: '2026-11-01', to: '2026-11-15' }],
    ['到月底为止要到的货', { from: '2026-11-22', to: '2026-11-30' }],
    ['11月10号到15号主仓收进来的货', { from: '2026-11-10', to: '2026-11-15' }],
    ['这个月剩下几天到期的款', { from: '2026-11-22', to: '2026-11-30' }],
  ])('%s', async (text, fields) => expect(await understood(text)).toMatchObject(query(fields)))

  test.each(['下周三以后的订单', '5号之前的回款', '国庆之前下的订单', 'orders before last Friday'])(
    'he is asked: %s',
    async (text) => expect(await understood(text)).toEqual(isAsked),
  )
})

describe('whoever and whatever was named is in the query, or asked about', () => {
  test.each<[string, object]>([
    ['小李昨天提的折扣审到哪了', { about: 'price', openedById: 'li', from: '2026-11-21', to: '2026-11-21' }],
    ['小何提的信用审批压在我这没有', { intent: 'approval.mine', about: 'credit', openedById: 'he' }],
    ['我提的报价小李批了没', { intent: 'approval.status', document: 'quotation' }],
    ['压在我这儿超过三天还没签的审批', { intent: 'approval.mine', to: '2026-11-19' }],
  ])('%s', async (text, fields) => expect(await understood(text)).toMatchObject(query(fields)))

  test.each(['华塑供的球阀还有多少', '北方轴承的6204卖多少钱', '小李和小何提的报价批了没'])(
    'he is asked: %s',
    async (text) => expect(await understood(text)).toEqual(isAsked),
  )
})

describe('what stands for something that nobody has spoken of is asked for', () => {
  test.each<[string, string]>([
    ['那个什么时候到', 'item'],
    ['它还有库存吗', 'item'],
    ['那款多少钱', 'item'],
    ['when will it arrive', 'item'],
    ['他上个月卖了多少', 'person'],
    ['她目标完成了多少', 'person'],
    ['这家还欠多少', 'customer'],
    ['他家这个月下了几单', 'customer'],
    ['那张单审了没', 'order'],
  ])('%s', async (text, what) => expect(await understood(text)).toMatchObject({ kind: 'missing', what }))

  test.each<[string, object]>([
    ['那个，今天要发哪些货', { intent: 'delivery.due' }],
    ['老板他要看本月销售额', { intent: 'sales.summary' }],
    ['其他客户本月下了几单', { intent: 'order.list' }],
    ['其他家本月下了几单', { intent: 'order.list' }],
    ['小李他上个月卖了多少', { intent: 'sales.summary', ownerId: 'li' }],
    ['客户说他要100个球阀，够不够', { intent: 'stock.atp', itemIds: ['valve'] }],
  ])('and where it stands for nothing, or for what is named, is answered: %s', async (text, fields) =>
    expect(await understood(text)).toMatchObject(query(fields)),
  )
})

describe('what points to one question is told by no other', () => {
  test.each<[string, object]>([
    ['人家要球阀50个，一个按多少算', { intent: 'price.item', itemIds: ['valve'] }],
    ['球阀每个怎么算', { intent: 'price.item', itemIds: ['valve'] }],
    ['想查回款的话，该怎么跟你说', { intent: 'help' }],
    ['怎么问你才能查到库存', { intent: 'help' }],
    ['我的客户里，谁的账要到日子了', { intent: 'ar.due', scope: 'mine' }],
    ['昨天从主仓发走的有哪些', { intent: 'stock.moves', warehouseId: 'main', direction: 'out' }],
    ['上个月哪些产品亏着卖', { intent: 'margin.query' }],
    ['明天到期的应付', { intent: 'ap.payable' }],
    ['宏达装饰最近一次付款是哪天付了多少', { intent: 'ar.customer' }],
    ['宏达装饰有几张单没付清', { intent: 'ar.customer' }],
    ['这个月谁没回款', { intent: 'ar.ageing' }],
    ['本月新下单的客户', { intent: 'order.list' }],
    ['宏达装饰现在能不能下单', { intent: 'ar.credit' }],
    ['还有哪些单等着财务批', { intent: 'order.list', only: 'waiting' }],
  ])('%s', async (text, fields) => expect(await understood(text)).toMatchObject(query(fields)))

  test.each(['这个月谁没开单', '卖得好但快断货的商品', '哪个仓压货最多', '超过三天没到的采购', '我驳回过哪些单'])(
    'or he is asked: %s',
    async (text) => expect(await understood(text)).toEqual(isAsked),
  )

  test.each(['宏达装饰要退两套门锁套件', '球阀放在哪个货位', '一箱球阀几个', '上个月谁付款最及时', '年终奖谁拿得最多'])(
    'and what nothing tells of is declined: %s',
    async (text) => expect(await understood(text)).toMatchObject({ kind: 'declined' }),
  )
})
