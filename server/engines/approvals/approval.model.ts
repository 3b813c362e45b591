import { Refusal } from '#contract'
import type { Reason } from '#contract/engines/rules'
import type { ApprovalState, Choice, SettledHow } from './contract.ts'
import {
  type ApproveStep,
  begun,
  dueAt,
  isPassed,
  isWaitedFor,
  mayDecide,
  names,
  reminderAt,
  reseated,
  type Seat,
  type Step,
  withDeputies,
  withEscalation,
} from './step.model.ts'

/**
 *   open ── vote ──▶ open | approved | rejected | returned     open ── withdraw ──▶ withdrawn
 *   open ── tick ──▶ open | approved | rejected
 *
 * Values in, values out: a settled approval never changes again, and the steps are those it was opened with.
 */
export type Approval = {
  id: string
  flows: { key: string; version: number; always: boolean }[]
  document: string
  documentId: string
  documentNumber: string
  move: string
  state: ApprovalState
  step: number
  steps: Step[]
  facts: Reason[]
  factsVersion: number
  summary: Summary
  openedBy: string
  openedAt: string
  settled: { by: string; at: string; how: SettledHow } | null
  version: number
}
/** The fields of the document's summary, and the names of what they link to, as they were when it was asked; and by which of them it is found. */
export type Summary = { values: Record<string, unknown>; names: Record<string, string>; foundBy: string[] }
export type Asked = Omit<Approval, 'state' | 'step' | 'factsVersion' | 'settled' | 'version'>
export type Ballot = { step: number; choice: Choice; comment: string; via: string }

/** Opens an approval; where nobody is there to be asked, it is approved at once. */
export const open = (asked: Asked): Approval =>
  advance(
    { ...asked, state: 'open', step: 0, factsVersion: 1, settled: null, version: 1 },
    0,
    asked.openedBy,
    asked.openedAt,
    'nobody',
  )

/** One approver's decision. The same decision by the same person again changes nothing. */
export function vote(approval: Approval, by: string, ballot: Ballot, at: string): Approval {
  const counted = count(approval, by, ballot, at)
  const step = counted.steps[counted.step]
  if (counted === approval || step?.kind !== 'approve') return approval

  if (ballot.choice === 'reject') return settle(counted, 'rejected', by, at, 'votes')
  if (ballot.choice === 'return') return settle(counted, 'returned', by, at, 'votes')
  if (!isPassed(step)) return counted
  return advance(withPassed(counted, 'votes'), counted.step + 1, by, at, 'votes')
}

/** The same where the facts no longer ask for an approval: it is approved, whoever else was waited for. */
export function voteUnneeded(approval: Approval, by: string, ballot: Ballot, at: string): Approval {
  const counted = count(approval, by, ballot, at)
  return counted === approval ? approval : settle(counted, 'approved', by, at, 'not_needed')
}

/** The checks, in the order a person would be told of them; then the vote is in. */
function count(approval: Approval, by: string, ballot: Ballot, at: string): Approval {
  const step = approval.steps[ballot.step]
  const earlier = step?.kind === 'approve' ? step.votes.find((one) => one.by === by) : undefined
  if (earlier?.choice === ballot.choice) return approval

  refuseSettled(approval)
  if (step?.kind !== 'approve' || ballot.step !== approval.step)
    throw new Refusal('step_passed', { step: approval.step })
  if (earlier) throw new Refusal('already_voted', { choice: earlier.choice })
  const seats = step.seats.filter((seat) => mayDecide(seat, by))
  if (!seats.some((seat) => isWaitedFor(step, seat))) throw notNow(seats)
  if (ballot.choice !== 'approve' && ballot.comment === '')
    throw new Refusal('comment_needed', { choice: ballot.choice })
  return withStep(approval, withVote(step, by, ballot, at, approval.facts))
}

/** The opener takes it back, as long as it is open. */
export function withdraw(approval: Approval, by: string, at: string): Approval {
  if (by !== approval.openedBy) throw new Refusal('only_opener')
  if (approval.state === 'withdrawn') return approval
  refuseSettled(approval)
  return settle(approval, 'withdrawn', by, at, 'withdrawn')
}

/** The document is taken away from under it, by somebody who may do that. A settled one stays as it is. */
export const close = (approval: Approval, by: string, at: string): Approval =>
  approval.state === 'open' ? settle(approval, 'withdrawn', by, at, 'withdrawn') : approval

/** New facts take the place of those the approvers were shown; votes keep the facts they were given on. */
export function showFacts(approval: Approval, facts: Reason[]): Approval {
  refuseSettled(approval)
  return { ...approval, facts, factsVersion: approval.factsVersion + 1 }
}

/** Who stands in for whom at this moment. Only open seats of the present step follow; votes stay. */
export function delegate(approval: Approval, deputies: ReadonlyMap<string, string | null>): Approval {
  const step = approval.steps[approval.step]
  if (approval.state !== 'open' || step?.kind !== 'approve') return approval
  const changed = withDeputies(step, deputies, approval.openedBy)
  return changed === step ? approval : { ...approval, steps: approval.steps.with(approval.step, changed) }
}

/** Whether somebody still has a say in it, in the running step or in one to come. */
export const hasOpenSeat = ({ state, step, steps }: Approval, person: string): boolean =>
  state === 'open' && steps.slice(step).some((one) => names(one, person))

/** Another takes somebody's open seats, in the running step and in those to come. Whoever has a say in a step already gets no second one. */
export function reseat(
  approval: Approval,
  { from, to, by, at }: { from: string; to: string; by: string; at: string },
): Approval {
  if (!hasOpenSeat(approval, from)) return approval
  const steps = approval.steps.map((step, i) => (i < approval.step ? step : reseated(step, from, to)))
  const passed = { ...approval, steps }
  const running = steps[approval.step]
  // The last seat that it waited for was that of somebody who has had his say.
  if (running?.kind !== 'approve' || !isPassed(running)) return passed
  return advance(withPassed(passed, 'votes'), approval.step + 1, by, at, 'votes')
}

export type Ticked = { approval: Approval; did: 'reminded' | 'escalated' | 'passed' | 'rejected' | null }

/** What the clock brings about by this moment: the end of the step's time limit, or a reminder; each of them once. */
export function tick(approval: Approval, by: string, at: string): Ticked {
  const step = approval.steps[approval.step]
  if (approval.state !== 'open' || step?.kind !== 'approve') return { approval, did: null }
  const due = dueAt(step)
  if (due !== null && due <= at && !step.escalatedAt) return timeOut(approval, step, by, at)
  const reminder = reminderAt(step)
  if (reminder === null || reminder > at) return { approval, did: null }
  return { approval: withStep(approval, { ...step, remindedAt: at }), did: 'reminded' }
}

function timeOut(approval: Approval, step: ApproveStep, by: string, at: string): Ticked {
  switch (step.limit?.then) {
    case 'pass':
      return {
        approval: advance(withPassed(approval, 'time_limit'), approval.step + 1, by, at, 'time_limit'),
        did: 'passed',
      }
    case 'reject':
      return { approval: settle(withPassed(approval, 'time_limit'), 'rejected', by, at, 'time_limit'), did: 'rejected' }
    default:
      return { approval: withStep(approval, withEscalation(step, at)), did: 'escalated' }
  }
}

/** The opener asks those who are waited for to hurry, not more often than every `pauseMinutes`. */
export function remind(approval: Approval, by: string, at: string, pauseMinutes: number): Approval {
  if (by !== approval.openedBy) throw new Refusal('only_opener')
  refuseSettled(approval)
  const step = approval.steps[approval.step]
  if (step?.kind !== 'approve') return approval
  const sinceMs = step.remindedAt === null ? Infinity : Date.parse(at) - Date.parse(step.remindedAt)
  const restMinutes = Math.ceil(pauseMinutes - sinceMs / 60_000)
  if (restMinutes > 0) throw new Refusal('reminded_lately', { minutes: restMinutes, seconds: restMinutes * 60 })
  return withStep(approval, { ...step, remindedAt: at })
}

/** The flows whose approvers have all had their say: none of their steps is running or still to come. */
export function flowsBehind({ flows, step, steps }: Approval): Set<string> {
  const ahead = new Set(steps.slice(step).flatMap((one) => (one.kind === 'approve' ? one.flows : [])))
  return new Set(flows.map(({ key }) => key).filter((key) => !ahead.has(key)))
}

/** When the clock has something to do next. */
export function wakeAt(approval: Approval): string | null {
  const step = approval.steps[approval.step]
  if (approval.state !== 'open' || step?.kind !== 'approve') return null
  const moments = [step.escalatedAt ? null : dueAt(step), reminderAt(step)].filter((moment) => moment !== null)
  return moments.sort()[0] ?? null
}

function refuseSettled({ state, settled }: Approval): void {
  if (settled) throw new Refusal('approval_settled', { state, by: settled.by, at: settled.at })
}

/** Somebody whose seat another has decided is told who; everyone else, that it does not wait for him. */
function notNow(seats: readonly Seat[]): Refusal {
  const decidedBy = seats.find((seat) => seat.decidedBy)?.decidedBy
  return decidedBy ? new Refusal('seat_taken', { by: decidedBy }) : new Refusal('not_your_turn')
}

/** One person's vote counts for every open seat of the step that he may decide, his own and those he stands in for. */
function withVote(step: ApproveStep, by: string, ballot: Ballot, at: string, facts: Reason[]): ApproveStep {
  const seats = step.seats.map((seat) => (!seat.decidedBy && mayDecide(seat, by) ? { ...seat, decidedBy: by } : seat))
  const { choice, comment, via } = ballot
  return { ...step, seats, votes: [...step.votes, { by, choice, comment, at, via, facts }] }
}

const withStep = (approval: Approval, step: ApproveStep): Approval => ({
  ...approval,
  steps: approval.steps.with(approval.step, step),
})

function withPassed(approval: Approval, passedBy: 'votes' | 'time_limit'): Approval {
  const step = approval.steps[approval.step]
  return step?.kind === 'approve' ? withStep(approval, { ...step, passedBy }) : approval
}

const settle = (
  approval: Approval,
  state: Exclude<ApprovalState, 'open'>,
  by: string,
  at: string,
  how: SettledHow,
): Approval => ({
  ...approval,
  state,
  settled: { by, at, how },
})

/** Begins the steps from `index` on, until one waits for somebody: copies go out and empty steps pass on the way. */
function advance(approval: Approval, index: number, by: string, at: string, how: SettledHow): Approval {
  const steps = [...approval.steps]
  for (const [i, step] of steps.entries()) {
    if (i < index) continue
    const now = begun(step, at)
    steps[i] = now
    if (now.kind === 'approve' && now.passedBy === null) return { ...approval, steps, step: i }
  }
  return settle({ ...approval, steps, step: Math.max(0, steps.length - 1) }, 'approved', by, at, how)
}
