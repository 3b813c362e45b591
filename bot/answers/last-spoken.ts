import type { Asked } from './asked.ts'

// What a question that names nothing is about: what was spoken of before.

/** A field of the question that this one goes on from. */
export function carried(
  asked: Asked,
  field:
    | 'warehouseId'
    | 'supplierId'
    | 'customerId'
    | 'itemId'
    | 'orderId'
    | 'from'
    | 'to'
    | 'by'
    | 'direction'
    | 'metric',
): string | undefined {
  const { base } = asked
  return base && field in base ? (base as Record<string, string | undefined>)[field] : undefined // fields of that name are texts in every query
}

/** What was last spoken of, in whichever question that was. */
export function lastItems({ known }: Asked): string[] {
  if (known.isChoosing) return []
  for (const query of known.context.queries) {
    if ('itemIds' in query && query.itemIds) return query.itemIds
    if ('itemId' in query && query.itemId) return [query.itemId]
    if ('lines' in query && query.lines.length > 0) return query.lines.map(({ itemId }) => itemId)
  }
  return []
}
export function lastCustomers({ known }: Asked): string[] {
  if (known.isChoosing) return []
  for (const query of known.context.queries) {
    if ('customerIds' in query) return query.customerIds
    if ('customerId' in query && query.customerId) return [query.customerId]
  }
  return []
}
export const lastCustomer = (asked: Asked): string | undefined => lastCustomers(asked)[0]
export function lastOrder({ known }: Asked): string | undefined {
  for (const query of known.context.queries) if ('orderId' in query && query.orderId) return query.orderId
  return undefined
}

const pronoun = /他|她|它|这家|那家|该客户|\b(?:his|her|their|its|them)\b/
/** Whom a pronoun stands for, or whom the question before was about. */
export const pronounCustomer = (ask: Asked): string | undefined =>
  pronoun.test(ask.message) ? lastCustomer(ask) : carried(ask, 'customerId')

/** Whom the very last question was about. */
export const latestCustomer = (ask: Asked): string | undefined =>
  lastCustomer({
    ...ask,
    known: { ...ask.known, context: { queries: ask.known.context.queries.slice(0, 1), choices: [] } },
  })
