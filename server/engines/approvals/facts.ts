import type { Text } from '#contract'
import type { Fact } from '#kernel/events'
import type { ApprovalState, SettledHow } from './contract.ts'

type About = { approvalId: string; document: string; documentId: string; documentNumber: string; move: string }
type Asked = { personId: string; insteadOf: string | null }

export type ApprovalOpened = Fact<'approvals.opened', About & { openedBy: string }>
/** Somebody is asked who was not before (a step begins, his turn comes, he stands in for another), or is sent a copy. */
export type ApprovalStepStarted = Fact<
  'approvals.step-started',
  About & { step: number; kind: 'approve' | 'copy'; to: Asked[] }
>
/** Anything that its cards show has changed while it goes on. */
export type ApprovalChanged = Fact<'approvals.changed', About & { version: number }>
export type ApprovalSettled = Fact<
  'approvals.settled',
  About & { outcome: Exclude<ApprovalState, 'open'>; by: string; how: SettledHow; openedBy: string }
>
/** `by`: the clock, as the flow says, or the opener, who is in a hurry. */
export type ApprovalReminded = Fact<
  'approvals.reminded',
  About & { step: number; to: string[]; by: 'clock' | 'opener' }
>
/** Nobody decided in time: `to` may now decide as well. */
export type ApprovalEscalated = Fact<'approvals.escalated', About & { step: number; from: string[]; to: string[] }>
/** A rule that fired wants somebody to know. */
export type RuleNotice = Fact<
  'approvals.rule-notice',
  { document: string; documentId: string; documentNumber: string; rule: Text; words: Text; to: string[] }
>
