import { z } from 'zod'
import {
  contract,
  Day,
  endpoint,
  Entered,
  type Fields,
  Id,
  inputSchema,
  inputShape,
  Instant,
  ListInput,
  Money,
  pageOf,
  Price,
  Quantity,
  Version,
  type Written,
} from '#contract'
import { IntoNextPeriod } from '#contract/modules/finance'
import { delivery } from './delivery.document.ts'
import { quotation } from './quotation.document.ts'
import { salesReturn } from './sales-return.document.ts'
import { orderLineFields, salesOrder } from './sales-order.document.ts'
import {
  OrderView,
  QuotationView,
  DeliveryView,
  ItemBrief,
  OrderPreview,
  OrderAnswer,
  OrderDetail,
  QuotationAnswer,
  QuotationDetail,
  DeliveryDetail,
  ReturnableLine,
  ReturnDetail,
  ReturnView,
} from './sale.document.ts'
import { Margins, MarginsAsked, OrderMargin, SalesReport, SalesReportAsked } from './sales-report.document.ts'
import { lineFields } from './sold-goods.document.ts'

export * from './sales-refusals.document.ts'
export { delivery } from './delivery.document.ts'
export * from './sales-report.document.ts'
export { quotation, type QuotationState } from './quotation.document.ts'
export * from './sale.document.ts'
export { type OrderState, salesOrder } from './sales-order.document.ts'
export { returnReasons, type ReturnState, salesReturn } from './sales-return.document.ts'

/** A line as it is sent: an item, a quantity as people say it, a price where it is not the rule's. */
type LineInput<L extends Fields> = Omit<Written<L>, 'itemId' | 'entered'> & { itemId: string; entered: Entered }
const lineInput = <L extends Fields>(fields: L): z.ZodType<LineInput<L>> =>
  z.strictObject({
    ...inputShape(fields, 'create'),
    entered: Entered,
    custom: z.record(z.string().max(60), z.unknown()).optional(),
  }) as unknown as z.ZodType<LineInput<L>> // made field by field from the fields that LineInput<L> is computed from

export const OrderLineInput = lineInput(orderLineFields)
export type OrderLineInput = z.output<typeof OrderLineInput>
export const QuotationLineInput = lineInput(lineFields)
export type QuotationLineInput = z.output<typeof QuotationLineInput>

const orderLines = z.array(OrderLineInput).min(1).max(500)
const quotationLines = z.array(QuotationLineInput).min(1).max(500)
const ById = z.object({ id: Id })
const Change = z.strictObject({ id: Id, version: Version })
const Why = Change.extend({ reason: z.string().trim().max(200).default('') })
const days = { from: Day.optional(), to: Day.optional() }
const stateFilter = z
  .string()
  .regex(/^[a-z_]+(,[a-z_]+)*$/)
  .max(200)

const PositiveQuantity = Quantity.refine((value) => !value.startsWith('-') && /[1-9]/.test(value), {
  error: '数量要大于 0 / the quantity must be above 0',
})
const pieces = {
  lots: z
    .array(z.strictObject({ lotId: Id, quantity: PositiveQuantity }))
    .max(100)
    .optional(),
  serials: z.array(z.string().trim().min(1).max(80)).max(500).optional(),
}
/** What comes back of a delivered line, in base units; which lots or serial numbers, where that is not plain. */
const ReturnLineInput = z.strictObject({ deliveryLineId: Id, quantity: PositiveQuantity, ...pieces })
const returnLines = z.array(ReturnLineInput).min(1).max(500)

/** '2026-11'. */
const Month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
const isAboveZero = (amount: string): boolean => Number(amount) > 0

/** Quotation, order and delivery: from the first price to the goods that left. */
export const sales = contract('sales', {
  previewOrder: endpoint(
    'POST /orders/preview',
    { zh: '试算订单：价格、库存、信用、规则', en: 'Try an order: prices, stock, credit, rules' },
    z.strictObject({
      customerId: Id,
      warehouseId: Id,
      backorder: z.boolean().default(false),
      quotationId: Id.nullable().optional(),
      lines: z.array(OrderLineInput).max(500),
    }),
    OrderPreview,
    { changes: false },
  ),
  orders: endpoint(
    'GET /orders',
    { zh: '订单列表', en: 'List orders' },
    ListInput.extend({
      state: stateFilter.optional(),
      customerId: Id.optional(),
      ownerId: Id.optional(),
      /** The days on which they were placed. */
      ...days,
    }),
    pageOf(OrderView),
  ),
  order: endpoint('GET /orders/:id', { zh: '一张订单', en: 'An order' }, ById, OrderDetail),
  orderMargin: endpoint(
    'GET /orders/:id/margin',
    { zh: '订单毛利与成本来源', en: 'Margin of an order, down to where its costs come from' },
    ById,
    OrderMargin,
  ),
  salesReport: endpoint(
    'GET /sales-report',
    { zh: '销售统计', en: 'What was sold, by order, item, customer, seller, region or category' },
    SalesReportAsked,
    SalesReport,
  ),
  margins: endpoint(
    'GET /margins',
    { zh: '毛利统计', en: 'Margins by order, item, customer, seller, region or category' },
    MarginsAsked,
    Margins,
  ),
  salesTargets: endpoint(
    'GET /sales-targets',
    { zh: '销售目标与完成', en: 'Sales targets, and what was reached' },
    z.object({ from: Month, to: Month }),
    z.object({
      rows: z.array(z.object({ personId: Id, name: z.string(), target: Money.nullable(), done: Money })),
      from: Day,
      to: Day,
      today: Day,
      canSet: z.boolean(),
    }),
  ),
  setSalesTarget: endpoint(
    'PUT /sales-targets',
    { zh: '设销售目标', en: 'Set what somebody is to sell in a month' },
    z.strictObject({ month: Month, personId: Id, amount: Money.refine(isAboveZero).nullable() }),
    z.object({ saved: z.literal(true) }),
  ),
  createOrder: endpoint(
    'POST /orders',
    { zh: '新建订单，可同时提交', en: 'Create an order, and submit it when asked to' },
    inputSchema(salesOrder, 'create', {
      id: Id,
      lines: orderLines,
      quotationId: Id.nullable().optional(),
      submit: z.boolean().default(false),
    }),
    OrderAnswer,
  ),
  editOrder: endpoint(
    'PATCH /orders/:id',
    { zh: '修改草稿订单', en: 'Change a draft order' },
    inputSchema(salesOrder, 'patch', { id: Id, version: Version, lines: orderLines.optional() }),
    OrderAnswer,
  ),
  submitOrder: endpoint('POST /orders/:id/submit', { zh: '提交订单', en: 'Submit an order' }, Change, OrderAnswer),
  withdrawOrder: endpoint(
    'POST /orders/:id/withdraw',
    { zh: '撤回订单', en: 'Withdraw an order' },
    Change,
    OrderAnswer,
  ),
  cancelOrder: endpoint('POST /orders/:id/cancel', { zh: '取消订单', en: 'Cancel an order' }, Why, OrderAnswer),
  closeOrder: endpoint(
    'POST /orders/:id/close',
    { zh: '关闭订单，不再发剩余部分', en: 'Close an order; what is left is not delivered' },
    Why,
    OrderAnswer,
  ),
  planDelivery: endpoint(
    'POST /orders/:id/deliveries',
    { zh: '安排出库', en: 'Plan the delivery of what is held' },
    Change,
    z.object({ deliveries: z.array(DeliveryView) }),
  ),
  lastOrder: endpoint(
    'GET /customers/:id/last-order',
    { zh: '客户上一张订单，用于再来一单', en: "A customer's last order, to order the same again" },
    ById,
    z.object({
      order: z.object({ id: Id, number: z.string(), orderedOn: Day }).nullable(),
      lines: z.array(z.object({ itemId: Id, item: ItemBrief, entered: Entered, price: Price.nullable() })),
    }),
  ),
  lastPrices: endpoint(
    'GET /customers/:id/last-prices',
    { zh: '客户最近成交价', en: 'What the customer last paid' },
    z.object({
      id: Id,
      itemIds: z
        .string()
        .max(4000)
        .transform((ids) => ids.split(','))
        .pipe(z.array(Id).min(1).max(100)),
    }),
    z.object({
      items: z.array(
        z.object({
          itemId: Id,
          prices: z.array(z.object({ price: Price, quantity: Quantity, on: Day, orderId: Id, number: z.string() })),
        }),
      ),
    }),
  ),

  quotations: endpoint(
    'GET /quotations',
    { zh: '报价单列表', en: 'List quotations' },
    ListInput.extend({ state: stateFilter.optional(), customerId: Id.optional(), ownerId: Id.optional() }),
    pageOf(QuotationView),
  ),
  quotation: endpoint('GET /quotations/:id', { zh: '一张报价单', en: 'A quotation' }, ById, QuotationDetail),
  createQuotation: endpoint(
    'POST /quotations',
    { zh: '新建报价单，可同时提交', en: 'Create a quotation, and submit it when asked to' },
    inputSchema(quotation, 'create', { id: Id, lines: quotationLines, submit: z.boolean().default(false) }),
    QuotationAnswer,
  ),
  editQuotation: endpoint(
    'PATCH /quotations/:id',
    { zh: '修改报价，已发出的成为新一版', en: 'Change a quotation; one already sent becomes a new revision' },
    inputSchema(quotation, 'patch', { id: Id, version: Version, lines: quotationLines.optional() }),
    QuotationAnswer,
  ),
  submitQuotation: endpoint(
    'POST /quotations/:id/submit',
    { zh: '提交报价', en: 'Submit a quotation' },
    Change,
    QuotationAnswer,
  ),
  withdrawQuotation: endpoint(
    'POST /quotations/:id/withdraw',
    { zh: '撤回报价', en: 'Withdraw a quotation' },
    Change,
    QuotationAnswer,
  ),
  holdQuotation: endpoint(
    'POST /quotations/:id/hold',
    { zh: '为报价留货到某时', en: 'Hold stock for a quotation until a moment' },
    Change.extend({ until: Instant }),
    QuotationAnswer,
  ),
  releaseQuotation: endpoint(
    'POST /quotations/:id/release',
    { zh: '取消留货', en: 'Give back the stock held' },
    Change,
    QuotationAnswer,
  ),
  acceptQuotation: endpoint(
    'POST /quotations/:id/accept',
    { zh: '客户接受，转为订单草稿', en: 'Accepted: make the order draft' },
    Change.extend({ orderId: Id }),
    OrderAnswer,
  ),
  loseQuotation: endpoint('POST /quotations/:id/lose', { zh: '标记未成交', en: 'Mark as lost' }, Why, QuotationAnswer),

  deliveries: endpoint(
    'GET /deliveries',
    { zh: '出库单列表', en: 'List delivery notes' },
    ListInput.extend({
      state: stateFilter.optional(),
      warehouseId: Id.optional(),
      orderId: Id.optional(),
      customerId: Id.optional(),
      /** The days on which they left, or are to leave. */
      ...days,
    }),
    pageOf(DeliveryView),
  ),
  delivery: endpoint('GET /deliveries/:id', { zh: '一张出库单', en: 'A delivery note' }, ById, DeliveryDetail),
  startPicking: endpoint('POST /deliveries/:id/pick', { zh: '开始拣货', en: 'Start picking' }, Change, DeliveryDetail),
  scan: endpoint(
    'POST /deliveries/:id/scan',
    { zh: '扫码拣货', en: 'Pick by scan' },
    z.strictObject({
      id: Id,
      /** An item's barcode or code, a lot code, a serial number. */
      scan: z.string().trim().min(1).max(80),
      /** How much of it; without it one unit of the barcode, or what the proposal has of the lot. */
      entered: Entered.optional(),
      /** Why another lot than the one that goes first. */
      reason: z.string().trim().max(200).optional(),
    }),
    DeliveryDetail,
  ),
  clearPicked: endpoint(
    'POST /deliveries/:id/clear',
    { zh: '清除一行的拣货', en: 'Take back what was picked of a line' },
    z.strictObject({ id: Id, lineId: Id }),
    DeliveryDetail,
  ),
  shipDelivery: endpoint(
    'POST /deliveries/:id/ship',
    { zh: '确认出库；少发的自动生成下一张', en: 'Ship; what is left gets the next delivery note by itself' },
    inputSchema(delivery, 'patch', {
      id: Id,
      version: Version,
      /** How much of each line, in base units; without it what was picked, or all when nothing was picked. */
      lines: z
        .array(z.strictObject({ lineId: Id, quantity: Quantity }))
        .max(500)
        .optional(),
    }),
    z.object({ delivery: DeliveryView, next: DeliveryView.nullable() }),
  ),
  signDelivery: endpoint(
    'POST /deliveries/:id/sign',
    { zh: '客户签收', en: 'Signed for by the customer' },
    Change.extend({ signedBy: z.string().trim().min(1).max(60), note: z.string().trim().max(500).default('') }),
    DeliveryDetail,
  ),
  cancelDelivery: endpoint(
    'POST /deliveries/:id/cancel',
    { zh: '取消出库单', en: 'Cancel a delivery note' },
    Why,
    DeliveryDetail,
  ),

  returns: endpoint(
    'GET /returns',
    { zh: '退货单列表', en: 'List returns' },
    ListInput.extend({
      state: stateFilter.optional(),
      warehouseId: Id.optional(),
      orderId: Id.optional(),
      customerId: Id.optional(),
    }),
    pageOf(ReturnView),
  ),
  returnable: endpoint(
    'GET /orders/:id/returnable',
    { zh: '订单可退的货', en: 'What of an order can come back' },
    ById,
    z.object({
      order: z.object({ id: Id, number: z.string(), customerId: Id, warehouseId: Id }),
      lines: z.array(ReturnableLine),
    }),
  ),
  salesReturn: endpoint('GET /returns/:id', { zh: '一张退货单', en: 'A return' }, ById, ReturnDetail),
  createReturn: endpoint(
    'POST /returns',
    { zh: '新建退货单，可同时提交', en: 'Enter a return, and submit it when asked to' },
    inputSchema(salesReturn, 'create', { id: Id, orderId: Id, lines: returnLines, submit: z.boolean().default(false) }),
    ReturnDetail,
  ),
  editReturn: endpoint(
    'PATCH /returns/:id',
    { zh: '修改退货草稿，可同时提交', en: 'Change a draft return, and submit it when asked to' },
    inputSchema(salesReturn, 'patch', {
      id: Id,
      version: Version,
      lines: returnLines.optional(),
      submit: z.boolean().default(false),
    }),
    ReturnDetail,
  ),
  submitReturn: endpoint('POST /returns/:id/submit', { zh: '提交退货', en: 'Submit a return' }, Change, ReturnDetail),
  withdrawReturn: endpoint(
    'POST /returns/:id/withdraw',
    { zh: '撤回退货', en: 'Withdraw a return' },
    Change,
    ReturnDetail,
  ),
  receiveReturn: endpoint(
    'POST /returns/:id/receive',
    { zh: '退货收货：入库并减应收', en: 'Receive a return: into stock, and off what is owed' },
    Change.extend({
      on: Day.optional(),
      intoNextPeriod: IntoNextPeriod,
      /** What came of each line, in base units; a line left out did not come. Without any, all came as asked. */
      lines: z
        .array(z.strictObject({ lineId: Id, quantity: Quantity, ...pieces }))
        .max(500)
        .optional(),
    }),
    ReturnDetail,
  ),
  reverseReturn: endpoint('POST /returns/:id/reverse', { zh: '冲销退货', en: 'Reverse a return' }, Why, ReturnDetail),
  cancelReturn: endpoint('POST /returns/:id/cancel', { zh: '取消退货', en: 'Cancel a return' }, Why, ReturnDetail),
})
