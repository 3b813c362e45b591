import type { Entry } from './lexicon.ts'
import { itemLabel, oneOrAsk } from './pick.ts'
import type { Slots } from './slots.ts'
import { isPlain } from './things-named.ts'
import type { Choice, Known, Understanding } from './understanding.ts'

/** Something was named, but not what is asked about it. */
export function askIntent({ items, customers, named, unknown, amounts, days }: Slots, known: Known): Understanding {
  if (items.length > 1 && known.may('stock.item'))
    return oneOrAsk(
      'item',
      items.map(({ entry }) => ({ label: itemLabel(entry), query: { intent: 'stock.item', itemIds: [entry.id] } })),
      named,
    )
  if (customers.length > 1 && customers.every(isPlain) && unknown === '' && known.may('ar.customer'))
    return oneOrAsk(
      'customer',
      customers.map(({ entry: { id, name } }) => ({
        label: name,
        query: { intent: 'ar.customer', customerIds: [id] },
      })),
      named,
    )
  const item = items.length === 1 ? items[0]?.entry : undefined
  const customer = customers.length === 1 ? customers[0]?.entry : undefined
  const choices: Choice[] = [
    ...(item && customer ? draftsOf(item, customer, { amounts, days }, known.today) : []),
    ...(item
      ? [
          { label: itemLabel(item), query: { intent: 'stock.item' as const, itemIds: [item.id] } },
          { label: itemLabel(item), query: { intent: 'price.item' as const, itemIds: [item.id] } },
        ]
      : []),
    ...(customer
      ? [
          { label: customer.name, query: { intent: 'ar.customer' as const, customerIds: [customer.id] } },
          { label: customer.name, query: { intent: 'order.list' as const, customerId: customer.id } },
        ]
      : []),
  ]
    .filter((choice) => known.may(choice.query.intent))
    .map((choice) => ({ ...choice, of: choice.query.intent }))
  return choices.length > 0 ? { kind: 'ask', question: 'intent', choices, more: 0, named } : { kind: 'declined' }
}

/** So many of something for somebody: as an order, or as a quotation. */
function draftsOf(
  item: Entry,
  customer: Entry,
  { amounts, days }: Pick<Slots, 'amounts' | 'days'>,
  today: string,
): Choice[] {
  const [quantity] = amounts.quantities
  if (!quantity) return []
  const promisedOn = days && days.from === days.to && days.from >= today ? days.from : undefined
  const { n, unit } = quantity
  const lines = [{ itemId: item.id, quantity: { n, ...(unit ? { unit } : {}) } }]
  const label = `${customer.name} ${itemLabel(item)} ${n}${unit ?? ''}`
  return [
    { label, query: { intent: 'order.draft', customerId: customer.id, lines, ...(promisedOn ? { promisedOn } : {}) } },
    { label, query: { intent: 'quote.draft', customerId: customer.id, lines } },
  ]
}
