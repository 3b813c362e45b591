import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { ApprovalView } from './contract.ts'
import { seeApproval } from './see-approval.ts'
import { approvalView } from './view.ts'

export async function readApproval(tx: Tx, caller: Caller, { id }: { id: string }): Promise<ApprovalView> {
  return approvalView(tx, caller, await seeApproval(tx, caller, id))
}
