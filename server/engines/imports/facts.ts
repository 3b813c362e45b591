import type { Fact } from '#kernel/events'

/** An import has something to do that takes longer than a request: its state says what. */
export type ImportStepDue = Fact<'imports.step-due', { importId: string }>
