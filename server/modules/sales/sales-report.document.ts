import { z } from 'zod'
import { Day, Id, Instant, Money, Percent, Quantity, Text } from '#contract'
import { ItemBrief } from './sale.document.ts'

export const reportGroups = [
  { value: 'order', label: { zh: '订单', en: 'Order' } },
  { value: 'item', label: { zh: '商品', en: 'Item' } },
  { value: 'customer', label: { zh: '客户', en: 'Customer' } },
  { value: 'seller', label: { zh: '销售', en: 'Seller' } },
  { value: 'region', label: { zh: '地区', en: 'Region' } },
  { value: 'category', label: { zh: '品类', en: 'Category' } },
] as const
export const ReportGroup = z.enum(['order', 'item', 'customer', 'seller', 'region', 'category'])
export type ReportGroup = z.output<typeof ReportGroup>
/** What counts: goods that left, by the day they left, less those that came back, by the day they did; or agreed orders, by the day they were placed. */
export const ReportStage = z.enum(['delivered', 'ordered'])
export type ReportStage = z.output<typeof ReportStage>

const asked = {
  by: ReportGroup,
  stage: ReportStage.default('delivered'),
  from: Day,
  to: Day,
  customerId: Id.optional(),
  ownerId: Id.optional(),
  itemId: Id.optional(),
  /** Several items, all together. */
  itemIds: z
    .string()
    .max(4000)
    .transform((ids) => ids.split(','))
    .pipe(z.array(Id).min(1).max(100))
    .optional(),
  region: z.string().max(60).optional(),
  category: z.string().max(40).optional(),
  direction: z.enum(['desc', 'asc']).default('desc'),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
}
export const SalesReportAsked = z.object({ ...asked, sort: z.enum(['gross', 'net', 'orders']).default('gross') })
export const MarginsAsked = z.object({ ...asked, sort: z.enum(['profit', 'percent', 'net']).default('profit') })

const group = {
  /** The id of what the row is about; a region or a category by its name. */
  key: z.string(),
  name: z.string(),
  detail: z.string(),
  orders: z.number().int(),
  /** Base units, and in packs; only of items. */
  quantity: Quantity.nullable(),
  shown: z.string(),
  net: Money,
}
/** What goods brought, and what they cost: both without tax. No margin where nothing was charged. */
export const MarginFigures = z.object({ net: Money, cost: Money, profit: Money, percent: Percent.nullable() })
export type MarginFigures = z.output<typeof MarginFigures>

const SalesRow = z.object({ ...group, gross: Money })
export const SalesReport = z.object({
  rows: z.array(SalesRow),
  cursor: z.string().nullable(),
  /** Of all pages; told with the first. */
  total: z.object({ orders: z.number().int(), gross: Money, net: Money }).nullable(),
  at: Instant,
})
export const MarginRow = MarginFigures.extend({
  ...group,
  /** Costs that were put upon goods after they had left; they belong to no order. */
  adjustment: Money.nullable(),
})
export type MarginRow = z.output<typeof MarginRow>
export const Margins = z.object({
  rows: z.array(MarginRow),
  cursor: z.string().nullable(),
  /** Of all pages; told with the first. */
  total: MarginFigures.extend({ orders: z.number().int(), adjustment: Money.nullable() }).nullable(),
  at: Instant,
})

/** What goods that left were taken from. */
const CostSource = z.object({
  /** The document that they came with; null: more left than was there. */
  source: z.object({ document: z.string(), id: Id, number: z.string() }).nullable(),
  on: Day.nullable(),
  shown: z.string(),
  value: Money,
})
/** How an order's margin comes about: as agreed, as it turned out, and where the cost of each piece comes from. */
export const OrderMargin = z.object({
  order: z.object({ id: Id, number: z.string(), customer: z.string(), stateLabel: Text }),
  agreed: MarginFigures,
  /** Whether the agreed cost is kept: it is once the order is confirmed. */
  isKept: z.boolean(),
  left: MarginFigures.nullable(),
  lines: z.array(
    z.object({
      lineId: Id,
      item: ItemBrief,
      shown: z.string(),
      agreed: MarginFigures,
      /** What left and stayed away, and what came back; empty: nothing did. */
      leftShown: z.string(),
      returnedShown: z.string(),
      left: MarginFigures.nullable(),
    }),
  ),
  /** What left with each delivery note, at ledger cost: tax included. */
  deliveries: z.array(
    z.object({
      id: Id,
      number: z.string(),
      on: Day,
      items: z.array(
        z.object({ itemId: Id, name: z.string(), shown: z.string(), cost: Money, sources: z.array(CostSource) }),
      ),
    }),
  ),
  at: Instant,
})
export type OrderMargin = z.output<typeof OrderMargin>
