import type { Approval } from './approval.model.ts'
import type { Choice } from './contract.ts'
import { decidersOf, dueAt, isWaitedFor, type ApproveStep } from './step.model.ts'

/** What an approval asks of a person, or has had from him: a line of his inbox. */
export type Task = {
  step: number
  assigneeId: string
  insteadOf: string | null
  kind: 'approve' | 'copy'
  state: 'waiting' | 'approved' | 'rejected' | 'returned'
  dueAt: string | null
}

const stateAfter: Record<Choice, Task['state']> = { approve: 'approved', reject: 'rejected', return: 'returned' }

/** The tasks an approval stands for. Who is not in it any more was passed over. */
export const tasksOf = (approval: Approval): Task[] =>
  approval.steps.flatMap((step, i) => {
    if (!step.startedAt) return []
    if (step.kind === 'copy') return step.to.map((assigneeId) => copyTask(i, assigneeId))
    return [...votedTasks(step, i), ...(approval.state === 'open' && approval.step === i ? waitingTasks(step, i) : [])]
  })

const copyTask = (step: number, assigneeId: string): Task => ({
  step,
  assigneeId,
  insteadOf: null,
  kind: 'copy',
  state: 'waiting',
  dueAt: null,
})

const votedTasks = (approveStep: ApproveStep, step: number): Task[] =>
  approveStep.votes.map(({ by, choice }) => ({
    step,
    assigneeId: by,
    insteadOf: decidedFor(approveStep, by).find((person) => person !== by) ?? null,
    kind: 'approve',
    state: stateAfter[choice],
    dueAt: dueAt(approveStep),
  }))

/** In whose seats somebody has decided; with a seat of his own that is the first. */
export const decidedFor = ({ seats }: ApproveStep, by: string): string[] => {
  const persons = seats.filter((seat) => seat.decidedBy === by).map((seat) => seat.person)
  return persons.includes(by) ? [by] : persons
}

/** One task for each person, though he may stand in for several; his own seat goes before another's. */
function waitingTasks(approveStep: ApproveStep, step: number): Task[] {
  const waiting = approveStep.seats.filter((seat) => isWaitedFor(approveStep, seat)).flatMap(decidersOf)
  const own = waiting.filter((decider) => decider.insteadOf === null)
  const tasks = new Map<string, Task>()
  for (const { person, insteadOf } of [...own, ...waiting])
    if (!tasks.has(person))
      tasks.set(person, {
        step,
        assigneeId: person,
        insteadOf,
        kind: 'approve',
        state: 'waiting',
        dueAt: dueAt(approveStep),
      })
  return [...tasks.values()]
}

/** Those an open approval waits for. */
export const waitedFor = (approval: Approval): Task[] =>
  tasksOf(approval).filter((task) => task.kind === 'approve' && task.state === 'waiting')

/** What this person may do with it now. */
export function canOf(approval: Approval, personId: string): string[] {
  const decides = waitedFor(approval).some((task) => task.assigneeId === personId)
  const opened = approval.state === 'open' && approval.openedBy === personId
  return [...(decides ? ['approve', 'reject', 'return'] : []), ...(opened ? ['withdraw', 'remind'] : [])]
}
