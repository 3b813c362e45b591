import { type Scored, scoreIntents, threshold } from './cues.ts'
import { fill, itemLabel } from './fill.ts'
import { normaliseMessage } from './normalise.ts'
import type { BotQuery, Intent } from './query.ts'
import { findSlots, type Slots } from './slots.ts'
import type { Choice, Known, Understanding } from './understanding.ts'

/** From a message to a typed query, a question back, or an honest no. */
export async function understand(text: string, known: Known): Promise<Understanding> {
  const message = normaliseMessage(text)
  if (message === '') return { kind: 'query', query: { intent: 'help' } }
  const slots = findSlots(message, known)
  const intents = withContext(scoreIntents(message), slots, known.last)
  const [best, second] = intents
  if (!best) return askIntent(slots, known)
  const isTie = second !== undefined && best.score - second.score < threshold.lead && best.score < 1
  if (!isTie && best.score < threshold.answer) return askIntent(slots, known)
  const intent = isTie ? likelier(best.intent, slots) : best.intent
  return known.may(intent) ? fill(intent, message, slots, known) : { kind: 'denied', intent }
}

/** A message that only names something asks the last question again, about this. */
function withContext(intents: Scored[], slots: Slots, last: BotQuery | undefined): Scored[] {
  if (intents.length > 0 || !last) return intents
  const namesItem = slots.items.length > 0 || slots.itemParts.length > 0
  const fits =
    (last.intent === 'stock.item' && (namesItem || slots.warehouses.length > 0)) ||
    (last.intent === 'stock.coming' && namesItem) ||
    ((last.intent === 'ar.customer' || last.intent === 'order.list') && slots.customers.length > 0)
  return fits ? [{ intent: last.intent === 'order.list' ? 'order.status' : last.intent, score: 0.9 }] : []
}

/** Two intents are about as likely: the one whose slot is there. */
const likelier = (first: Intent, slots: Slots): Intent =>
  first === 'stock.item' && slots.customers.length > 0 && slots.items.length === 0 ? 'ar.customer' : first

/** Something was named, but not what is asked about it. */
function askIntent({ items, customers, named }: Slots, known: Known): Understanding {
  const item = items.length === 1 ? items[0]?.entry : undefined
  const customer = customers.length === 1 ? customers[0]?.entry : undefined
  const choices: Choice[] = [
    ...(item
      ? [{ label: `${itemLabel(item)} 库存`, query: { intent: 'stock.item' as const, itemIds: [item.id] } }]
      : []),
    ...(customer
      ? [
          {
            label: `${customer.name} 应收`,
            query: { intent: 'ar.customer' as const, customerId: customer.id, focus: 'owed' as const },
          },
          { label: `${customer.name} 订单`, query: { intent: 'order.list' as const, customerId: customer.id } },
        ]
      : []),
  ].filter((choice) => known.may(choice.query.intent))
  return choices.length > 0 ? { kind: 'ask', question: 'intent', choices, more: 0, named } : { kind: 'declined' }
}
