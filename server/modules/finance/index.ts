import { registerAlertEvent } from '#server/engines/alerts'
import { registerExport } from '#server/engines/exports'
import { registerDocument } from '#server/engines/forms'
import { registerUse } from '#server/engines/imports'
import { finance, receiptDocument, receivableDocument } from './contract.ts'
import { financeUses } from './customer-use-store.ts'
import { receipts } from './list-receipts.ts'
import { receivables } from './list-receivables.ts'
import { registerOwedBelonging } from './owed-belonging.ts'
import { registerStatements } from './statement-sheet.ts'

registerDocument(receiptDocument)
registerDocument(receivableDocument)
registerOwedBelonging()
for (const use of financeUses) registerUse(use)
registerStatements()
registerExport(finance, 'receivables', {
  read: receivables,
  of: 'receivable',
  without: ['sourceDocument', 'sourceId', 'orderId'],
})
registerExport(finance, 'receipts', { read: receipts, of: 'receipt' })
registerAlertEvent({
  event: 'receipt',
  label: { zh: '回款', en: 'Money comes in' },
  of: 'customer',
  needs: null,
  right: 'receivable.read',
})
registerAlertEvent({
  event: 'overdue',
  label: { zh: '逾期', en: 'Money is overdue' },
  of: 'customer',
  needs: null,
  right: 'receivable.read',
})

export { financeActions } from './actions.ts'
export { checkpointJob, type Checkpoints } from './checkpoints.ts'
export { creditReturn, takeCreditBack } from './credit-return.ts'
export { type WaysOut, waysOut } from './credit.model.ts'
export { dropExpected, expect } from './expect.ts'
export type { Exposure } from './exposure.model.ts'
export { addOrdered, exposureOf, holdExposure, lockExposure } from './exposure-store.ts'
export { financeInvariants } from './invariants.ts'
export { financeJobs } from './jobs.ts'
export { dayOf, isLate, unknownFrom } from './known-store.ts'
export { type Overdue, overdueOf } from './overdue.ts'
export { type OrderPayment, paymentOf } from './payment-of.ts'
export { type Effective, effectiveDay } from './period.ts'
export { raise } from './raise.ts'
export { receivableLedger, sourcesOf } from './receivable-ledger-store.ts'
export { remind } from './remind.ts'
export { postingMoment } from './settings.ts'
