import type { Decided, Text } from '#contract'
import type { Reason } from '#contract/engines/rules'
import type { Choice } from './contract.ts'

/** Whose decision a step needs: the person the flow names, or whoever may decide in his place. */
export type Seat = {
  person: string
  /** In his absence, or in that of somebody it was escalated to. */
  deputies: { person: string; insteadOf: string }[]
  escalatedTo: string[]
  decidedBy: string | null
}
/** A decision with the facts it was given on. */
type Vote = { by: string; choice: Choice; comment: string; at: string; via: string; facts: Reason[] }
export type Limit = {
  hours: number
  remindEveryHours: number | null
  then: 'escalate' | 'pass' | 'reject'
  escalateTo: string[]
}

export type ApproveStep = {
  kind: 'approve'
  /** Keys of the flows that want it; what several would ask alike is asked once. */
  flows: string[]
  name: Text
  sign: 'any' | 'all' | 'in_turn'
  seats: Seat[]
  votes: Vote[]
  limit: Limit | null
  because: Decided[]
  startedAt: string | null
  remindedAt: string | null
  escalatedAt: string | null
  passedBy: 'votes' | 'time_limit' | 'nobody' | null
}
export type CopyStep = { kind: 'copy'; to: string[]; because: Decided[]; startedAt: string | null }
export type Step = ApproveStep | CopyStep

export const seatFor = (person: string): Seat => ({ person, deputies: [], escalatedTo: [], decidedBy: null })

/** Begins a step. One with nobody to ask is passed at once. */
export function begun(step: Step, at: string): Step {
  if (step.kind === 'copy') return { ...step, startedAt: at }
  return { ...step, startedAt: at, passedBy: step.seats.length === 0 ? 'nobody' : null }
}

export type Decider = { person: string; insteadOf: string | null; why: 'own' | 'absence' | 'escalation' }

/** Everybody who may decide a seat, the person himself first. */
export const decidersOf = (seat: Seat): Decider[] => [
  { person: seat.person, insteadOf: null, why: 'own' },
  ...seat.deputies.map((deputy) => ({ ...deputy, why: 'absence' as const })),
  ...seat.escalatedTo.map((person) => ({ person, insteadOf: seat.person, why: 'escalation' as const })),
]
export const mayDecide = (seat: Seat, person: string): boolean =>
  decidersOf(seat).some((decider) => decider.person === person)

export const isPassed = ({ sign, seats }: ApproveStep): boolean =>
  sign === 'any' ? seats.some((seat) => seat.decidedBy) : seats.every((seat) => seat.decidedBy)

/** Whether a step that runs waits for this seat: in turn for the first open one, else for each open one until it has passed. */
export function isWaitedFor(step: ApproveStep, seat: Seat): boolean {
  if (seat.decidedBy || isPassed(step)) return false
  return step.sign !== 'in_turn' || step.seats.find((one) => !one.decidedBy) === seat
}

export const dueAt = ({ limit, startedAt }: ApproveStep): string | null =>
  limit && startedAt ? later(startedAt, limit.hours) : null

export const reminderAt = ({ limit, startedAt, remindedAt }: ApproveStep): string | null =>
  limit?.remindEveryHours && startedAt ? later(remindedAt ?? startedAt, limit.remindEveryHours) : null

const later = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString()

/** From now on those it is escalated to may decide each open seat, unless they have had their say. Reminders begin anew. */
export function withEscalation(step: ApproveStep, at: string): ApproveStep {
  const had = new Set(step.votes.map((one) => one.by))
  const seats = step.seats.map((seat) => {
    const escalatedTo = (step.limit?.escalateTo ?? []).filter((person) => person !== seat.person && !had.has(person))
    return seat.decidedBy ? seat : { ...seat, escalatedTo }
  })
  return { ...step, seats, escalatedAt: at, remindedAt: at }
}

/**
 * Open seats with the deputies of this moment. The opener is never his own approver, also not as a deputy; whoever has
 * had his say in the step cannot have it again for another.
 */
export function withDeputies(
  step: ApproveStep,
  deputies: ReadonlyMap<string, string | null>,
  openedBy: string,
): ApproveStep {
  const had = new Set(step.votes.map((one) => one.by))
  const seats = step.seats.map((seat) => {
    if (seat.decidedBy) return seat
    const named = [seat.person, ...seat.escalatedTo]
    const standIns = named.flatMap((insteadOf) => {
      const person = deputies.get(insteadOf)
      return person && person !== openedBy && !named.includes(person) && !had.has(person) ? [{ person, insteadOf }] : []
    })
    return sameDeputies(seat.deputies, standIns) ? seat : { ...seat, deputies: standIns }
  })
  return seats.every((seat, i) => seat === step.seats[i]) ? step : { ...step, seats }
}

const sameDeputies = (a: Seat['deputies'], b: Seat['deputies']): boolean =>
  a.length === b.length && a.every((one, i) => one.person === b[i]?.person && one.insteadOf === b[i]?.insteadOf)

/** Whether a step still asks somebody, or will once its time limit has passed, or sends him a copy. */
export const names = (step: Step, person: string): boolean =>
  step.kind === 'copy'
    ? !step.startedAt && step.to.includes(person)
    : step.seats.some((seat) => !seat.decidedBy && [seat.person, ...seat.escalatedTo].includes(person)) ||
      (step.limit?.escalateTo.includes(person) ?? false)

/** The step with another in somebody's place, wherever it is not decided. */
export function reseated(step: Step, from: string, to: string): Step {
  if (!names(step, from)) return step
  const instead = (people: readonly string[]): string[] => [
    ...new Set(people.map((person) => (person === from ? to : person))),
  ]
  if (step.kind === 'copy') return { ...step, to: instead(step.to) }
  const hasSay = step.votes.some((one) => one.by === to) || step.seats.some((seat) => seat.person === to)
  const seats = step.seats.flatMap((seat): Seat[] => {
    if (seat.decidedBy) return [seat]
    if (seat.person === from)
      return hasSay ? [] : [{ ...seatFor(to), escalatedTo: instead(seat.escalatedTo).filter((one) => one !== to) }]
    return [{ ...seat, escalatedTo: instead(seat.escalatedTo).filter((one) => one !== seat.person) }]
  })
  const limit = step.limit && { ...step.limit, escalateTo: instead(step.limit.escalateTo) }
  return { ...step, seats, limit }
}
