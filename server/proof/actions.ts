import type { Actions } from '#kernel/perform'
import type { proof } from './contract.ts'
import { proveNow } from './prove.ts'
import { proofRun, proofRuns } from './runs.ts'

export const proofActions: Actions<typeof proof> = { prove: proveNow, proofRun, proofRuns }
