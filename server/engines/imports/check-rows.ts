import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { holdImport, nextRows, saveVerdicts, updateImport } from './import-store.ts'
import { judgeRows } from './read-drafts.ts'
import { figuresOf } from './read-row.model.ts'
import { mappedColumns, openImportable } from './registry.ts'
import { Holders } from './verdict.model.ts'

const rowsAtOnce = 1_000

/** Says of every row what would become of it. Nothing is written but that. */
export async function checkRows(tx: Tx, caller: Caller, { id }: { id: string }): Promise<void> {
  const run = await holdImport(tx, id)
  if (run.state !== 'checking') return
  const { importable, columns } = await openImportable(tx, caller, run.document)
  const mapped = mappedColumns(columns, run.mapping)
  const reader = await importable.reader(tx, caller)
  const earlier = new Holders()
  for (let after = 0; ;) {
    const rows = await nextRows(tx, id, after, rowsAtOnce)
    if (rows.length === 0) break
    const named = rows.map((row) => ({ ...row, recordId: newId() }))
    const judged = await judgeRows(reader, { mapped, columns }, named, earlier)
    const verdicts = judged.map(({ position, recordId, verdict, findings, draft }, i) => ({
      position,
      recordId,
      verdict,
      findings,
      title: draft?.title ?? '',
      figures: figuresOf(rows[i]?.cells ?? [], mapped),
    }))
    await saveVerdicts(tx, id, verdicts)
    after = rows.at(-1)?.position ?? after
  }
  await updateImport(tx, id, { state: 'checked', problem: null })
}
