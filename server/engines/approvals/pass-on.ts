import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { hasOpenSeat, reseat } from './approval.model.ts'
import { approvalsSeating, type Conflict, decidedByBoth, lockApproval } from './approval-store.ts'
import { heirFor } from './approvers.ts'
import { keep } from './keep.ts'

type Waiting = { id: string; document: string; documentId: string; documentNumber: string }

/** Open approvals in which somebody still has a say, now or in a step to come. */
export async function approvalsAwaiting(tx: Tx, personId: string): Promise<Waiting[]> {
  const approvals = await approvalsSeating(tx, personId)
  return approvals
    .filter((approval) => hasOpenSeat(approval, personId))
    .map(({ id, document, documentId, documentNumber }) => ({ id, document, documentId, documentNumber }))
}

/**
 * Gives somebody's open seats to another for good. Nobody decides on what he asked himself: there it goes to the heir's manager.
 * Answers the approvals in which the heir now has a seat that he had not before.
 */
export async function passOnApprovals(
  tx: Tx,
  caller: Caller,
  { fromId, toId, only }: { fromId: string; toId: string; only?: readonly string[] },
): Promise<string[]> {
  const passed: string[] = []
  for (const { id } of await approvalsAwaiting(tx, fromId)) {
    if (only && !only.includes(id)) continue
    const before = await lockApproval(tx, id)
    const heir = before && (await heirFor(tx, toId, before.openedBy))
    if (!before || !heir) continue
    const isNew = !hasOpenSeat(before, heir)
    await keep(
      tx,
      caller,
      before,
      reseat(before, { from: fromId, to: heir, by: caller.personId, at: caller.at.toISOString() }),
    )
    if (isNew) passed.push(id)
  }
  return passed
}

/** Where two people have decided against each other, or one on what the other asked: they cannot turn out to be one. */
export const conflictingDecisions = (tx: Tx, one: string, other: string): Promise<Conflict[]> =>
  decidedByBoth(tx, one, other)
