import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { holdImport, insertRows, updateImport } from './import-store.ts'
import { openImportable } from './registry.ts'
import { guessColumns, missingColumns, sheetOf } from './sheet.model.ts'

const rowsAtOnce = 2_000

/** Keeps the rows of the table that was read, with a guess of what its columns hold; goes on to the check where nothing is missing. */
export async function storeSheet(
  tx: Tx,
  caller: Caller,
  { id, table }: { id: string; table: string[][] },
): Promise<void> {
  const run = await holdImport(tx, id)
  if (run.state !== 'reading') return
  const { columns } = await openImportable(tx, caller, run.document)
  const sheet = sheetOf(table, columns)
  if (!sheet) throw new Refusal('no_headings')

  for (let from = 0; from < sheet.rows.length; from += rowsAtOnce)
    await insertRows(tx, id, sheet.rows.slice(from, from + rowsAtOnce))
  const mapping = guessColumns(sheet.headings, columns)
  const isComplete = missingColumns(columns, mapping).length === 0
  await updateImport(tx, id, {
    state: isComplete ? 'checking' : 'mapping',
    content: null,
    headings: sheet.headings,
    mapping,
    stated: sheet.stated ?? [],
    rowCount: sheet.rows.length,
  })
}
