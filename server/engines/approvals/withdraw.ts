import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { close, withdraw as withdrawn } from './approval.model.ts'
import { approvalsOfDocument, lockApproval } from './approval-store.ts'
import type { ApprovalView } from './contract.ts'
import { decided } from './decided.ts'
import { keep } from './keep.ts'
import { holdApproval } from './see-approval.ts'
import { approvalView } from './view.ts'

/** The opener takes it back. */
export async function withdraw(tx: Tx, caller: Caller, { id }: { id: string }): Promise<{ approval: ApprovalView }> {
  const before = await holdApproval(tx, caller, id)
  const after = await decided(tx, () => withdrawn(before, caller.personId, caller.at.toISOString()))
  return { approval: await approvalView(tx, caller, await keep(tx, caller, before, after)) }
}

/** For the document's own module, when it cancels or takes back the document itself: nobody is asked about it any more. */
export async function closeApprovals(
  tx: Tx,
  caller: Caller,
  { document, documentId }: { document: string; documentId: string },
): Promise<void> {
  for (const { id, state } of await approvalsOfDocument(tx, document, documentId)) {
    const held = state === 'open' ? await lockApproval(tx, id) : undefined
    if (held) await keep(tx, caller, held, close(held, caller.personId, caller.at.toISOString()))
  }
}
