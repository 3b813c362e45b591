import { z } from 'zod'
import { Day, Id, Money, Percent, Price, Quantity } from '#contract'

const mine = z.literal('mine').optional()
/** His own, or a colleague's. */
export const whose = { scope: mine, ownerId: Id.optional() }
export const days = { from: Day.optional(), to: Day.optional() }
/** Amounts from so much on, up to so much. */
export const amountsBetween = { over: Money.optional(), under: Money.optional() }
/** The days that others are compared with. */
export const against = z.strictObject({ from: Day, to: Day }).optional()
/** How many items a family may have that is told of as a whole. */
export const familyMax = 50
/** So many of them are still told one by one. */
export const stockFamilyMax = 20
/** How many items a kind may have that is only added up. */
export const kindMax = 200
/** A family of items, all together. */
export const family = z.array(Id).min(2).max(familyMax).optional()
export const rows = z.number().int().min(1).max(50).optional()
/** In percent. */
export const share = z.number().int().min(0).max(200).optional()
/** Customers, or warehouses, that are left out of a list. */
export const without = z.array(Id).min(1).max(5).optional()
/** Words that are kept, never looked into. */
export const said = z.string().min(1).max(500)
/** Where goods go, before anything else of them. */
export const wants = z.literal('address').optional()
/** Orders in some states. */
export const only = z.enum(['unfinished', 'waiting', 'draft', 'rejected', 'finished', 'cancelled', 'valid']).optional()
/** From which end a list begins. */
export const sorted = z.enum(['desc', 'asc']).optional()
/** Of which kind of document, for what reason, whose wish it was, and on which days he asked. */
export const approvalsAbout = {
  document: z.enum(['sales_order', 'quotation', 'sales_return']).optional(),
  about: z.enum(['credit', 'price']).optional(),
  openedById: Id.optional(),
  ...days,
}
export const category = z.string().min(1).max(40).optional()
/** A quantity in one of the item's own units; without a unit in its base unit. */
export const AskedQuantity = z.strictObject({ n: Quantity, unit: z.string().max(12).optional() })
export type AskedQuantity = z.output<typeof AskedQuantity>
/** A price for one of a unit of the item; without a unit for its base unit. */
const SaidPrice = z.strictObject({ n: Price, unit: z.string().max(12).optional() })
const DraftLine = z.strictObject({ itemId: Id, quantity: AskedQuantity.optional(), price: SaidPrice.optional() })

/**
 * What a quotation or an order is made of. `isCopy`: of the last order, `times` as much; `basis`: at the prices of last time; `discount`: at so
 * many per cent of the usual prices; `unused`: what was said and nothing was made of.
 */
export const draft = {
  customerId: Id,
  lines: z.array(DraftLine).max(20),
  isCopy: z.literal(true).optional(),
  times: z.number().int().min(2).max(10).optional(),
  basis: z.literal('last').optional(),
  discount: Percent.optional(),
  unused: z.string().max(80).optional(),
  warehouseId: Id.optional(),
}
