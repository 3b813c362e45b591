import type { Actions } from '#kernel/perform'
import { bins, createBins, editBin, placeItemInBins } from './bins.ts'
import type { inventory } from './contract.ts'
import { changeCosting, costing } from './costing.ts'
import {
  cancelGoodsReceipt,
  createGoodsReceipt,
  editGoodsReceipt,
  goodsReceipt,
  goodsReceipts,
} from './goods-receipts.ts'
import { expiringLots } from './expiring-lots.ts'
import { itemMoves, stockTrace } from './item-moves.ts'
import { itemStock } from './item-stock.ts'
import { cancelLandedCost, createLandedCost, editLandedCost, landedCost, landedCosts } from './landed-costs.ts'
import { receiveStockTransfer, sendStockTransfer } from './move-transfer.ts'
import { postLandedCost } from './post-landed-cost.ts'
import { receiveGoodsReceipt } from './receive-goods.ts'
import {
  cancelStockAdjustment,
  createStockAdjustment,
  editStockAdjustment,
  postStockAdjustment,
  stockAdjustment,
  stockAdjustments,
} from './stock-adjustments.ts'
import { slowStock } from './slow-stock.ts'
import { itemAsAt, lateMoves, stockAsAt } from './stock-as-at.ts'
import { stockFlow } from './stock-flow.ts'
import { stock } from './stock-list.ts'
import {
  cancelStockTransfer,
  createStockTransfer,
  editStockTransfer,
  stockTransfer,
  stockTransfers,
} from './stock-transfers.ts'
import { createWarehouse, editWarehouse, limitPerson, warehouse, warehouses } from './warehouses.ts'

export const inventoryActions: Actions<typeof inventory> = {
  warehouses,
  warehouse,
  createWarehouse,
  editWarehouse,
  limitPerson,
  bins,
  createBins,
  editBin,
  placeItem: placeItemInBins,
  costing,
  changeCosting,
  stock,
  slowStock,
  stockFlow,
  expiringLots,
  itemStock,
  itemMoves,
  itemAsAt,
  stockAsAt,
  lateMoves,
  stockTrace,
  goodsReceipts,
  goodsReceipt,
  createGoodsReceipt,
  editGoodsReceipt,
  receiveGoodsReceipt,
  cancelGoodsReceipt,
  landedCosts,
  landedCost,
  createLandedCost,
  editLandedCost,
  postLandedCost,
  cancelLandedCost,
  stockTransfers,
  stockTransfer,
  createStockTransfer,
  editStockTransfer,
  sendStockTransfer,
  receiveStockTransfer,
  cancelStockTransfer,
  stockAdjustments,
  stockAdjustment,
  createStockAdjustment,
  editStockAdjustment,
  postStockAdjustment,
  cancelStockAdjustment,
}
