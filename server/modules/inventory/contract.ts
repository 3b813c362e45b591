import { z } from 'zod'
import { contract, Day, defineRefusals, endpoint, Id, inputSchema, ListInput, pageOf, Version } from '#contract'
import { goodsReceipt, GoodsReceiptPage, GoodsReceiptView, receiptLines } from './goods-receipt.document.ts'
import {
  adjustmentLines,
  stockAdjustment,
  StockAdjustmentPage,
  StockAdjustmentView,
} from './stock-adjustment.document.ts'
import { StockTransferPage, StockTransferView, stockTransfer, transferLines } from './stock-transfer.document.ts'
import {
  AsAtRow,
  BinView,
  ItemAsAt,
  ItemStock,
  LimitedPerson,
  MoveRow,
  Place,
  StockRow,
  Traced,
  WarehousePage,
  WarehouseView,
} from './stock.document.ts'

export * from './goods-receipt.document.ts'
export * from './stock-adjustment.document.ts'
export * from './stock-transfer.document.ts'
export {
  BinView,
  ItemAsAt,
  ItemStock,
  ItemSummary,
  LineDetail,
  MoveRow,
  Place,
  StockRow,
  Traced,
  WarehouseView,
} from './stock.document.ts'

export const inventoryRefusals = defineRefusals({
  out_of_stock: {
    status: 409,
    zh: '{item} 在{warehouse}可用 {available}，不够 {wanted}；请减少数量、换仓库或等到货',
    en: '{item}: {available} available in {warehouse}, {wanted} wanted; take less, another warehouse, or wait for what is coming',
  },
  negative_history: {
    status: 409,
    zh: '按 {day} 倒推，{item} 在{warehouse}会变成 {short}；请用更晚的日期',
    en: '{item} in {warehouse} would stand at {short} on {day}; use a later date',
  },
  future_day: {
    status: 422,
    zh: '库存日期不能晚于今天（{today}）',
    en: 'A stock date cannot lie after today ({today})',
  },
  quantity_not_positive: { status: 422, zh: '数量必须大于零', en: 'A quantity must be above zero' },
  quantity_not_changed: { status: 422, zh: '增减数量不能为零', en: 'A change cannot be zero' },
  no_stock_lines: { status: 422, zh: '请至少填写一行商品', en: 'Enter at least one line' },
  nothing_received: {
    status: 422,
    zh: '实收数量全部为零，请填写实收或取消单据',
    en: 'Nothing was received; enter what came or cancel the document',
  },
  same_warehouse: { status: 422, zh: '调出和调入不能是同一个仓库', en: 'The two warehouses must differ' },
  received_before_sent: {
    status: 422,
    zh: '收货日期不能早于发出日期 {day}',
    en: 'Goods cannot arrive before they were sent ({day})',
  },
  warehouse_not_yours: {
    status: 403,
    zh: '{warehouse}不归你管，请由那里的同事操作',
    en: '{warehouse} is not among your warehouses; a colleague there can do it',
  },
  bad_bin_pattern: {
    status: 422,
    zh: '看不懂「{pattern}」：一个编码如 A-01-01，或一段如 A-01-01..A-05-04，一次最多 500 个',
    en: '"{pattern}" is neither a code like A-01-01 nor a range like A-01-01..A-05-04; at most 500 at once',
  },
  bin_code_taken: {
    status: 409,
    zh: '库位 {code} 已经有了，请换一个编码',
    en: 'There is a bin {code} already; choose another code',
  },
  bins_elsewhere: {
    status: 422,
    zh: '库位不在这个仓库或已停用，请重新选择',
    en: 'These bins are not in this warehouse, or are switched off; choose again',
  },
  warehouse_closed: {
    status: 422,
    zh: '{warehouse}已停用，请选择其他仓库',
    en: '{warehouse} is closed; choose another warehouse',
  },
  warehouse_code_taken: {
    status: 409,
    zh: '编码 {code} 已被使用，请换一个',
    en: 'The code {code} is taken; choose another',
  },
  warehouse_in_use: {
    status: 409,
    zh: '{warehouse}还有库存，请先调出再停用',
    en: '{warehouse} still holds stock; transfer it before closing the warehouse',
  },
  lot_needed: { status: 422, zh: '{item} 按批次管理，请填写批次', en: '{item} is kept by lot; give its lot' },
  lots_do_not_add_up: {
    status: 422,
    zh: '{item} 的批次数量合计 {given}，应为 {wanted}',
    en: 'The lots of {item} add up to {given} instead of {wanted}',
  },
  lot_not_kept: {
    status: 422,
    zh: '{item} 不按批次管理，请去掉批次',
    en: '{item} is not kept by lot; leave the lot out',
  },
  lot_unknown: { status: 422, zh: '{item} 没有这个批次，请重新选择', en: '{item} has no such lot; choose again' },
  lot_short: {
    status: 409,
    zh: '{item} 批次 {lot} 在{warehouse}只有 {available}，请换批次',
    en: 'Lot {lot} of {item} has only {available} in {warehouse}; choose another lot',
  },
  lot_expiry_differs: {
    status: 422,
    zh: '批次 {lot} 已登记有效期 {known}，请核对批次号或有效期',
    en: 'Lot {lot} is known to expire on {known}; check its code or its date',
  },
  serials_do_not_match: {
    status: 422,
    zh: '{item} 需要 {wanted} 个序列号，填了 {given} 个',
    en: '{item} needs {wanted} serial numbers, {given} were given',
  },
  serials_not_kept: {
    status: 422,
    zh: '{item} 不按序列号管理，请去掉序列号',
    en: '{item} is not kept by serial number; leave them out',
  },
  serial_not_here: {
    status: 409,
    zh: '{item} 的序列号 {serial} 不在{warehouse}，请核对',
    en: 'Serial number {serial} of {item} is not in {warehouse}',
  },
  serial_unknown: {
    status: 422,
    zh: '{item} 没有序列号 {serial}；新的序列号请用入库单登记',
    en: '{item} has no serial number {serial}; bring new ones in by a goods receipt',
  },
  serial_in_stock: {
    status: 409,
    zh: '{item} 的序列号 {serial} 已经在库，请核对',
    en: 'Serial number {serial} of {item} is in stock already',
  },
})

const ById = z.object({ id: Id })
const OfItem = z.object({ itemId: Id })
const listed = { state: z.string().max(20).optional(), warehouseId: Id.optional() }
const Act = z.strictObject({ id: Id, version: Version })
/** A move of goods takes effect on `on`: today when it is left out, earlier while the period is open. */
const ActOn = Act.extend({ on: Day.optional() })

/** What is where, what is held for whom, what comes, what it is worth; and the documents that move it. */
export const inventory = contract('inventory', {
  warehouses: endpoint(
    'GET /warehouses',
    { zh: '仓库', en: 'Warehouses' },
    z.object({}),
    z.object({ rows: z.array(WarehouseView) }),
  ),
  createWarehouse: endpoint(
    'POST /warehouses',
    { zh: '新建仓库', en: 'Add a warehouse' },
    z.strictObject({
      id: Id,
      code: z.string().trim().min(1).max(20),
      name: z.string().trim().min(1).max(40),
      keeperId: Id.nullish(),
      position: z.number().int().min(0).max(1000).default(0),
    }),
    WarehouseView,
  ),
  editWarehouse: endpoint(
    'PATCH /warehouses/:id',
    { zh: '修改仓库', en: 'Change a warehouse' },
    Act.extend({
      code: z.string().trim().min(1).max(20).optional(),
      name: z.string().trim().min(1).max(40).optional(),
      keeperId: Id.nullish(),
      active: z.boolean().optional(),
      position: z.number().int().min(0).max(1000).optional(),
    }),
    WarehouseView,
  ),

  warehouse: endpoint('GET /warehouses/:id', { zh: '一个仓库', en: 'A warehouse' }, ById, WarehousePage),
  limitPerson: endpoint(
    'PUT /people/:id/warehouses',
    { zh: '限定一个人的仓库，不填为不限', en: 'Limit a person to warehouses; none of them: no limit' },
    z.strictObject({ id: Id, warehouseIds: z.array(Id).max(100) }),
    LimitedPerson,
  ),
  bins: endpoint(
    'GET /warehouses/:id/bins',
    { zh: '库位', en: 'Bins of a warehouse' },
    ListInput.extend({ id: Id }),
    pageOf(BinView),
  ),
  createBins: endpoint(
    'POST /warehouses/:id/bins',
    { zh: '新建库位，可成段', en: 'Make bins, ranges of them too' },
    /** Codes and ranges: 'A-01-01..A-05-04, B-01'. */
    z.strictObject({ id: Id, codes: z.string().trim().min(1).max(4000) }),
    z.object({ made: z.number().int(), there: z.number().int() }),
  ),
  editBin: endpoint(
    'PATCH /bins/:id',
    { zh: '修改库位', en: 'Change a bin' },
    Act.extend({
      code: z.string().trim().min(1).max(30).optional(),
      name: z.string().trim().max(40).optional(),
      active: z.boolean().optional(),
    }),
    BinView,
  ),
  placeItem: endpoint(
    'PUT /warehouses/:id/items/:itemId/bins',
    { zh: '商品放在哪些库位，首选在前', en: 'Where an item lies, the place to look first first' },
    z.strictObject({ id: Id, itemId: Id, binIds: z.array(Id).max(20) }),
    z.object({ bins: z.array(Place) }),
  ),

  stock: endpoint(
    'GET /stock',
    { zh: '库存查询', en: 'Stock of items' },
    ListInput.extend({
      warehouseId: Id.optional(),
      category: z.string().max(40).optional(),
      /** Only what has fallen below its reorder point. */
      low: z.stringbool().optional(),
    }),
    pageOf(StockRow),
  ),
  itemStock: endpoint('GET /stock/:itemId', { zh: '商品库存', en: 'Stock of one item' }, OfItem, ItemStock),
  itemMoves: endpoint(
    'GET /stock/:itemId/moves',
    { zh: '库存流水', en: 'Moves of one item, newest first' },
    OfItem.extend({
      warehouseId: Id.optional(),
      cursor: z.string().max(500).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    pageOf(MoveRow),
  ),
  itemAsAt: endpoint(
    'GET /stock/:itemId/as-at',
    { zh: '商品某日库存', en: 'Stock of one item as at a day' },
    OfItem.extend({ day: Day }),
    ItemAsAt,
  ),
  stockAsAt: endpoint(
    'GET /stock-as-at',
    { zh: '某日库存', en: 'Stock of all items as at a day' },
    ListInput.extend({ day: Day, warehouseId: Id.optional() }),
    pageOf(AsAtRow),
  ),
  stockTrace: endpoint(
    'GET /stock-trace',
    { zh: '批次或序列号追溯', en: 'Where a lot or a serial number came from and went' },
    z.object({ code: z.string().trim().min(1).max(60) }),
    z.object({ found: z.array(Traced) }),
  ),

  goodsReceipts: endpoint(
    'GET /goods-receipts',
    { zh: '入库单列表', en: 'Goods receipts' },
    ListInput.extend({ ...listed, supplierId: Id.optional() }),
    pageOf(GoodsReceiptView),
  ),
  goodsReceipt: endpoint('GET /goods-receipts/:id', { zh: '入库单', en: 'A goods receipt' }, ById, GoodsReceiptPage),
  createGoodsReceipt: endpoint(
    'POST /goods-receipts',
    { zh: '新建入库单', en: 'Make a goods receipt' },
    inputSchema(goodsReceipt, 'create', {
      id: Id,
      kind: z.enum(['opening', 'purchase', 'other']),
      warehouseId: Id,
      lines: receiptLines,
    }),
    GoodsReceiptPage,
  ),
  editGoodsReceipt: endpoint(
    'PATCH /goods-receipts/:id',
    { zh: '修改入库单', en: 'Change a goods receipt' },
    inputSchema(goodsReceipt, 'patch', { id: Id, version: Version, lines: receiptLines.optional() }),
    GoodsReceiptPage,
  ),
  receiveGoodsReceipt: endpoint(
    'POST /goods-receipts/:id/receive',
    { zh: '收货入库', en: 'Receive the goods' },
    /** `lines`: what actually came, in place of what was expected. */
    ActOn.extend({ lines: receiptLines.optional() }),
    GoodsReceiptPage,
  ),
  cancelGoodsReceipt: endpoint(
    'POST /goods-receipts/:id/cancel',
    { zh: '取消入库单', en: 'Cancel a goods receipt' },
    Act,
    GoodsReceiptPage,
  ),

  stockTransfers: endpoint(
    'GET /stock-transfers',
    { zh: '调拨单列表', en: 'Stock transfers' },
    ListInput.extend(listed),
    pageOf(StockTransferView),
  ),
  stockTransfer: endpoint(
    'GET /stock-transfers/:id',
    { zh: '调拨单', en: 'A stock transfer' },
    ById,
    StockTransferPage,
  ),
  createStockTransfer: endpoint(
    'POST /stock-transfers',
    { zh: '新建调拨单', en: 'Make a stock transfer' },
    inputSchema(stockTransfer, 'create', { id: Id, fromId: Id, toId: Id, lines: transferLines }),
    StockTransferPage,
  ),
  editStockTransfer: endpoint(
    'PATCH /stock-transfers/:id',
    { zh: '修改调拨单', en: 'Change a stock transfer' },
    inputSchema(stockTransfer, 'patch', { id: Id, version: Version, lines: transferLines.optional() }),
    StockTransferPage,
  ),
  sendStockTransfer: endpoint(
    'POST /stock-transfers/:id/send',
    { zh: '调拨发出', en: 'Send a transfer' },
    ActOn,
    StockTransferPage,
  ),
  receiveStockTransfer: endpoint(
    'POST /stock-transfers/:id/receive',
    { zh: '调拨收货', en: 'Receive a transfer' },
    ActOn,
    StockTransferPage,
  ),
  cancelStockTransfer: endpoint(
    'POST /stock-transfers/:id/cancel',
    { zh: '取消调拨单', en: 'Cancel a transfer' },
    Act,
    StockTransferPage,
  ),

  stockAdjustments: endpoint(
    'GET /stock-adjustments',
    { zh: '调整单列表', en: 'Stock adjustments' },
    ListInput.extend(listed),
    pageOf(StockAdjustmentView),
  ),
  stockAdjustment: endpoint(
    'GET /stock-adjustments/:id',
    { zh: '库存调整单', en: 'A stock adjustment' },
    ById,
    StockAdjustmentPage,
  ),
  createStockAdjustment: endpoint(
    'POST /stock-adjustments',
    { zh: '新建库存调整单', en: 'Make a stock adjustment' },
    inputSchema(stockAdjustment, 'create', {
      id: Id,
      warehouseId: Id,
      reason: z.string().trim().min(1).max(200),
      lines: adjustmentLines,
    }),
    StockAdjustmentPage,
  ),
  editStockAdjustment: endpoint(
    'PATCH /stock-adjustments/:id',
    { zh: '修改库存调整单', en: 'Change a stock adjustment' },
    inputSchema(stockAdjustment, 'patch', { id: Id, version: Version, lines: adjustmentLines.optional() }),
    StockAdjustmentPage,
  ),
  postStockAdjustment: endpoint(
    'POST /stock-adjustments/:id/post',
    { zh: '调整过账', en: 'Post an adjustment' },
    ActOn,
    StockAdjustmentPage,
  ),
  cancelStockAdjustment: endpoint(
    'POST /stock-adjustments/:id/cancel',
    { zh: '取消调整单', en: 'Cancel an adjustment' },
    Act,
    StockAdjustmentPage,
  ),
})
