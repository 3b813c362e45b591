import type { Caller } from '#kernel/caller'
import { beforeCommit, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Change } from './changes.model.ts'

type Entry = {
  id: string
  document: string
  documentId: string
  action: string
  by: string
  via: string
  at: Date
  changes: Change[]
}
/** Entries of open transactions: they are written together when the work is done. */
const waiting = new WeakMap<Tx, Entry[]>()

export async function insertEntry(
  tx: Tx,
  caller: Caller,
  document: string,
  documentId: string,
  action: string,
  changes: Change[],
): Promise<void> {
  const { personId: by, via, at } = caller
  const entry = { id: newId(), document, documentId, action, by, via, at, changes }
  const earlier = waiting.get(tx)
  if (earlier) return void earlier.push(entry)
  waiting.set(tx, [entry])
  await beforeCommit(tx, () => writeWaiting(tx))
}

async function writeWaiting(tx: Tx): Promise<void> {
  const entries = waiting.get(tx)
  if (!entries) return
  waiting.delete(tx)
  await tx.$executeRaw`
    insert into audit_entry (id, document, document_id, action, by, via, at, changes)
    select id, document, "documentId", action, by, via, at, changes
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as entry(
      id uuid, document text, "documentId" uuid, action text, by uuid, via text, at timestamptz, changes jsonb)`
}

export async function entriesOf(tx: Tx, document: string, documentId: string) {
  await writeWaiting(tx)
  return tx.auditEntry.findMany({ where: { document, documentId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 500 })
}
