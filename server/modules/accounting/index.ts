import { registerAccountingExports } from './exported-lists.ts'

registerAccountingExports()

export { accountingActions } from './actions.ts'
export { accountingInvariants } from './invariants.ts'
export { accountingJobs } from './jobs.ts'
export { accountingListeners } from './listeners.ts'
export { catchUp } from './make-vouchers.ts'
