import { note } from '#server/engines/audit'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { findUses, holdImport, recordsOf, updateImport } from './import-store.ts'
import { openImportable, usesOf } from './registry.ts'

const usesShown = 50

/** Takes away every record of the import; when one of them is used, none, and says which and by what. */
export async function undoRows(tx: Tx, caller: Caller, { id }: { id: string }): Promise<void> {
  const run = await holdImport(tx, id)
  if (run.state !== 'undoing') return
  const { importable, document } = await openImportable(tx, caller, run.document)
  const records = await recordsOf(tx, id, run.doneTo)
  const ids = records.map((record) => record.id)
  const used = await findUses(tx, usesOf(run.document), ids)
  if (used.size > 0) {
    const uses = records
      .filter((record) => used.has(record.id))
      .slice(0, usesShown)
      .map((record) => ({
        title: record.title,
        page: document.page.replace(':id', record.id),
        reasons: used.get(record.id) ?? [],
      }))
    return updateImport(tx, id, { state: 'done', uses, usedCount: used.size })
  }
  await importable.remove(tx, ids)
  for (const record of records)
    await note(tx, caller, { document: run.document, id: record.id, action: 'import-undone' })
  await updateImport(tx, id, { state: 'undone', uses: [], usedCount: 0, undoneAt: caller.at })
}
