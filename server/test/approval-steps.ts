import type { Reason } from '#contract/engines/rules'
import type { Asked } from '../engines/approvals/approval.model.ts'
import { type ApproveStep, type CopyStep, type Limit, seatFor, type Step } from '../engines/approvals/step.model.ts'

/** Steps and approvals as a model gets them, for tests of the model alone: people are names, and nothing is stored. */
export const morning = '2026-11-02T01:00:00.000Z'
export const credit: Reason = {
  rule: 'credit',
  version: 1,
  name: { zh: '信用' },
  because: [{ field: 'used', is: 'gt', actual: '92.84', limit: 90, held: true }],
}

export const approveStep = (
  sign: ApproveStep['sign'],
  approvers: string[],
  limit: Limit | null = null,
): ApproveStep => ({
  kind: 'approve',
  flows: ['flow'],
  name: { zh: '审批' },
  sign,
  seats: approvers.map(seatFor),
  votes: [],
  limit,
  because: [],
  startedAt: null,
  remindedAt: null,
  escalatedAt: null,
  passedBy: null,
})
export const copyStep = (...to: string[]): CopyStep => ({ kind: 'copy', to, because: [], startedAt: null })
export const limit = (then: Limit['then'], escalateTo: string[] = []): Limit => ({
  hours: 24,
  remindEveryHours: 8,
  then,
  escalateTo,
})

export const asked = (...steps: Step[]): Asked => ({
  id: 'approval',
  flows: [{ key: 'flow', version: 1, always: false }],
  document: 'order',
  documentId: 'document',
  documentNumber: 'SO1',
  move: 'submit',
  steps,
  facts: [credit],
  summary: { values: {}, names: {}, foundBy: [] },
  openedBy: 'opener',
  openedAt: morning,
})
