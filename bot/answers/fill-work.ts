import {
  asked,
  type Asked,
  categoryOf,
  daysOf,
  lastOrder,
  only,
  oneOrAsk,
  scopeOf,
  withCustomer,
  withItem,
  withOrder,
  itemLabel,
} from './pick.ts'
import type { BotQuery, QueryOf } from './query.ts'
import type { Understanding } from './understanding.ts'

type Later = Understanding | Promise<Understanding>

function documentIn(message: string): Pick<QueryOf<'approval.mine'>, 'document'> {
  if (/报价|特价|折扣|quot|discount/.test(message)) return { document: 'quotation' }
  return /订单|单子|order/.test(message) ? { document: 'sales_order' } : {}
}

export const approvalMine = (ask: Asked): Understanding => {
  const { document } = /特价|折扣|discount/.test(ask.message) ? {} : documentIn(ask.message)
  return asked({ intent: 'approval.mine', document })
}

export function approvalStatus(ask: Asked): Later {
  const { slots, message } = ask
  if (slots.orderTail) return withOrder(ask, (orderId) => ({ intent: 'approval.status', orderId }))
  const before = lastOrder(ask)
  if (slots.named === '' && before && /这|那|卡在/.test(message))
    return asked({ intent: 'approval.status', orderId: before })
  const document = /报价单|quotation/.test(message) ? 'quotation' : undefined
  if (!slots.namesCustomer) return asked({ intent: 'approval.status', document })
  return withCustomer(ask, (customerId) => ({ intent: 'approval.status', customerId, document }))
}

export const crmFunnel = (ask: Asked): Understanding =>
  asked({ intent: 'crm.funnel', scope: scopeOf(ask), ...daysOf(ask) })

export const crmFollowups = (ask: Asked): Understanding =>
  asked({ intent: 'crm.followups', scope: scopeOf(ask), silentDays: ask.slots.amounts.span, ...daysOf(ask) })

const thisMonth = ({ known: { today } }: Asked) => ({ from: `${today.slice(0, 8)}01`, to: today })
/** The days of a period as far as they have come. */
function period(ask: Asked): { from: string; to: string } {
  const standard = thisMonth(ask)
  const { from = standard.from, to = standard.to } = daysOf(ask)
  return { from, to: to > ask.known.today && from <= ask.known.today ? ask.known.today : to }
}

export function salesSummary(ask: Asked): Understanding {
  const { slots, message, known } = ask
  const days = period(ask)
  // What has not been sold yet is nothing to answer.
  if (days.from > known.today) return { kind: 'declined' }
  const metric = /销量|多少量|quantity|出了/.test(message)
    ? 'quantity'
    : /几单|单数|how many orders/.test(message)
      ? 'count'
      : 'amount'
  const isCompared = /涨|跌|比.*月|比.*周|compared/.test(message) ? (true as const) : undefined
  const said = isCompared ? thisMonth(ask) : days
  const more = { scope: scopeOf(ask), metric, isCompared, ...said } as const
  if (slots.items.length > 0 || slots.namesItem)
    return slots.customers.length > 0 && slots.items.length === 0
      ? withCustomer(ask, (customerId) => ({ intent: 'sales.summary', customerId, ...more }))
      : withItem(ask, (itemId) => ({ intent: 'sales.summary', itemId, customerId: only(slots.customers), ...more }))
  if (slots.namesCustomer || slots.named !== '')
    return withCustomer(ask, (customerId) => ({ intent: 'sales.summary', customerId, ...more }))
  return asked({ intent: 'sales.summary', category: categoryOf(ask), ...more })
}

export function salesRank(ask: Asked): Understanding {
  const { message, slots } = ask
  const by = /客户|customer/.test(message)
    ? 'customer'
    : /产品|商品|货|sku|products?|items?/.test(message)
      ? 'item'
      : /分类|品类|categor/.test(message)
        ? 'category'
        : 'rep'
  const order = /最差|最少|垫底|倒数|worst/.test(message) ? 'asc' : 'desc'
  return asked({ intent: 'sales.rank', by, order, limit: slots.amounts.limit, ...period(ask) })
}

export const targetProgress = (ask: Asked): Understanding =>
  asked({ intent: 'target.progress', scope: scopeOf(ask), ...period(ask) })

/** A draft is never begun on a guess: what fits twice is asked first. */
export function draft(intent: 'quote.draft' | 'order.draft', ask: Asked): Understanding {
  const { slots, message } = ask
  const isCopy = /跟上次一样|和上次一样|再来一单|同上次|same as last/.test(message) ? (true as const) : undefined
  const unclear = slots.itemParts.find((part) => part.items.length !== 1)
  const lines = slots.itemParts.flatMap(({ items, quantity }) =>
    items.length === 1
      ? items.map(({ entry }) => ({
          itemId: entry.id,
          ...(quantity ? { quantity: { n: quantity.n, ...(quantity.unit ? { unit: quantity.unit } : {}) } } : {}),
        }))
      : [],
  )
  const customerId = only(slots.customers)
  if (!customerId) return withCustomer(ask, (found) => ({ intent, customerId: found, lines, isCopy }))
  if (!unclear || unclear.items.length === 0) return asked({ intent, customerId, lines, isCopy })
  return oneOrAsk(
    'item',
    unclear.items.map(({ entry }) => ({
      label: itemLabel(entry),
      query: { intent, customerId, lines: [...lines, { itemId: entry.id }], isCopy },
    })),
    unclear.named,
  )
}

export function ownerRemind(ask: Asked): Understanding {
  const reason = /催款|收款|付款|欠|额度|对账|逾期|payment/.test(ask.message)
    ? 'ar'
    : /货|发货|签收|deliver/.test(ask.message)
      ? 'delivery'
      : 'other'
  return withCustomer(ask, (customerId) => ({ intent: 'owner.remind', customerId, reason }))
}

const companyKinds = /建材|装饰|门业|五金|机电|机械|工程|贸易|家具|超市|商行|公司|集团|实业|幕墙|钢构|物业|建筑/
/** What is logged stands right behind the name, so that the name is looked for by itself: unless what follows makes it another company. */
export function crmLog(ask: Asked): Understanding {
  const { customers, customerParts } = ask.slots
  const isOther = companyKinds.test(ask.slots.named)
  const named = customers.length > 0 || isOther ? customers : (customerParts[0]?.customers ?? [])
  const slots = { ...ask.slots, customers: named }
  return withCustomer({ ...ask, slots }, (customerId) => ({ intent: 'crm.log', customerId }))
}

const events: readonly (readonly [RegExp, NonNullable<QueryOf<'alert.subscribe'>['event']>])[] = [
  [/到货|arriv/, 'arrival'],
  [/回款|收款|到账|paid|pays|receipt/, 'receipt'],
  [/逾期|overdue/, 'overdue'],
  [/每天|每周|日报|report|销售/, 'report'],
  [/低于|少于|不到|drops|under|below/, 'low_stock'],
]

export function alertSubscribe(ask: Asked): Understanding {
  const { slots, message } = ask
  if (/哪些提醒|提醒列表|which alerts|my alerts/.test(message))
    return asked({ intent: 'alert.subscribe', action: 'list' })
  const action = /取消|不要再|cancel|stop/.test(message) ? 'cancel' : 'create'
  const event =
    events.find(([pattern]) => pattern.test(message))?.[1] ?? (slots.amounts.threshold ? 'low_stock' : undefined)
  const query = (more: { itemId?: string; customerId?: string }): BotQuery => ({
    intent: 'alert.subscribe',
    action,
    event,
    below: slots.amounts.threshold,
    ...more,
  })
  if (slots.customers.length > 0) return withCustomer(ask, (customerId) => query({ customerId }))
  if (slots.named !== '') return withItem(ask, (itemId) => query({ itemId }))
  return asked(query({}))
}
