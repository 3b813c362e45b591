import { z } from 'zod'
import { Day, Entered, Id, Instant, Money, Percent, Price, Quantity, Text, TimelineEntry, viewSchema } from '#contract'
import { ReasonView } from '#contract/engines/rules'
import { PriceTrace } from '#contract/modules/catalog'
import { Place } from '#contract/modules/inventory'
import { delivery } from './delivery.document.ts'
import { quotation } from './quotation.document.ts'
import { salesOrder } from './sales-order.document.ts'
import { salesReturn } from './sales-return.document.ts'

export const OrderView = viewSchema(salesOrder)
export const QuotationView = viewSchema(quotation)
export const DeliveryView = viewSchema(delivery)
export const ReturnView = viewSchema(salesReturn)

const units = z.array(z.object({ unit: z.string(), numerator: z.number(), denominator: z.number() }))
/** What a page needs to show an item and read quantities of it. */
export const ItemBrief = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  spec: z.string(),
  baseUnit: z.string(),
  units,
  tracking: z.enum(['none', 'lot', 'serial']),
})
export type ItemBrief = z.output<typeof ItemBrief>

/** A rule that fires, what it does, and why; figures this viewer may not read are left out. */
export const Reason = ReasonView.extend({ effects: z.array(z.string()), words: z.array(Text) })
export type Reason = z.output<typeof Reason>

/** The smallest ways to get under a limit: collect money, drop a line, ship in two parts. */
export const WayOut = z.object({
  way: z.enum(['collect', 'drop_line', 'order_part']),
  amount: Money,
  lineId: Id.nullable(),
  words: Text,
})
export type WayOut = z.output<typeof WayOut>

/** A customer's credit by its parts, before and after this document; null for who may not see credit. */
export const CreditStanding = z.object({
  limit: Money,
  ordered: Money,
  owed: Money,
  advance: Money,
  exposure: Money,
  after: Money,
  usedPercent: Percent,
  overdueAmount: Money,
  overdueDays: z.number().int(),
})
export type CreditStanding = z.output<typeof CreditStanding>

const Availability = z.object({
  onHand: Quantity,
  reserved: Quantity,
  available: Quantity,
  warehouses: z.array(
    z.object({ warehouseId: Id, name: z.string(), onHand: Quantity, reserved: Quantity, available: Quantity }),
  ),
  incoming: z.array(z.object({ quantity: Quantity, on: Day.nullable(), number: z.string() })),
})

const MarginBand = z.enum(['ok', 'low', 'below_floor'])

const PreviewLine = z.object({
  item: ItemBrief,
  quantity: Quantity,
  quantityText: z.string(),
  rule: PriceTrace,
  rulePrice: Price,
  price: Price,
  discountPercent: Percent,
  net: Money,
  tax: Money,
  gross: Money,
  marginBand: MarginBand,
  /** Only for who may read margins. */
  marginPercent: Percent.nullable(),
  availability: Availability,
  /** What is missing in the line's warehouse, and when enough will have come in. */
  short: Quantity,
  promisedOn: Day.nullable(),
  /** What would be refused when submitting. */
  problem: z.object({ code: z.string(), words: Text }).nullable(),
})

export const OrderPreview = z.object({
  lines: z.array(PreviewLine),
  netTotal: Money,
  taxTotal: Money,
  grossTotal: Money,
  marginBand: MarginBand.nullable(),
  marginPercent: Percent.nullable(),
  credit: CreditStanding.nullable(),
  reasons: z.array(Reason),
  waysOut: z.array(WayOut),
  at: Instant,
})
export type OrderPreview = z.output<typeof OrderPreview>

const LineFacts = z.object({ lineId: Id, item: ItemBrief, entered: Entered, rule: PriceTrace.nullable() })

/** One document of the chain 报价 → 订单 → 出库 → 退货 → 应收 → 收款. */
export const ChainLink = z.object({
  document: z.enum(['quotation', 'sales_order', 'delivery', 'sales_return', 'receivable', 'receipt']),
  id: Id,
  number: z.string(),
  state: z.string(),
  stateLabel: Text,
  on: Day.nullable(),
  amount: Money.nullable(),
  page: z.string().nullable(),
})
export type ChainLink = z.output<typeof ChainLink>

const ApprovalBrief = z.object({
  id: Id,
  state: z.string(),
  openedAt: Instant,
  waitingFor: z.array(z.object({ id: Id, name: z.string() })),
})

/** What a command on an order answers: the order as it is now, why it waits, and how it would get on. */
export const OrderAnswer = z.object({ order: OrderView, reasons: z.array(Reason), waysOut: z.array(WayOut) })
export type OrderAnswer = z.output<typeof OrderAnswer>
export const OrderDetail = OrderAnswer.extend({
  /** With how much of each has come back. */
  lines: z.array(LineFacts.extend({ returned: Quantity, returnedText: z.string() })),
  /** Whether the viewer may enter a return: he has the right, and something has left that has not come back. */
  mayReturn: z.boolean(),
  chain: z.array(ChainLink),
  timeline: z.array(TimelineEntry),
  approval: ApprovalBrief.nullable(),
  credit: CreditStanding.nullable(),
  /** Of what has left, at what it truly cost; only for who may read margins. */
  finalMarginPercent: Percent.nullable(),
})
export type OrderDetail = z.output<typeof OrderDetail>

export const QuotationAnswer = z.object({ quotation: QuotationView, reasons: z.array(Reason) })
export type QuotationAnswer = z.output<typeof QuotationAnswer>
export const QuotationDetail = QuotationAnswer.extend({
  lines: z.array(LineFacts),
  chain: z.array(ChainLink),
  timeline: z.array(TimelineEntry),
  approval: ApprovalBrief.nullable(),
})
export type QuotationDetail = z.output<typeof QuotationDetail>

export const PickedLot = z.object({ lotId: Id, lotCode: z.string(), quantity: Quantity, reason: z.string().optional() })
export type PickedLot = z.output<typeof PickedLot>
const DeliveryLineFacts = z.object({
  lineId: Id,
  item: ItemBrief,
  /** Where to look for it, the first place first; the lines come in the order of these. */
  bins: z.array(Place),
  plannedText: z.string(),
  pickedText: z.string(),
  /** What to take: the lot that ends first goes first. */
  proposal: z.array(z.object({ lotId: Id, lotCode: z.string(), expiresOn: Day.nullable(), quantity: Quantity })),
  lots: z.array(PickedLot),
  serials: z.array(z.string()),
  /** What of it has come back, in packs; empty: nothing. */
  returnedText: z.string(),
})
export const DeliveryDetail = z.object({
  delivery: DeliveryView,
  lines: z.array(DeliveryLineFacts),
  /** Whether the viewer may enter a return of what left with it. */
  mayReturn: z.boolean(),
  timeline: z.array(TimelineEntry),
})
export type DeliveryDetail = z.output<typeof DeliveryDetail>

export const ReturnedLot = z.object({ lotId: Id, lotCode: z.string(), quantity: Quantity })
export type ReturnedLot = z.output<typeof ReturnedLot>
const NoteBrief = z.object({ id: Id, number: z.string(), on: Day.nullable() })
/** The lots and serial numbers of a delivered line that have not come back. */
const Pieces = { lots: z.array(ReturnedLot), serials: z.array(z.string()) }

/** A line that has left, and what of it can still come back. */
export const ReturnableLine = z.object({
  deliveryLineId: Id,
  delivery: NoteBrief,
  item: ItemBrief,
  delivered: Quantity,
  left: Quantity,
  /** Of it, on returns that are still to be received. */
  underWay: Quantity,
  ...Pieces,
})
export type ReturnableLine = z.output<typeof ReturnableLine>

const ReturnLineFacts = z.object({
  lineId: Id,
  deliveryLineId: Id,
  delivery: NoteBrief,
  item: ItemBrief,
  /** What of the delivered line can still come back. */
  left: Quantity,
  ...Pieces,
  /** The pieces that may come. */
  open: z.object(Pieces),
})
export const ReturnDetail = z.object({
  return: ReturnView,
  reasons: z.array(Reason),
  lines: z.array(ReturnLineFacts),
  timeline: z.array(TimelineEntry),
  approval: ApprovalBrief.nullable(),
  /** Whether the order's page is one for the viewer. */
  seesOrder: z.boolean(),
})
export type ReturnDetail = z.output<typeof ReturnDetail>
