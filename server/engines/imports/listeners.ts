import { errand, type Listener } from '#kernel/events'
import { carryOut } from './carry-out.ts'
import type { ImportStepDue } from './facts.ts'

/** What takes longer than a request is done behind it, harmlessly begun twice. */
export const importListeners: Listener[] = [
  errand<ImportStepDue>('imports.carry-out', 'imports.step-due', (_caller, { body }) => carryOut(body.importId)),
]
