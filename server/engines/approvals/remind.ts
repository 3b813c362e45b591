import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { remind as reminded } from './approval.model.ts'
import { reminderOf } from './announce.ts'
import type { ApprovalView } from './contract.ts'
import { decided } from './decided.ts'
import { keep } from './keep.ts'
import { holdApproval } from './see-approval.ts'
import { approvalView } from './view.ts'

const pauseMinutes = 10

/** The opener asks those who are waited for to hurry. */
export async function remind(tx: Tx, caller: Caller, { id }: { id: string }): Promise<{ approval: ApprovalView }> {
  const before = await holdApproval(tx, caller, id)
  const after = await decided(tx, () => reminded(before, caller.personId, caller.at.toISOString(), pauseMinutes))
  return {
    approval: await approvalView(tx, caller, await keep(tx, caller, before, after, [reminderOf(after, 'opener')])),
  }
}
