import { addDays, endOfMonth } from '#kernel/days'
import { amountsOf, moneyOf } from './amounts-meant.ts'
import { comparedIn } from './compared.ts'
import { alreadyGone, daysOf, stillToCome } from './days-meant.ts'
import { sortedIn } from './manner.ts'
import { latestCustomer, pronounCustomer } from './last-spoken.ts'
import type { Asked } from './asked.ts'
import { asked, only, whoseOf, withCustomer } from './pick.ts'
import type { BotQuery, QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'

const dueDays = 7

const everybody =
  /排(?!除)|[从由][高大多低小少]到|谁|每[个家]|最多|总|所有|全部|一共|哪些|哪几?[家个]|大家|who|total|all/

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
const ofOne = /[了过]?(?:没|吗|么|没有)$|什么时候|啥时候|哪天|几号|几时|多久|(?:的|还)有(?:多少|几)|几[天笔]了?$/
const goesOn = /呢(?:[^\p{L}\p{N}]|谢谢|多谢|thanks)*$/iu
const ofAll = /哪|谁|几家|多少家|列|清单|名单|所有|全部|总|我的客户|top|前\d|who|which|list/

export function arOverdue(ask: Asked): Understanding {
  const { span, spanMost, isWithinSpan, limit } = ask.slots.amounts
  const [overDays, mostDays] = isWithinSpan ? [undefined, span] : [span, spanMost]
  const order = sortedIn(ask.message)
  const sorted = order === 'desc' ? undefined : order
  const more = { ...whoseOf(ask), overDays, mostDays, ...amountsOf(ask), sorted, limit }
  return maybeCustomer(ask, (customerId) => ({ intent: 'ar.overdue', customerId, ...more }))
}

/** 61到90天跟90天以上哪个大: all of them are shown side by side. */
const weighsAges = /哪(?:个|[1一]?段|部分|边|头).{0,4}[大多小少高低重]/

export function arAgeing(ask: Asked): Understanding {
  const { span, spanMost, isWithinSpan, limit } = ask.slots.amounts
  const [overDays, mostDays] = weighsAges.test(ask.message) ? [] : isWithinSpan ? [undefined, span] : [span, spanMost]
  const more = { ...whoseOf(ask), overDays, mostDays, ...amountsOf(ask), limit, day: dayOf(ask) }
  return maybeCustomer(ask, (customerId) => ({ intent: 'ar.ageing', customerId, ...more }))
}

/** A question that may be about a customer: one that is named but not found is still said to be unknown. */
function maybeCustomer(ask: Asked, query: (customerId?: string) => BotQuery): Understanding {
  const isOfOne = (ofOne.test(ask.message) || goesOn.test(ask.said)) && !ofAll.test(ask.message)
  if (ask.slots.named === '') return asked(query(pronounCustomer(ask) ?? (isOfOne ? latestCustomer(ask) : undefined)))
  return withCustomer(ask, query)
}

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
