import type { Job } from '#kernel/events'
import { registerAlertEvent } from '#server/engines/alerts'
import { registerDocument, registerNames } from '#server/engines/forms'
import { registerUse } from '#server/engines/imports'
import { registerItemUse } from '#server/modules/catalog'
import { checkpointJob } from '#server/modules/finance'
import { stockCheckpoints } from './checkpoint-store.ts'
import { goodsReceipt, landedCost, stockAdjustment, stockTransfer } from './contract.ts'
import { registerInventoryExports } from './exported-lists.ts'
import { inventoryUses, unitsUsed } from './item-use-store.ts'
import { registerKeeperBelonging } from './keeper-belonging.ts'
import { releaseExpiredJob } from './release.ts'
import { warehouseNames } from './warehouse-store.ts'

registerDocument(goodsReceipt)
registerDocument(stockTransfer)
registerDocument(landedCost)
registerDocument(stockAdjustment)
registerNames('warehouse', (tx) => warehouseNames(tx))
registerAlertEvent({
  event: 'low_stock',
  label: { zh: '可用量低于', en: 'Available below' },
  of: 'item',
  needs: 'below',
  right: 'stock.read',
})
registerAlertEvent({
  event: 'arrival',
  label: { zh: '到货', en: 'Goods arrive' },
  of: 'item',
  needs: null,
  right: 'stock.read',
})
registerItemUse(unitsUsed)
for (const use of inventoryUses) registerUse(use)
registerKeeperBelonging()
registerInventoryExports()

export { inventoryActions } from './actions.ts'
export { binOfCode, type Place, placesOf } from './bin-store.ts'
export { binCode, inBinOrder } from './bin.model.ts'
export { type Availability, availability, unitCosts } from './availability.ts'
export { inventoryInvariants } from './invariants.ts'
export { issue, type IssueInput } from './issue.ts'
export { expensedCosts, issuedCosts } from './issued-costs-store.ts'
export type { Proposal } from './proposal.model.ts'
export { proposeLots } from './propose-lots.ts'
export { release, releaseExpired } from './release.ts'
export { reserve, type ReserveInput, reserveMeanwhile } from './reserve.ts'
export { resolveSerials } from './resolve-serials.ts'
export { landedCosts, stockLedger } from './stock-ledger-store.ts'
export { takeIn, type TakenIn, undoTakeIn } from './take-in.ts'
export { assertMine, findOpenWarehouse, findWarehouse, warehouseNames, warehousesForSale } from './warehouse-store.ts'
export const inventoryJobs: Job[] = [
  releaseExpiredJob,
  checkpointJob('inventory.checkpoint', '10 1 * * *', stockCheckpoints),
]
