import type { Job } from '#kernel/events'
import { proveNightly } from './prove.ts'

export { proofActions } from './actions.ts'
export { prove } from './prove.ts'

export const proofJobs: Job[] = [{ name: 'proof.nightly', cron: '30 2 * * *', run: proveNightly }]
