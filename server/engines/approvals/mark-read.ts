import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { markCopyRead } from './approval-store.ts'
import type { ApprovalView } from './contract.ts'
import { seeApproval } from './see-approval.ts'
import { approvalView } from './view.ts'

/** Somebody has looked at the copy he was sent. */
export async function markRead(tx: Tx, caller: Caller, { id }: { id: string }): Promise<{ approval: ApprovalView }> {
  const approval = await seeApproval(tx, caller, id)
  await markCopyRead(tx, id, caller.personId, caller.at)
  return { approval: await approvalView(tx, caller, approval) }
}
