import { z } from 'zod'
import { Day, Id, Money, Quantity } from '#contract'
import { FollowUpKind } from '#contract/modules/parties'
import {
  against,
  amountsBetween,
  approvalsAbout,
  AskedQuantity,
  category,
  days,
  draft,
  family,
  kindMax,
  only,
  rows,
  said,
  share,
  sorted,
  stockFamilyMax,
  wants,
  whose,
  without,
} from './query-parts.ts'

const intent = <I extends string, S extends z.ZodRawShape>(name: I, shape: S) =>
  z.strictObject({ intent: z.literal(name), ...shape })

/** What a message was understood as. The only thing that goes on to the answers: no text does. */
export const BotQuery = z.discriminatedUnion('intent', [
  /** `day`: as it stood at the end of that day. */
  intent('stock.item', {
    itemIds: z.array(Id).min(1).max(stockFamilyMax),
    warehouseId: Id.optional(),
    day: Day.optional(),
  }),
  /** `sorted`: by how many of each there are. */
  intent('stock.warehouse', { warehouseId: Id, category, sorted, limit: rows }),
  /** By its item, or by the code of a lot, which may be one of some items only. */
  intent('stock.lot', {
    itemId: Id.optional(),
    itemIds: family,
    code: z
      .string()
      .regex(/^[a-z\d-]{2,40}$/i)
      .optional(),
    warehouseId: Id.optional(),
    quantity: AskedQuantity.optional(),
  }),
  /** The family of this item as a grid; `itemIds` are the cells that were named. */
  intent('stock.variant', {
    itemId: Id,
    itemIds: z.array(Id).max(50).optional(),
    warehouseId: Id.optional(),
  }),
  intent('stock.atp', {
    itemIds: z.array(Id).min(1).max(5),
    quantity: AskedQuantity.optional(),
    by: Day.optional(),
    warehouseId: Id.optional(),
  }),
  intent('stock.in_transit', {
    itemId: Id.optional(),
    itemIds: family,
    category,
    supplierId: Id.optional(),
    warehouseId: Id.optional(),
    ...days,
  }),
  intent('stock.low', { warehouseId: Id.optional(), category, limit: rows }),
  intent('stock.slow', { idleDays: z.number().int(), warehouseId: Id.optional(), category, limit: rows }),
  intent('stock.moves', {
    itemId: Id.optional(),
    warehouseId: Id.optional(),
    direction: z.enum(['in', 'out']).optional(),
    ...days,
  }),
  /** Within so many days from now, or on some days; or what has expired. */
  intent('stock.expiring', {
    itemId: Id.optional(),
    itemIds: family,
    warehouseId: Id.optional(),
    category,
    withinDays: z.number().int().optional(),
    isExpired: z.literal(true).optional(),
    ...days,
  }),
  intent('price.item', {
    itemIds: z.array(Id).min(1).max(3),
    customerId: Id.optional(),
    quantity: AskedQuantity.optional(),
  }),
  /** `limit`: how many deals are told of. */
  intent('price.last', { itemId: Id, customerId: Id, limit: rows }),
  intent('margin.query', {
    metric: z.enum(['cost', 'margin']),
    /** Of which kind those are that bring most, or least. */
    by: z.enum(['item', 'customer', 'category', 'seller']).optional(),
    order: z.enum(['asc', 'desc']).optional(),
    limit: rows,
    itemId: Id.optional(),
    orderId: Id.optional(),
    customerId: Id.optional(),
    category,
    ...whose,
    ...days,
    against,
  }),
  /** One order, or those of a customer with where each stands. */
  intent('order.status', {
    orderId: Id.optional(),
    customerId: Id.optional(),
    only,
    /** A return of that order, asked for by its number. */
    returnId: Id.optional(),
    ...days,
  }),
  intent('order.list', {
    customerId: Id.optional(),
    without,
    ...whose,
    only,
    ...amountsBetween,
    ...days,
  }),
  intent('delivery.status', {
    orderId: Id.optional(),
    customerId: Id.optional(),
    returnId: Id.optional(),
    wants,
    ...days,
  }),
  /** `overDays`: late by so many days at least. */
  intent('delivery.due', {
    warehouseId: Id.optional(),
    isOverdue: z.literal(true).optional(),
    overDays: z.number().int().optional(),
    without,
    wants,
    ...days,
  }),
  /** `day`: as it stood at the end of that day. */
  intent('ar.customer', { customerIds: z.array(Id).min(1).max(5), day: Day.optional() }),
  intent('ar.overdue', {
    customerId: Id.optional(),
    without,
    ...whose,
    overDays: z.number().int().optional(),
    /** Up to so many days. */
    mostDays: z.number().int().optional(),
    ...amountsBetween,
    /** By how much each owes, the most first where nothing is said; or the longest overdue first. */
    sorted: z.enum(['asc', 'oldest']).optional(),
    limit: rows,
  }),
  intent('ar.ageing', {
    customerId: Id.optional(),
    ...whose,
    overDays: z.number().int().optional(),
    /** Up to so many days. */
    mostDays: z.number().int().optional(),
    ...amountsBetween,
    limit: rows,
    day: Day.optional(),
  }),
  /** `amount`: whether so much more would still fit below the limit. */
  intent('ar.credit', { customerId: Id, amount: Money.optional() }),
  intent('ar.collections', {
    customerId: Id.optional(),
    ...whose,
    method: z.enum(['bank', 'cash', 'wechat', 'alipay', 'acceptance']).optional(),
    /** What came in added up for each of them. */
    by: z.enum(['rep', 'customer', 'method', 'month', 'day']).optional(),
    from: Day,
    to: Day,
    against,
  }),
  intent('ar.statement', { customerId: Id, from: Day, to: Day }),
  intent('ar.due', { customerId: Id.optional(), ...whose, from: Day, to: Day }),
  intent('ap.payable', { supplierId: Id.optional(), isOverdue: z.literal(true).optional(), ...days }),
  intent('approval.mine', approvalsAbout),
  intent('approval.status', { orderId: Id.optional(), customerId: Id.optional(), ...approvalsAbout }),
  intent('crm.funnel', { ...whose, ...days }),
  /** Whom to get in touch with on some days; or those that nothing was heard of, or that ordered nothing, for so long. */
  intent('crm.followups', {
    ...whose,
    silentDays: z.number().int().min(1).max(3650).optional(),
    since: z.literal('order').optional(),
    ...days,
  }),
  intent('crm.profile', {
    customerId: Id,
    field: z.enum(['contact', 'owner', 'recent_items', 'summary']).optional(),
  }),
  intent('sales.summary', {
    customerId: Id.optional(),
    itemId: Id.optional(),
    itemIds: family,
    category,
    ...whose,
    metric: z.enum(['amount', 'quantity', 'count']),
    from: Day,
    to: Day,
    against,
  }),
  /** `among`: only these, beside each other; categories by name. Quarters, months, weeks and days may be those of one customer, item, category or seller. */
  intent('sales.rank', {
    by: z.enum(['rep', 'item', 'customer', 'category', 'quarter', 'month', 'week', 'day']),
    order: z.enum(['desc', 'asc']),
    limit: rows,
    among: z.array(z.string().min(1).max(60)).min(2).max(5).optional(),
    /** Kinds of goods beside each other, each with all its items. */
    amongKinds: z
      .array(z.strictObject({ name: z.string().min(1).max(60), itemIds: z.array(Id).min(1).max(kindMax) }))
      .min(2)
      .max(5)
      .optional(),
    category,
    customerId: Id.optional(),
    itemId: Id.optional(),
    itemIds: family,
    ...whose,
    from: Day,
    to: Day,
  }),
  /** Only who has reached less than, or at least, so many percent. */
  intent('target.progress', { ...whose, reachedUnder: share, reachedOver: share, from: Day, to: Day }),
  /** `holdDays`: how long the goods are to be held. */
  intent('quote.draft', { ...draft, holdDays: z.number().int().min(1).max(15).optional() }),
  /** `ofQuotation`: what was quoted is to become the order. */
  intent('order.draft', { ...draft, promisedOn: Day.optional(), ofQuotation: z.literal(true).optional() }),
  /** `text`: what is to be passed on, as it was said. */
  intent('owner.remind', { customerId: Id, reason: z.enum(['ar', 'delivery', 'other']), text: said }),
  /** `text`: what is to be written down, as it was said. */
  intent('crm.log', { customerId: Id, text: said, kind: FollowUpKind, nextOn: Day.optional() }),
  intent('alert.subscribe', {
    action: z.enum(['create', 'cancel', 'list']),
    event: z.enum(['low_stock', 'arrival', 'receipt', 'overdue', 'report']).optional(),
    itemId: Id.optional(),
    customerId: Id.optional(),
    /** In its own unit where one is named, else in its base unit. */
    below: Quantity.optional(),
    unit: z.string().max(12).optional(),
    /** At which hour the report comes. */
    hour: z.number().int().min(0).max(23).optional(),
    /** The one that is to end. */
    alertId: Id.optional(),
  }),
  intent('help', {}),
])
export type BotQuery = z.output<typeof BotQuery>
export type Intent = BotQuery['intent']
export type QueryOf<I extends Intent> = Extract<BotQuery, { intent: I }>
