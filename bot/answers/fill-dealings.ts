import { addDays, endOfMonth } from '#kernel/days'
import { Decimal, toMoney } from '#contract'
import { comparedIn } from './compared.ts'
import {
  alreadyGone,
  asked,
  type Asked,
  carried,
  daysOf,
  lastCustomer,
  lastOrder,
  only,
  stillToCome,
  whoseOf,
  warehouseOf,
  withCustomer,
  withOrder,
} from './pick.ts'
import type { BotQuery, QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'

const dueDays = 7
type Later = Understanding | Promise<Understanding>

const isOrdered = /[下开订]的(?:那)?[张个]?(?:单|订单|货)/
type Only = NonNullable<QueryOf<'order.list'>['only']>
/** In which state orders are to be; the plainer word first. */
const inState: readonly (readonly [RegExp, Only])[] = [
  [
    /(?:取消|作废|撤销|驳回)(?:了|掉)?的?(?:单子?)?(?:不算|除外|别算|不要|去掉|刨掉)|(?:除了|不含|不算|去掉|刨掉|不要)(?:已?取消|作废|撤销|驳回)|\b(?:except|excluding|not) cancell?ed\b/,
    'valid',
  ],
  [/驳回|打回|退回(?!来)|拒(?:绝|了|批)|没(?:批|审)过|没通过|\brejected\b/, 'rejected'],
  [/草稿|没提交|未提交|没提上去|还没提|\bdrafts?\b(?! an?\b)/, 'draft'],
  [/(?:取消|作废|撤销)(?:了|掉|的)|\bcancell?ed\b/, 'cancelled'],
  [/没完|未完|没发完|未发|没发|没交|\bopen\b|unfinished/, 'unfinished'],
  [
    /没审|待审|未审|审批中|在审|待批|没批|卡.{0,2}审|等.{0,2}[批审]|not approved|(?:waiting for|awaiting|pending) approval/,
    'waiting',
  ],
  [/(?:已经?|都)(?:完成|发完|完结|结束|关闭)|完成了的|发完了的|\b(?:finished|completed|closed) orders?\b/, 'finished'],
]

function filterOf(ask: Asked): Pick<QueryOf<'order.status'>, 'only' | 'from' | 'to'> {
  const only = inState.find(([words]) => words.test(ask.message))?.[1]
  // A draft has not been ordered on any day.
  const days = only === 'draft' ? {} : daysOf(ask)
  return { ...(only ? { only } : {}), ...days }
}

export function orderStatus(ask: Asked): Later {
  const { slots } = ask
  if (slots.orderTail) return withOrder(ask, (orderId) => ({ intent: 'order.status', orderId }))
  const before = lastOrder(ask)
  if (slots.named === '' && !slots.isMine && before && !slots.days)
    return asked({ intent: 'order.status', orderId: before })
  if (slots.named === '' && (slots.isMine || !lastCustomer(ask))) return orderList({ ...ask, intent: 'order.list' })
  return withCustomer(ask, (customerId) => ({ intent: 'order.status', customerId, ...filterOf(ask) }))
}

export function orderList(ask: Asked): Later {
  const { slots, message } = ask
  if (slots.orderTail) return withOrder(ask, (orderId) => ({ intent: 'order.status', orderId }))
  // Orders that nobody has placed yet are nothing to answer.
  const isAhead = slots.days !== undefined && slots.days.from > ask.known.today
  if (isAhead && /会|将|预计|估计|可能/.test(message)) return { kind: 'declined' }
  // Orders of a day that is still to come are those that are due then.
  if (isAhead && slots.named === '' && /交期|交货|[要该](?:交|发)|到期/.test(message) && ask.known.may('delivery.due'))
    return deliveryDue({ ...ask, intent: 'delivery.due' })
  const more = { ...whoseOf(ask), ...amountsOf(ask), ...filterOf(ask) }
  if (slots.named === '') return asked({ intent: 'order.list', customerId: pronounCustomer(ask), ...more })
  return withCustomer(ask, (customerId) => ({ intent: 'order.list', customerId, ...more }))
}

const moneyOf = (said: string): string => toMoney(new Decimal(said))

/** From so much on, below so much, or between the two. */
function amountsOf({ slots: { amounts } }: Asked): { over?: string; under?: string } {
  const { threshold, isBelow, most } = amounts
  const [over, under] = isBelow ? [undefined, threshold] : [threshold, most]
  return { over: over && moneyOf(over), under: under && moneyOf(under) }
}
const pronoun = /他|她|它|这家|那家|该客户|\b(?:his|her|their|its|them)\b/
/** Whom a pronoun stands for, or whom the question before was about. */
const pronounCustomer = (ask: Asked): string | undefined =>
  pronoun.test(ask.message) ? lastCustomer(ask) : carried(ask, 'customerId')

/** Where to, and neither by which number nor how far it has come. */
const asksWhere =
  /^(?!.*(?:电话|手机|联系|phone)).*(?:地址|\baddress\b|送(?:到|去|往)?(?:哪|啥地方|什么地方)(?:里|儿|边|家)?(?!了|一?步)|[去往到]哪(?:里|儿|家)?(?:去)?送|去哪些地方|deliver .*to where|where .*deliver)/
const wantsOf = ({ message }: Asked) => (asksWhere.test(message) ? ('address' as const) : undefined)

export function deliveryStatus(ask: Asked): Later {
  const { slots } = ask
  const wants = wantsOf(ask)
  if (slots.orderTail) return withOrder(ask, (orderId) => ({ intent: 'delivery.status', orderId, wants }))
  // Where all of them go is told of what is still to leave.
  if (wants && slots.named === '' && !lastOrder(ask) && !lastCustomer(ask))
    return deliveryDue({ ...ask, intent: 'delivery.due' })
  const before = lastOrder(ask)
  if (slots.named === '' && before && ask.known.context.queries[0] && 'orderId' in ask.known.context.queries[0])
    return asked({ intent: 'delivery.status', orderId: before })
  if (
    slots.named === '' &&
    (slots.isMine || (/单/.test(ask.message) && !lastCustomer(ask))) &&
    ask.known.may('order.list')
  )
    return orderList({ ...ask, intent: 'order.list' })
  if (slots.named === '' && slots.days) return asked({ intent: 'delivery.status', ...daysOf(ask) })
  // The days on which something was ordered are not those on which it leaves.
  if (slots.days && isOrdered.test(ask.message) && ask.known.may('order.status'))
    return orderStatus({ ...ask, intent: 'order.status' })
  return withCustomer(ask, (customerId) => ({ intent: 'delivery.status', customerId, wants, ...daysOf(ask) }))
}

export function deliveryDue(ask: Asked): Understanding {
  const { slots, known, message } = ask
  const isAny =
    !slots.days && /所有|全部|一共|总共|合计|还(?:没|未|有)|没(?:有)?(?:发|出)/.test(message) && !/今天/.test(message)
  const isOverdue =
    /逾期|超期|晚[了交发]|过了?.{0,4}(?:日子|日期|时间|期限|交期).{0,4}[没未还]|(?:日子|日期|时间).{0,3}过了|(?:答应|说好|约好|承诺).{0,6}[没未]|延期|误期|迟[交发]|拖|过期|过了?(?:交期|期限|交货期|承诺)|该发[还没未]|(?:日期|期限?|时间)(?:已经?)?过|overdue|late/.test(
      message,
    )
      ? (true as const)
      : undefined
  const days = slots.days
    ? stillToCome(slots.days, known.today)
    : isOverdue || isAny || /下[1一]?(?:家|单|站|个|趟)|接下来/.test(message)
      ? {}
      : { from: known.today, to: addDays(known.today, slots.amounts.span ?? 0) }
  const overDays = isOverdue && slots.amounts.span
  return asked({
    intent: 'delivery.due',
    warehouseId: warehouseOf(ask),
    isOverdue,
    overDays,
    wants: wantsOf(ask),
    ...days,
  })
}

const everybody = /谁|每[个家]|最多|总|所有|全部|一共|哪些|哪几?[家个]|大家|who|total|all/

/** A day that is over: how things stood at its end. */
function dayOf({ slots: { days }, known: { today }, base }: Asked): string | undefined {
  if (days) return days.to < today ? days.to : undefined
  return base && 'day' in base ? base.day : undefined
}

/** What all of them owe is the ageing, with those who owe most. */
export function arCustomer(ask: Asked): Understanding {
  if (ask.slots.named === '' && /到期/.test(ask.message)) return arDue({ ...ask, intent: 'ar.due' })
  const { colleagues, amounts } = ask.slots
  const isOfSeveral = everybody.test(ask.message) || colleagues.length > 0 || amounts.threshold !== undefined
  if (ask.slots.named === '' && isOfSeveral) return arAgeing({ ...ask, intent: 'ar.ageing' })
  const { customers, customerParts } = ask.slots
  const several = customers.length === 0 && customerParts.length > 1 && customerParts.length <= 5
  const clear = customerParts.flatMap((part) =>
    part.customers.length === 1 ? part.customers.map(({ entry }) => entry.id) : [],
  )
  const day = dayOf(ask)
  if (several && clear.length === customerParts.length) return asked({ intent: 'ar.customer', customerIds: clear, day })
  return withCustomer(ask, (customerId) => ({ intent: 'ar.customer', customerIds: [customerId], day }))
}

/** Questions about one, which go on about whom the last one was: 逾期了没, 哪天到期. */
const ofOne = /[了过]?(?:没|吗|么|没有)$|什么时候|啥时候|哪天|几号|几时|多久/
const goesOn = /呢(?:[^\p{L}\p{N}]|谢谢|多谢|thanks)*$/iu
const ofAll = /哪|谁|几家|多少家|列|清单|名单|所有|全部|总|我的客户|top|前\d|who|which|list/

export function arOverdue(ask: Asked): Understanding {
  const { span, spanMost, isWithinSpan, limit } = ask.slots.amounts
  const [overDays, mostDays] = isWithinSpan ? [undefined, span] : [span, spanMost]
  const more = { ...whoseOf(ask), overDays, mostDays, ...amountsOf(ask), limit }
  return maybeCustomer(ask, (customerId) => ({ intent: 'ar.overdue', customerId, ...more }))
}

export const arAgeing = (ask: Asked): Understanding =>
  maybeCustomer(ask, (customerId) => ({
    intent: 'ar.ageing',
    customerId,
    ...whoseOf(ask),
    overDays: ask.slots.amounts.isWithinSpan ? undefined : ask.slots.amounts.span,
    ...amountsOf(ask),
    limit: ask.slots.amounts.limit,
    day: dayOf(ask),
  }))

/** A question that may be about a customer: one that is named but not found is still said to be unknown. */
function maybeCustomer(ask: Asked, query: (customerId?: string) => BotQuery): Understanding {
  const isOfOne = (ofOne.test(ask.message) || goesOn.test(ask.said)) && !ofAll.test(ask.message)
  if (ask.slots.named === '') return asked(query(pronounCustomer(ask) ?? (isOfOne ? latestCustomer(ask) : undefined)))
  return withCustomer(ask, query)
}

/** Whom the very last question was about. */
const latestCustomer = (ask: Asked): string | undefined =>
  lastCustomer({
    ...ask,
    known: { ...ask.known, context: { queries: ask.known.context.queries.slice(0, 1), choices: [] } },
  })

export function arCredit(ask: Asked): Understanding {
  const { money, threshold, quantities } = ask.slots.amounts
  // 再来个两万: what has no unit is money here.
  const said = money ?? threshold ?? quantities.find(({ unit }) => !unit)?.n
  return withCustomer(ask, (customerId) => ({ intent: 'ar.credit', customerId, amount: said && moneyOf(said) }))
}

const methods: readonly (readonly [RegExp, NonNullable<QueryOf<'ar.collections'>['method']>])[] = [
  [/微信|wechat/, 'wechat'],
  [/支付宝|alipay/, 'alipay'],
  [/现金|\bcash\b/, 'cash'],
  [/银行|转账|bank/, 'bank'],
  [/承兑/, 'acceptance'],
]

/** For each of whom, of what, or of which time. */
const eachOf: readonly (readonly [RegExp, NonNullable<QueryOf<'ar.collections'>['by']>])[] = [
  [
    /各人|每个?人|(?:各|每)个?(?:位|业务员?|销售)|按(?:人|业务员?|销售)|谁(?:收|回).{0,4}(?:多少|几)|\b(?:by|per) (?:rep|seller|person)\b/,
    'rep',
  ],
  [/(?:各|每)家|(?:各|每)个?客户|按客户|\b(?:by|per) customer\b/, 'customer'],
  [/各种?方式|按(?:付款|收款)?方式|\b(?:by|per) method\b/, 'method'],
  [/(?:各|每)个?月|按月|逐月|月度|\b(?:by|per) month\b|\bmonthly\b/, 'month'],
  [/(?:各|每)天|每日|按[天日]|逐[日天]|\b(?:by|per) day\b|\bdaily\b/, 'day'],
]

export function arCollections(ask: Asked): Understanding {
  const { today } = ask.known
  const { days: said } = ask.slots
  if (/会(?:来|不会)?.{0,3}(?:付|打|汇|给|回)|能(?:来|到)?.{0,2}(?:付|打|到|回)/.test(ask.message) && said)
    return arDue({ ...ask, intent: 'ar.due' })
  const hasCome = said && !/[要该会能应]/.test(ask.message)
  const { from = today, to = today } = hasCome ? alreadyGone(said, today) : daysOf(ask)
  // What has not come yet is what is due.
  if (to > today && from >= today) return arDue({ ...ask, intent: 'ar.due' })
  const isOpenEnded = ask.slots.customers.length > 0 && !ask.slots.days
  const since = isOpenEnded ? addDays(today, -30) : from
  const paidBy = methods.filter(([pattern]) => pattern.test(ask.message)).map(([, method]) => method)
  const method = paidBy.length === 1 ? paidBy[0] : undefined
  const by = paidBy.length > 1 ? 'method' : eachOf.find(([pattern]) => pattern.test(ask.message))?.[1]
  const days = comparedIn(ask, { from: since, to })
  return maybeCustomer(ask, (customerId) => ({
    intent: 'ar.collections',
    customerId,
    ...whoseOf(ask),
    method,
    by,
    ...days,
  }))
}

export function arStatement(ask: Asked): Understanding {
  const { today } = ask.known
  const lastMonth = endOfMonth(today, -1)
  const { from = `${lastMonth.slice(0, 8)}01`, to = lastMonth } = daysOf(ask)
  // A statement of a year that is not over ends today.
  const end = to > today ? today : to
  return withCustomer(ask, (customerId) => ({ intent: 'ar.statement', customerId, from, to: end }))
}

export function arDue(ask: Asked): Understanding {
  const { known, slots } = ask
  const { today } = known
  const { span = dueDays, spanMost } = slots.amounts
  const said = slots.days ? stillToCome(slots.days, today) : daysOf(ask)
  const usual = spanMost === undefined ? today : addDays(today, span)
  const { from: first = usual, to = addDays(today, spanMost ?? (slots.customers.length > 0 ? 365 : span)) } = said
  const from = /(?:之|以)?前|\bby\b|until/.test(ask.message) && to > today ? today : first
  return maybeCustomer(ask, (customerId) => ({ intent: 'ar.due', customerId, ...whoseOf(ask), from, to }))
}

export function apPayable(ask: Asked): Understanding {
  const isOverdue = /到期|逾期|overdue|due/.test(ask.message) ? (true as const) : undefined
  const days = ask.slots.days ? stillToCome(ask.slots.days, ask.known.today) : daysOf(ask)
  return asked({ intent: 'ap.payable', supplierId: only(ask.slots.suppliers), isOverdue, ...days })
}

const fields: readonly (readonly [RegExp, NonNullable<QueryOf<'crm.profile'>['field']>])[] = [
  [/电话|联系|手机|地址|contact|phone/, 'contact'],
  [/谁.{0,2}(?:跟|负责|管|对接)|谁的客户|归谁|负责人|owner|who handles|responsible/, 'owner'],
  [/买过|(?:最近|平时|一般|经常|都)(?:都)?(?:买|拿|要|进|订)|bought|buys?\b/, 'recent_items'],
]

export const crmProfile = (ask: Asked): Understanding =>
  withCustomer(ask, (customerId) => ({
    intent: 'crm.profile',
    customerId,
    field: fields.find(([pattern]) => pattern.test(ask.message))?.[1],
  }))
