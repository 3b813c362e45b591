import { Decimal, type Document, Refusal, type Text } from '#contract'
import { documentFor } from '#server/engines/forms'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type {
  ColumnTotal,
  ImportColumnView,
  ImportState,
  ImportSummary,
  ImportView,
  RecordUse,
  Verdict,
} from './contract.ts'
import { workingStates } from './contract.ts'
import { countRows, findImport, nextRows, type RowCount, type StoredImport, sumFigures } from './import-store.ts'
import { figure } from './read-cell.model.ts'
import { openImportable } from './registry.ts'
import { type ImportColumn, isNumeric } from './sheet.model.ts'

const samplesShown = 3

/** An import of the caller's own; anybody else's is as if it were not there. */
export async function importThere(tx: Tx, caller: Caller, id: string): Promise<StoredImport> {
  const run = await findImport(tx, id, caller.personId)
  if (!run) throw new Refusal('not_found', { what: { zh: '导入', en: 'import' } })
  return run
}

export async function readImport(tx: Tx, caller: Caller, { id }: { id: string }): Promise<ImportView> {
  const run = await importThere(tx, caller, id)
  const { document, columns } = await openImportable(tx, caller, run.document)
  const rows = await countRows(tx, id, run.doneTo)
  const isAtWork = workingStates.includes(stateOf(run))
  const samples = await nextRows(tx, id, 0, samplesShown)
  return {
    ...summaryOf(run, document, importedOf(rows)),
    version: run.version,
    headings: run.headings,
    samples: samples.map(({ cells }) => cells),
    mapping: run.mapping,
    columns: columns.map(columnView),
    counts: countsOf(rows),
    chosen: sumOf(rows.filter(({ verdict, taken }) => verdict === 'doubtful' && taken)),
    totals: isAtWork ? [] : await totalsOf(tx, run, columns),
    problem: run.problem as Text | null, // written by a step that was stopped
    usedCount: run.usedCount,
    uses: run.uses as RecordUse[], // written by an undoing that was refused
    importedAt: run.importedAt?.toISOString() ?? null,
    undoneAt: run.undoneAt?.toISOString() ?? null,
  }
}

export async function summaries(tx: Tx, runs: readonly StoredImport[]): Promise<ImportSummary[]> {
  const views: ImportSummary[] = []
  for (const run of runs) {
    const imported = run.doneTo > 0 ? importedOf(await countRows(tx, run.id, run.doneTo)) : 0
    views.push(summaryOf(run, await documentFor(tx, run.document), imported))
  }
  return views
}

const summaryOf = (run: StoredImport, { label }: Document, imported: number): ImportSummary => ({
  id: run.id,
  document: run.document,
  label,
  fileName: run.fileName,
  state: stateOf(run),
  rowCount: run.rowCount,
  imported: run.state === 'undone' ? 0 : imported,
  createdAt: run.createdAt.toISOString(),
})

/** A CHECK of the table holds it to these. */
const stateOf = ({ state }: StoredImport): ImportState => state as ImportState

export const columnView = ({ key, field, required, fallback, example }: ImportColumn): ImportColumnView => ({
  key,
  label: field.label,
  required: required ?? false,
  hint: field.hint,
  fallback,
  example,
})

const sumOf = (rows: readonly RowCount[]): number => rows.reduce((sum, row) => sum + row.rows, 0)
const importedOf = (rows: readonly RowCount[]): number => rows.reduce((sum, row) => sum + row.imported, 0)

function countsOf(rows: readonly RowCount[]): Record<Verdict, number> {
  const of = (verdict: Verdict) => sumOf(rows.filter((row) => row.verdict === verdict))
  return { doubtful: of('doubtful'), wrong: of('wrong'), new: of('new'), same: of('same') }
}

async function totalsOf(tx: Tx, run: StoredImport, columns: readonly ImportColumn[]): Promise<ColumnTotal[]> {
  const sums = await sumFigures(tx, run.id)
  return run.mapping.flatMap((key, i) => {
    const column = columns.find((one) => one.key === key)
    const sum = sums.find((one) => one.key === key)
    if (!column || !sum || !isNumeric(column.field)) return []
    const stated = figure(run.stated[i] ?? '')
    return [
      {
        key,
        label: column.field.label,
        sheet: sum.sheet,
        stated: stated?.toFixed() ?? null,
        taken: sum.taken,
        left: new Decimal(sum.sheet).minus(sum.taken).toFixed(),
        unreadable: sum.unreadable,
      },
    ]
  })
}
