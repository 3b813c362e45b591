import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { holdImport, keepOut, nextTaken, type SheetRow, updateImport } from './import-store.ts'
import { type Judged, judgeRows } from './read-drafts.ts'
import { mappedColumns, openImportable } from './registry.ts'

const rowsAtOnce = 1_000

/** Imports the next rows, all of them or none; says whether it was the last of them. */
export async function saveBatch(tx: Tx, caller: Caller, { id }: { id: string }): Promise<void> {
  const run = await holdImport(tx, id)
  if (run.state !== 'importing') return
  const rows = await nextTaken(tx, id, run.doneTo, rowsAtOnce)
  if (rows.length > 0) {
    const { importable, columns } = await openImportable(tx, caller, run.document)
    const mapped = mappedColumns(columns, run.mapping)
    const reader = await importable.reader(tx, caller)
    await importable.hold?.(tx)
    const judged = await judgeRows(reader, { mapped, columns }, rows.map(withRecord))
    const kept = judged.filter((row, i) => row.draft !== null && mayStill(row, rows[i]))
    // Whoever came first since the check has the code or the name; that row is told of, and left.
    await keepOut(
      tx,
      id,
      judged
        .filter((row) => !kept.includes(row))
        .map(({ position, verdict, findings }) => ({ position, verdict, findings })),
    )
    await importable.save(
      tx,
      caller,
      kept.flatMap(({ draft }) => (draft ? [draft.input] : [])),
    )
  }
  const doneTo = rows.at(-1)?.position ?? run.doneTo
  const isLast = rows.length < rowsAtOnce
  await updateImport(tx, id, isLast ? { doneTo, state: 'done', importedAt: caller.at } : { doneTo })
}

/** Somebody has looked at a doubtful row and taken it; a new one must still be new. */
const mayStill = ({ verdict }: Judged, row: SheetRow | undefined): boolean =>
  verdict === 'new' || (verdict === 'doubtful' && row?.verdict === 'doubtful')

function withRecord({ position, cells, recordId }: SheetRow) {
  if (!recordId) throw new Error('A row is imported that was never checked.')
  return { position, cells, recordId }
}
