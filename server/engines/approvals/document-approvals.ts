import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { approvalsOfDocument } from './approval-store.ts'
import type { ApprovalView } from './contract.ts'
import { directory } from './directory.ts'
import { maySee } from './see-approval.ts'
import { waitedFor } from './task.model.ts'
import { approvalView } from './view.ts'

/** The approvals of a document that the caller may see, the newest first. */
export async function documentApprovals(
  tx: Tx,
  caller: Caller,
  { document, documentId }: { document: string; documentId: string },
): Promise<{ approvals: ApprovalView[] }> {
  const approvals: ApprovalView[] = []
  for (const approval of await approvalsOfDocument(tx, document, documentId))
    if (await maySee(tx, caller, approval)) approvals.push(await approvalView(tx, caller, approval))
  return { approvals }
}

/** Where a document's last approval stands, for whoever may read the document: no facts, only who is waited for. */
export async function lastApprovalOf(tx: Tx, document: string, documentId: string) {
  const [approval] = await approvalsOfDocument(tx, document, documentId)
  if (!approval) return null
  const { id, state, openedAt } = approval
  const waiting = waitedFor(approval).map((task) => task.assigneeId)
  const names = await directory().namesOf(tx, waiting)
  return { id, state, openedAt, waitingFor: waiting.map((person) => ({ id: person, name: names.get(person) ?? '' })) }
}
