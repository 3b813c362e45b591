import { visibleOwners } from '#kernel/caller'
import type { Job } from '#kernel/events'
import { registerAlertEvent } from '#server/engines/alerts'
import { registerDocument, registerNames } from '#server/engines/forms'
import { registerUse } from '#server/engines/imports'
import { registerItemUse } from '#server/modules/catalog'
import { registerDealings } from '#server/modules/parties'
import { delivery, quotation, salesOrder, salesReturn } from './contract.ts'
import { registerSalesExports } from './exported-lists.ts'
import { registerSaleBelongings } from './hand-over-sales.ts'
import { salesUses, unitsSold } from './item-use-store.ts'
import { expireQuotationsJob } from './lose-quotation.ts'
import { lastOrderedOn, numbersOf } from './order-list-store.ts'
import { registerOrderSheet } from './order-sheet.ts'
import { registerQuotationSheet } from './quotation-sheet.ts'
import { registerReturnSheet } from './return-sheet.ts'
import { registerSales } from './subjects.ts'

registerDocument(quotation)
registerDocument(salesOrder)
registerDocument(delivery)
registerDocument(salesReturn)
for (const table of ['quotation', 'sales_order', 'delivery'] as const)
  registerNames(table, (tx, caller, ids) => numbersOf(tx, table, ids, visibleOwners(caller, table)))
registerNames('sales_return', (tx, caller, ids) =>
  numbersOf(tx, 'sales_return', ids, visibleOwners(caller, 'delivery')),
)
registerItemUse(unitsSold)
for (const use of salesUses) registerUse(use)
registerDealings(lastOrderedOn)
registerSales()
registerSaleBelongings()
registerQuotationSheet()
registerOrderSheet()
registerReturnSheet()
registerSalesExports()
registerAlertEvent({
  event: 'report',
  label: { zh: '每日销售', en: 'Daily sales' },
  of: null,
  needs: 'hour',
  right: 'sales_order.write',
})

export { salesActions } from './actions.ts'
export { salesInvariants } from './invariants.ts'
export { salesListeners } from './listeners.ts'
export { seesDelivery } from './policy.ts'
export { toPick, type ToPick } from './to-pick.ts'
export { soldAmounts, type SoldAmount } from './sold-amounts-store.ts'
export { documentsAlike, farBeyondUsual } from './usual-sales-store.ts'
export const salesJobs: Job[] = [expireQuotationsJob]
