import { z } from 'zod'
import { contract, Day, endpoint, Id, inputSchema, ListInput, pageOf, Version } from '#contract'
import { AsKnownAt, IntoNextPeriod } from '#contract/modules/finance'
import { goodsReceipt, GoodsReceiptPage, GoodsReceiptView, receiptLines } from './goods-receipt.document.ts'
import { landedCost, LandedCostPage, LandedCostView } from './landed-cost.document.ts'
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
  Costing,
  CostingMethod,
  ExpiringLots,
  ItemAsAt,
  ItemStock,
  LateMove,
  LimitedPerson,
  MoveRow,
  Place,
  SlowStock,
  StockFlow,
  StockRow,
  Traced,
  WarehousePage,
  WarehouseView,
} from './stock.document.ts'

export * from './stock-refusals.document.ts'
export * from './goods-receipt.document.ts'
export * from './landed-cost.document.ts'
export * from './stock-adjustment.document.ts'
export * from './stock-transfer.document.ts'
export {
  BinView,
  Costing,
  CostingMethod,
  ItemAsAt,
  ItemStock,
  ItemSummary,
  LineDetail,
  MovedLater,
  MoveRow,
  moveWords,
  Place,
  StockRow,
  Traced,
  WarehouseView,
} from './stock.document.ts'

const ById = z.object({ id: Id })
const OfItem = z.object({ itemId: Id })
const listed = { state: z.string().max(20).optional(), warehouseId: Id.optional() }
const Act = z.strictObject({ id: Id, version: Version })
const costedReceipts = z.array(Id).min(1).max(50)
/** A move of goods takes effect on `on`: today when it is left out, earlier while the period is open. */
const ActOn = Act.extend({ on: Day.optional(), intoNextPeriod: IntoNextPeriod })

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
      forSale: z.boolean().optional(),
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
      forSale: z.boolean().optional(),
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

  costing: endpoint('GET /costing', { zh: '成本核算方式', en: 'How costs are worked out' }, z.object({}), Costing),
  changeCosting: endpoint(
    'PUT /costing',
    {
      zh: '修改成本核算方式：移动平均或先进先出',
      en: 'Change how costs are worked out: moving average, or first in, first out',
    },
    z.strictObject({ method: CostingMethod }),
    Costing,
  ),

  stock: endpoint(
    'GET /stock',
    { zh: '库存查询', en: 'Stock of items' },
    ListInput.extend({
      warehouseId: Id.optional(),
      category: z.string().max(40).optional(),
      /** Only what has fallen below its reorder point. */
      low: z.stringbool().optional(),
      /** Only what there is some of. */
      held: z.stringbool().optional(),
    }),
    pageOf(StockRow),
  ),
  stockFlow: endpoint(
    'GET /stock-flow',
    { zh: '一段时间的出入库汇总', en: 'What came in and went out within some days, by item' },
    z.object({
      from: Day,
      to: Day,
      /** Without it, what only moves between warehouses is left out. */
      warehouseId: Id.optional(),
      direction: z.enum(['in', 'out']).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    StockFlow,
  ),
  slowStock: endpoint(
    'GET /slow-stock',
    { zh: '呆滞库存', en: 'What lies in stock and does not sell' },
    z.object({
      idleDays: z.coerce.number().int().min(1).max(3650).default(90),
      warehouseId: Id.optional(),
      category: z.string().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    SlowStock,
  ),
  expiringLots: endpoint(
    'GET /expiring-lots',
    { zh: '临期和过期批次', en: 'Lots in stock that expire within some days, or have expired' },
    z.object({
      from: Day.optional(),
      until: Day,
      itemId: Id.optional(),
      warehouseId: Id.optional(),
      category: z.string().max(40).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    ExpiringLots,
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
    OfItem.extend({ day: Day, asKnownAt: AsKnownAt.optional() }),
    ItemAsAt,
  ),
  stockAsAt: endpoint(
    'GET /stock-as-at',
    { zh: '某日库存', en: 'Stock of all items as at a day' },
    ListInput.extend({ day: Day, asKnownAt: AsKnownAt.optional(), warehouseId: Id.optional() }),
    pageOf(AsAtRow),
  ),
  lateMoves: endpoint(
    'GET /stock-late',
    { zh: '事后补记的库存流水', en: 'What of the stock of a day was recorded later' },
    ListInput.omit({ q: true }).extend({
      day: Day,
      asKnownAt: AsKnownAt,
      itemId: Id.optional(),
      warehouseId: Id.optional(),
    }),
    pageOf(LateMove),
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

  landedCosts: endpoint(
    'GET /landed-costs',
    { zh: '费用分摊单列表', en: 'Landed costs' },
    ListInput.extend({ state: listed.state }),
    pageOf(LandedCostView),
  ),
  landedCost: endpoint('GET /landed-costs/:id', { zh: '费用分摊单', en: 'A landed cost' }, ById, LandedCostPage),
  createLandedCost: endpoint(
    'POST /landed-costs',
    { zh: '新建费用分摊单', en: 'Make a landed cost' },
    inputSchema(landedCost, 'create', { id: Id, receiptIds: costedReceipts }),
    LandedCostPage,
  ),
  editLandedCost: endpoint(
    'PATCH /landed-costs/:id',
    { zh: '修改费用分摊单', en: 'Change a landed cost' },
    inputSchema(landedCost, 'patch', { id: Id, version: Version, receiptIds: costedReceipts.optional() }),
    LandedCostPage,
  ),
  postLandedCost: endpoint(
    'POST /landed-costs/:id/post',
    { zh: '分摊费用', en: 'Spread a cost over the goods' },
    ActOn,
    LandedCostPage,
  ),
  cancelLandedCost: endpoint(
    'POST /landed-costs/:id/cancel',
    { zh: '取消费用分摊单', en: 'Cancel a landed cost' },
    Act,
    LandedCostPage,
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
