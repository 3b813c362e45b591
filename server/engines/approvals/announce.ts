import type { Fact } from '#kernel/events'
import type { Approval } from './approval.model.ts'
import type {
  ApprovalChanged,
  ApprovalEscalated,
  ApprovalOpened,
  ApprovalReminded,
  ApprovalSettled,
  ApprovalStepStarted,
} from './facts.ts'
import { type Task, tasksOf, waitedFor } from './task.model.ts'

const aboutOf = ({ id, document, documentId, documentNumber, move }: Approval) => ({
  approvalId: id,
  document,
  documentId,
  documentNumber,
  move,
})

/** What there is to tell when an approval has become another one; `before` is null when it has just been opened. */
export function announce(before: Approval | null, after: Approval): Fact[] {
  const told: Fact[] = [before ? changed(before, after) : opened(after), ...asked(before, after)].filter(
    (fact) => fact !== null,
  )
  return after.settled && !before?.settled ? [...told, settled(after, after.settled)] : told
}

const opened = (approval: Approval): ApprovalOpened => ({
  name: 'approvals.opened',
  body: { ...aboutOf(approval), openedBy: approval.openedBy },
})

/** That it was settled says enough: its cards are told once. */
const changed = (before: Approval, after: Approval): ApprovalChanged | null =>
  after.settled && !before.settled
    ? null
    : { name: 'approvals.changed', body: { ...aboutOf(after), version: after.version } }

const settled = (approval: Approval, { by, how }: NonNullable<Approval['settled']>): ApprovalSettled => {
  const outcome = approval.state === 'open' ? 'approved' : approval.state // a settled one is not open; the compiler cannot see it
  return { name: 'approvals.settled', body: { ...aboutOf(approval), outcome, by, how, openedBy: approval.openedBy } }
}

/** Everybody who waits now and did not before, by step. */
function asked(before: Approval | null, after: Approval): ApprovalStepStarted[] {
  const key = (task: Task): string => `${task.step} ${task.assigneeId}`
  const waiting = (approval: Approval): Task[] => tasksOf(approval).filter((task) => task.state === 'waiting')
  const known = new Set(before ? waiting(before).map(key) : [])
  const steps = new Map<number, Task[]>()
  for (const task of waiting(after))
    if (!known.has(key(task))) steps.set(task.step, [...(steps.get(task.step) ?? []), task])
  return [...steps].map(([step, tasks]) => ({
    name: 'approvals.step-started',
    body: {
      ...aboutOf(after),
      step,
      kind: tasks[0]?.kind ?? 'approve',
      to: tasks.map(({ assigneeId: personId, insteadOf }) => ({ personId, insteadOf })),
    },
  }))
}

export const reminderOf = (approval: Approval, by: 'clock' | 'opener'): ApprovalReminded => ({
  name: 'approvals.reminded',
  body: { ...aboutOf(approval), step: approval.step, to: waitedFor(approval).map((task) => task.assigneeId), by },
})

/** `to` are those who were not asked before. */
export function escalationOf(before: Approval, after: Approval): ApprovalEscalated {
  const from = waitedFor(before).map((task) => task.assigneeId)
  const to = waitedFor(after)
    .map((task) => task.assigneeId)
    .filter((person) => !from.includes(person))
  return { name: 'approvals.escalated', body: { ...aboutOf(after), step: after.step, from, to } }
}
