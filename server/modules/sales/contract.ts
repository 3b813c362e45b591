import { z } from 'zod'
import {
  contract,
  Day,
  defineRefusals,
  endpoint,
  Entered,
  type Fields,
  Id,
  inputSchema,
  inputShape,
  Instant,
  ListInput,
  pageOf,
  Price,
  Quantity,
  Version,
  type Written,
} from '#contract'
import { delivery } from './delivery.document.ts'
import { quotation } from './quotation.document.ts'
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
} from './sale.document.ts'
import { lineFields } from './sold-goods.document.ts'

export { delivery } from './delivery.document.ts'
export { quotation, type QuotationState } from './quotation.document.ts'
export * from './sale.document.ts'
export { type OrderState, salesOrder } from './sales-order.document.ts'

export const salesRefusals = defineRefusals({
  price_below_floor: {
    status: 422,
    zh: '第 {line} 行 {item} 的单价 {price} 低于{floor}，请提高单价，或请有权限的同事调整底价',
    en: 'Line {line}, {item}: {price} is below {floor}; raise the price, or ask a colleague with the right to change the floor',
  },
  rule_blocked: {
    status: 409,
    zh: '按规则不能提交：{rules}。{ways}',
    en: 'A rule stands in the way: {rules}. {ways}',
  },
  item_inactive: {
    status: 422,
    zh: '第 {line} 行 {item} 已停售，请换一个商品',
    en: 'Line {line}, {item} is no longer sold; choose another item',
  },
  nothing_ordered: {
    status: 422,
    zh: '第 {line} 行的数量要大于 0，不需要就删掉这一行',
    en: 'The quantity of line {line} must be above 0; remove the line if it is not needed',
  },
  negative_price: { status: 422, zh: '第 {line} 行的单价不能小于 0', en: 'The price of line {line} cannot be below 0' },
  posted_already: {
    status: 409,
    zh: '订单 {number} 的金额已记入应收，请先请财务处理',
    en: 'What order {number} comes to is posted as receivable already; ask finance first',
  },
  id_taken: {
    status: 409,
    zh: '这个编号已用于另一张单据，请重新开单',
    en: 'This id belongs to another document; begin a new one',
  },
  being_picked: {
    status: 409,
    zh: '出库单 {delivery} 正在拣货，请先让仓库取消它',
    en: 'Delivery note {delivery} is being picked; ask the warehouse to cancel it first',
  },
  nothing_to_plan: {
    status: 409,
    zh: '没有可以安排出库的货：已占用的都已在出库单上',
    en: 'Nothing to plan: all that is held is already on a delivery note',
  },
  quotation_expired: {
    status: 409,
    zh: '报价已于 {day} 过期，请先改报价并更新有效期',
    en: 'The quotation expired on {day}; revise it with a new date first',
  },
  bad_hold: {
    status: 422,
    zh: '留货截止要晚于现在，且不晚于报价有效期 {day}',
    en: 'Stock can be held until a moment from now on, no later than {day}, when the quotation ends',
  },
  unknown_scan: {
    status: 422,
    zh: '没有认出「{scan}」，请对准条码再扫一次',
    en: '"{scan}" was not recognised; scan the code again',
  },
  wrong_item: {
    status: 422,
    zh: '扫到的是 {item}，不在这张出库单上',
    en: 'That is {item}, which is not on this delivery note',
  },
  wrong_lot: { status: 422, zh: '批次 {lot} 在本仓没有可发的数量', en: 'Lot {lot} has nothing left in this warehouse' },
  newer_lot: {
    status: 409,
    zh: '应先发批次 {older}（{expires} 到期，还有 {left}），要发 {lot} 请填写原因',
    en: 'Lot {older} goes first ({left} left, expires {expires}); to take {lot} give a reason',
  },
  bin_without_goods: {
    status: 422,
    zh: '库位 {bin} 没有这张出库单的货',
    en: 'Bin {bin} holds nothing of this delivery note',
  },
  scan_goods: { status: 422, zh: '到了库位 {bin}，请扫 {items}', en: 'At bin {bin}: scan {items}' },
  scan_lot: { status: 422, zh: '{item} 按批次管理，请扫批次码', en: '{item} is kept by lot; scan the lot' },
  scan_serials: {
    status: 422,
    zh: '{item} 按序列号管理，请逐件扫描：应发 {planned}，已扫 {picked}',
    en: '{item} is kept by serial number; scan each piece: {picked} of {planned} so far',
  },
  serial_picked: { status: 409, zh: '序列号 {serial} 已经扫过', en: 'Serial number {serial} is already picked' },
  too_many_picked: {
    status: 422,
    zh: '{item} 应发 {planned}，不能拣 {picked}',
    en: '{item}: {planned} planned, {picked} is too many',
  },
  picked_differs: {
    status: 409,
    zh: '{item} 实拣 {picked}，与要出库的 {quantity} 不一致，请重新拣货或按实拣出库',
    en: '{item}: {picked} picked, but {quantity} to ship; pick again, or ship what was picked',
  },
  nothing_to_ship: { status: 422, zh: '没有要出库的数量', en: 'There is nothing to ship' },
  not_shipped: { status: 409, zh: '出库后才能签收', en: 'It can be signed for once it is shipped' },
})

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
const stateFilter = z
  .string()
  .regex(/^[a-z_]+(,[a-z_]+)*$/)
  .max(200)

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
    ListInput.extend({ state: stateFilter.optional(), customerId: Id.optional(), ownerId: Id.optional() }),
    pageOf(OrderView),
  ),
  order: endpoint('GET /orders/:id', { zh: '一张订单', en: 'An order' }, ById, OrderDetail),
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
})
