import { z } from 'zod'
import { Id } from '#contract'

/** What a message was understood as. The only thing that goes on to the answers: no text does. */
export const BotQuery = z.discriminatedUnion('intent', [
  z.strictObject({ intent: z.literal('stock.item'), itemIds: z.array(Id).min(1).max(5), warehouseId: Id.optional() }),
  z.strictObject({ intent: z.literal('ar.customer'), customerId: Id, focus: z.enum(['owed', 'overdue', 'credit']) }),
  z.strictObject({ intent: z.literal('order.status'), orderId: Id }),
  z.strictObject({ intent: z.literal('order.list'), customerId: Id }),
  z.strictObject({ intent: z.literal('approval.mine') }),
  z.strictObject({ intent: z.literal('help') }),
])
export type BotQuery = z.output<typeof BotQuery>
export type Intent = BotQuery['intent']
