import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Change } from './changes.model.ts'

export async function insertEntry(
  tx: Tx,
  caller: Caller,
  document: string,
  documentId: string,
  action: string,
  changes: Change[],
): Promise<void> {
  const list = JSON.stringify(changes)
  await tx.$executeRaw`
    insert into audit_entry (id, document, document_id, action, by, via, at, changes)
    values (${newId()}::uuid, ${document}, ${documentId}::uuid, ${action}, ${caller.personId}::uuid, ${caller.via}, ${caller.at}, ${list}::jsonb)`
}

export const entriesOf = (tx: Tx, document: string, documentId: string) =>
  tx.auditEntry.findMany({ where: { document, documentId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 500 })
