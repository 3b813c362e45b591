import { daysBetween } from '#kernel/days'
import { comparedIn } from './compared.ts'
import { daysOf, stillToCome } from './days-meant.ts'
import { familyOf } from './family.ts'
import { stockMoves } from './fill-goods.ts'
import { rankedAmong, rankedByTime } from './fill-ranks.ts'
import { lastCustomer, lastItems } from './last-spoken.ts'
import { withDigits } from './numerals.ts'
import { period } from './period.ts'
import type { Asked } from './asked.ts'
import { asked, categoryOf, only, whoseOf, withCustomer, withItem } from './pick.ts'
import type { BotQuery, QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'
import { saying } from './word-classes.ts'
import { whichOf } from './weigh.ts'

export const crmFunnel = (ask: Asked): Understanding => asked({ intent: 'crm.funnel', ...whoseOf(ask), ...daysOf(ask) })

const poolDays = 30
const lostDays = 60
const silent = saying('公海|收走|收回|跑掉|好久没|很久没|沉默|(?:没|未)(?:有)?(?:怎么)?(?:人)?{contact}')

/** Where nobody says for how long: who is about to be lost is silent for a month, who has stopped buying for two. */
export function crmFollowups(ask: Asked): Understanding {
  const { message, slots } = ask
  const since =
    /没下过?单|[1一]?单(?:子)?(?:都|也)?没(?:下|开|来)|没(?:买|拿|订)过|没买|没订货|no orders?|(?:bought|ordered) nothing|(?:haven't|hasn't|not) (?:bought|ordered)/.test(
      message,
    )
      ? ('order' as const)
      : undefined
  const usual = since ? lostDays : silent.test(message) ? poolDays : undefined
  const { days } = slots
  // 今年都没下过单: for as long as this year is old.
  const { today } = ask.known
  if (since && days && days.from < today)
    return asked({ intent: 'crm.followups', ...whoseOf(ask), silentDays: daysBetween(days.from, today), since })
  const silentDays = slots.amounts.span ?? usual
  const when = days ? stillToCome(days, today) : daysOf(ask)
  return asked({ intent: 'crm.followups', ...whoseOf(ask), silentDays, since, ...when })
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

export function salesSummary(ask: Asked): Understanding {
  const { slots, message, known } = ask
  // 8月和9月分别卖了多少
  const isOfEach = /分别|各/.test(message) && /[和跟与、]/.test(slots.days?.said ?? '')
  if (isOfEach) return rankedByTime(ask, /月/.test(slots.days?.said ?? '') ? 'month' : 'day')
  const compared = rankedAmong(ask, period(ask))
  if (compared) return compared
  // What we have bought ourselves has come in.
  const isOurs = /采购|进货/.test(message) && !slots.namesCustomer && lastCustomer(ask) === undefined
  if (isOurs && slots.namesItem && known.may('stock.moves')) return stockMoves({ ...ask, intent: 'stock.moves' })
  const days = period(ask)
  // What has not been sold yet is nothing to answer.
  if (days.from > known.today) return { kind: 'declined' }
  const metric =
    /销量|多少量|quantity|出了|卖(?:出)?(?:去)?了?几(?!个?[钱块毛万千百])|走了?(?:多少|几)(?!钱)|几(?!个钱)[台个支只套箱盒把副张根卷瓶桶件双]/.test(
      message,
    )
      ? 'quantity'
      : /几[单笔张]|多少[单笔张]|单数|单量|how many orders/.test(message)
        ? 'count'
        : 'amount'
  const more = { ...whoseOf(ask), metric, ...comparedIn(ask, days) } as const
  const itemIds = slots.namesCustomer && slots.customers.length !== 1 ? undefined : familyOf(ask)
  if (itemIds) return asked({ intent: 'sales.summary', itemIds, customerId: only(slots.customers), ...more })
  if (slots.items.length > 0 || slots.namesItem)
    return slots.customers.length > 0 && slots.items.length === 0
      ? withCustomer(ask, (customerId) => ({ intent: 'sales.summary', customerId, ...more }))
      : withItem(ask, (itemId) => ({ intent: 'sales.summary', itemId, customerId: only(slots.customers), ...more }))
  if (slots.namesCustomer || slots.named !== '')
    return withCustomer(ask, (customerId) => ({ intent: 'sales.summary', customerId, ...more }))
  return asked({ intent: 'sales.summary', category: categoryOf(ask), ...more })
}

/** 月底完得成吗 asks for the month that ends then. */
export function targetProgress(ask: Asked): Understanding {
  const { today } = ask.known
  const { from, to } = period(ask)
  const isAhead = from >= today && ask.slots.days !== undefined && from !== to
  const isEnd = /月底/.test(ask.slots.days?.said ?? '')
  const since = isAhead || isEnd ? `${today.slice(0, 8)}01` : from
  const { share } = ask.slots
  const reached = share && (share.isUnder ? { reachedUnder: share.percent } : { reachedOver: share.percent })
  return asked({ intent: 'target.progress', ...whoseOf(ask), ...reached, from: since, to })
}

const events: readonly (readonly [RegExp, NonNullable<QueryOf<'alert.subscribe'>['event']>])[] = [
  [/到货|有货|来货|补货了|arriv/, 'arrival'],
  [/回款|收款|到账|[钱款].{0,2}(?:到|来)|到款|付款|付钱|打款|打钱|进账|给钱|paid|pays|payment|receipt/, 'receipt'],
  [/逾期|overdue/, 'overdue'],
  [/^(?!.*提醒我(?:去|给|跟进|打|拜访|联系|开会|交|写)).*(?:每天|每周|日报|report|销售)/, 'report'],
  [/低于|少于|不到|低库存|缺货|drops|under|below/, 'low_stock'],
]

/** 早上9点, 下午 3 点, 9:00. */
function hourIn(message: string): number | undefined {
  const found = /(下午|晚上|傍晚)?\s*(\d{1,2})\s*(?:点|:\d\d)/.exec(withDigits(message))
  if (!found) return undefined
  const hour = Number(found[2]) + (found[1] && Number(found[2]) < 12 ? 12 : 0)
  return hour < 24 ? hour : undefined
}

export function alertSubscribe(ask: Asked): Understanding {
  const { slots, message } = ask
  if (
    /(?:哪些|什么|啥|几个|多少).{0,3}提醒|提醒.{0,3}(?:列|有哪些|清单|看看|看一下|都看)|列.{0,6}提醒|我的提醒$|(?:which|what) alerts|my alerts|list .*alerts/.test(
      message,
    )
  )
    return asked({ intent: 'alert.subscribe', action: 'list' })
  const action =
    /取消|(?:撤|关|停|退|删)(?:了|掉|吧|销|$)|(?:不想|不用|不要|别|不再)再?.{0,4}(?:收|提醒|通知|推|发)|关掉|停掉|退订|不要再|cancel|stop/.test(
      message,
    )
      ? 'cancel'
      : 'create'
  // Of a price nobody is told by an alert.
  if (/[降涨调变]价|价格?.{0,3}(?:变|动|降|涨|调)/.test(message)) return { kind: 'declined' }
  const event =
    events.find(([pattern]) => pattern.test(message))?.[1] ?? (slots.amounts.threshold ? 'low_stock' : undefined)
  // A report comes every day; any other pace is not what he would get.
  if (event === 'report' && /每个?[周月]|每(?:星期|礼拜)|\b(?:weekly|monthly)\b/.test(message))
    return whichOf([{ intent: 'alert.subscribe', action, event, hour: hourIn(message) }], ask.known)
  const query = (more: { itemId?: string; customerId?: string }): BotQuery => ({
    intent: 'alert.subscribe',
    action,
    event,
    below: slots.amounts.threshold,
    unit: slots.amounts.unit,
    hour: event === 'report' ? hourIn(message) : undefined,
    ...more,
  })
  // What is to arrive, or to run low, are goods, whoever wants them.
  const isOfGoods = slots.namesItem && (event === 'arrival' || event === 'low_stock')
  if (slots.customers.length > 0 && !isOfGoods) return withCustomer(ask, (customerId) => query({ customerId }))
  if (slots.named !== '') return withItem(ask, (itemId) => query({ itemId }))
  // 到货了叫我 is about what was spoken of.
  const [itemId] = event === 'arrival' || event === 'low_stock' ? lastItems(ask) : []
  const customerId = event === 'receipt' || event === 'overdue' ? lastCustomer(ask) : undefined
  return asked(query({ itemId, customerId }))
}
