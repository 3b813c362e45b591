import type { Text } from '#contract'
import { showReasons } from '#server/engines/rules'
import type { Approval } from './approval.model.ts'
import type { StepView } from './contract.ts'
import { type ApproveStep, type CopyStep, decidersOf, dueAt, isWaitedFor, type Seat, type Step } from './step.model.ts'
import { decidedFor } from './task.model.ts'
import type { Viewing } from './viewing.ts'
import { copyName } from './words.ts'

type Standing = StepView['state']

/** One step of an approval for one viewer: who is asked, who stands in, who has decided what, and on which facts. */
export function stepView(approval: Approval, step: Step, index: number, viewing: Viewing): StepView {
  const state = standing(approval, index)
  return step.kind === 'copy' ? copyView(step, state, viewing) : approveView(step, state, viewing)
}

function standing(approval: Approval, index: number): Standing {
  if (index > approval.step) return 'ahead'
  return index === approval.step && approval.state === 'open' ? 'current' : 'done'
}

const copyView = (step: CopyStep, state: Standing, viewing: Viewing): StepView => ({
  kind: 'copy',
  name: copyName,
  state,
  sign: null,
  seats: [],
  votes: [],
  copies: step.to.map(viewing.person),
  because: because(step, viewing),
  startedAt: step.startedAt,
  dueAt: null,
  remindedAt: null,
  escalatedAt: null,
  passedBy: null,
})

const approveView = (step: ApproveStep, state: Standing, viewing: Viewing): StepView => ({
  kind: 'approve',
  name: step.name,
  state,
  sign: step.sign,
  seats: step.seats.map((seat) => seatView(step, seat, state, viewing)),
  votes: step.votes.map(({ facts, ...vote }) => ({
    ...vote,
    by: viewing.person(vote.by),
    insteadOf: decidedFor(step, vote.by)
      .filter((person) => person !== vote.by)
      .map(viewing.person),
    reasons: showReasons(viewing.caller, viewing.fields, facts),
  })),
  copies: [],
  because: because(step, viewing),
  startedAt: step.startedAt,
  dueAt: dueAt(step),
  remindedAt: step.remindedAt,
  escalatedAt: step.escalatedAt,
  passedBy: step.passedBy,
})

function seatView(step: ApproveStep, seat: Seat, state: Standing, { person }: Viewing): StepView['seats'][number] {
  const standIns = decidersOf(seat).flatMap(({ person: id, insteadOf, why }) =>
    insteadOf && why !== 'own' ? [{ ...person(id), insteadOf: person(insteadOf), why }] : [],
  )
  return { person: person(seat.person), standIns, state: seatState(step, seat, state) }
}

function seatState(step: ApproveStep, seat: Seat, state: Standing): StepView['seats'][number]['state'] {
  if (seat.decidedBy) return 'decided'
  if (state === 'done') return 'passed'
  return state === 'current' && isWaitedFor(step, seat) ? 'waiting' : 'next'
}

/** Why the flow took this way, without the figures that this viewer may not read. */
const because = ({ because: clauses }: Step, { caller, fields }: Viewing): Text[] =>
  showReasons(caller, fields, [{ rule: 'branch', version: 1, name: copyName, because: clauses }]).flatMap((reason) =>
    reason.clauses.map((clause) => clause.words),
  )
