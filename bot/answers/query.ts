import { z } from 'zod'
import { Day, Id, Money } from '#contract'

const mine = z.literal('mine').optional()

/** What a message was understood as. The only thing that goes on to the answers: no text does. */
export const BotQuery = z.discriminatedUnion('intent', [
  z.strictObject({
    intent: z.literal('stock.item'),
    itemIds: z.array(Id).min(1).max(5),
    warehouseId: Id.optional(),
    /** As it stood at the end of that day. */
    day: Day.optional(),
  }),
  z.strictObject({ intent: z.literal('stock.coming'), itemId: Id }),
  z.strictObject({
    intent: z.literal('ar.customer'),
    customerId: Id,
    focus: z.enum(['owed', 'overdue', 'credit']),
    /** Whether so much more would still fit below the limit. */
    amount: Money.optional(),
  }),
  z.strictObject({ intent: z.literal('ar.overdue'), customerId: Id.optional(), scope: mine }),
  z.strictObject({ intent: z.literal('order.status'), orderId: Id }),
  z.strictObject({
    intent: z.literal('order.list'),
    customerId: Id.optional(),
    scope: mine,
    /** Those that are not finished, or those that wait for an approval. */
    only: z.enum(['unfinished', 'waiting']).optional(),
    from: Day.optional(),
    to: Day.optional(),
  }),
  z.strictObject({ intent: z.literal('approval.mine'), document: z.enum(['sales_order', 'quotation']).optional() }),
  z.strictObject({ intent: z.literal('help') }),
])
export type BotQuery = z.output<typeof BotQuery>
export type Intent = BotQuery['intent']
export type QueryOf<I extends Intent> = Extract<BotQuery, { intent: I }>
