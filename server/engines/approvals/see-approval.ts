import { Refusal } from '#contract'
import { type Caller, has } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Approval } from './approval.model.ts'
import { findApproval, hasTask, lockApproval } from './approval-store.ts'
import { subjectOf } from './subjects.ts'
import { waitedFor } from './task.model.ts'

const noSuchApproval = () => new Refusal('not_found', { what: { zh: '审批', en: 'approval' } })

/** Its opener, whoever was ever asked or sent a copy, and those who may read all approvals of documents they may read. */
export async function maySee(tx: Tx, caller: Caller, approval: Approval): Promise<boolean> {
  if (approval.openedBy === caller.personId) return true
  if (waitedFor(approval).some((task) => task.assigneeId === caller.personId)) return true
  if (await hasTask(tx, approval.id, caller.personId)) return true
  return has(caller, 'approval.read_all') && subjectOf(approval.document).mayRead(tx, caller, approval.documentId)
}

/** An approval that the caller may see; one that he may not is answered as if there were none. */
export async function seeApproval(tx: Tx, caller: Caller, id: string): Promise<Approval> {
  const approval = await findApproval(tx, id)
  if (!approval || !(await maySee(tx, caller, approval))) throw noSuchApproval()
  return approval
}

/** The same, held until the caller has acted on it. */
export async function holdApproval(tx: Tx, caller: Caller, id: string): Promise<Approval> {
  const approval = await lockApproval(tx, id)
  if (!approval || !(await maySee(tx, caller, approval))) throw noSuchApproval()
  return approval
}
