import type { BotQuery } from './query.ts'
import type { Slots } from './slots.ts'

/** Questions that are asked anew with one thing changed: what a draft or a note was about is said again. */
const goesOn = /^(?:stock|price|order\.list|delivery|ar|crm\.followups|sales|margin|target)/
const all = /全部|所有|总(?:共|的|体)|合计|大家|整个|全公司|\b(?:all|overall|total)\b/
const counts = /销量|数量|多少[个只支盒箱把套台]|几[个只支盒箱把套台单]|金额|多少钱|多少单/

const days = ['from', 'to', 'day', 'withinDays', 'silentDays', 'against'] as const
const goods = ['itemId', 'itemIds', 'category'] as const
const customers = ['customerId', 'customerIds'] as const
const filters = ['only', 'method', 'direction', 'since', 'isExpired', 'isOverdue', 'wants', 'without'] as const

type Said = { slots: Slots; message: string; isChoosing: boolean }

/** A question that goes on, with all that the one before said and this one does not say otherwise. */
export function carriedOver(again: BotQuery, last: BotQuery, { slots, message, isChoosing }: Said): BotQuery {
  if (again.intent !== last.intent || !goesOn.test(again.intent)) return again
  const { amounts, colleagues } = slots
  const before: Record<string, unknown> = { ...last }
  const now: Record<string, unknown> = { ...again }
  const keep = (fields: readonly string[]): void => {
    if (fields.some((field) => now[field] !== undefined)) return
    for (const field of fields) if (before[field] !== undefined) now[field] = before[field]
  }
  const namesGoods = slots.namesItem || slots.categories.length > 0
  const namesCustomer = slots.namesCustomer || colleagues.length > 0
  if (!isChoosing && !all.test(message)) {
    if (!namesGoods) keep(goods)
    if (!namesCustomer) keep(customers)
    if (!namesGoods && !namesCustomer) keep(['among', 'amongKinds'])
    if (slots.suppliers.length === 0 && !namesGoods) keep(['supplierId'])
  }
  const isLate = again.intent === 'delivery.due' && again.isOverdue === true
  if (!slots.days && amounts.span === undefined && now['against'] === undefined && !isLate) {
    for (const field of days) delete now[field]
    keep(days)
  }
  for (const field of filters) keep([field])
  if (again.intent === 'margin.query') keep(['by', 'order'])
  if (amounts.threshold === undefined) keep(['over', 'under'])
  if (amounts.span === undefined) keep(['overDays', 'mostDays'])
  if (amounts.limit === undefined) keep(['limit'])
  if (amounts.quantities.length === 0) keep(['quantity'])
  if (again.intent === 'sales.summary' && !counts.test(message)) now['metric'] = before['metric']
  return now as BotQuery // fields of two questions of one intent
}
