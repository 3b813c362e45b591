import type { Tx } from '#kernel/db'
import { type Approval, delegate } from './approval.model.ts'
import { deputiesOf } from './approvers.ts'

/** The approval with the deputies of this moment, as those who are asked and those who press see it. */
export async function withDeputiesNow(tx: Tx, approval: Approval, at: Date): Promise<Approval> {
  const step = approval.steps[approval.step]
  if (approval.state !== 'open' || step?.kind !== 'approve') return approval
  const open = step.seats.flatMap((seat) => (seat.decidedBy ? [] : [seat.person, ...seat.escalatedTo]))
  return delegate(approval, await deputiesOf(tx, new Set(open), at))
}
