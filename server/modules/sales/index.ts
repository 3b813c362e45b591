import { visibleOwners } from '#kernel/caller'
import type { Job } from '#kernel/events'
import { registerDocument, registerNames } from '#server/engines/forms'
import { registerItemUse } from '#server/modules/catalog'
import { delivery, quotation, salesOrder } from './contract.ts'
import { registerSaleBelongings } from './hand-over-sales.ts'
import { unitsSold } from './item-use-store.ts'
import { expireQuotationsJob } from './lose-quotation.ts'
import { numbersOf } from './order-list-store.ts'
import { registerOrderSheet } from './order-sheet.ts'
import { registerQuotationSheet } from './quotation-sheet.ts'
import { registerSales } from './subjects.ts'

registerDocument(quotation)
registerDocument(salesOrder)
registerDocument(delivery)
for (const table of ['quotation', 'sales_order', 'delivery'] as const)
  registerNames(table, (tx, caller, ids) => numbersOf(tx, table, ids, visibleOwners(caller, table)))
registerItemUse(unitsSold)
registerSales()
registerSaleBelongings()
registerQuotationSheet()
registerOrderSheet()

export { salesActions } from './actions.ts'
export { salesInvariants } from './invariants.ts'
export { salesListeners } from './listeners.ts'
export const salesJobs: Job[] = [expireQuotationsJob]
