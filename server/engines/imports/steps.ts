import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import { type imports, type ImportState, importStates, type ImportView } from './contract.ts'
import { importThere, readImport } from './import-view.ts'
import {
  countChosen,
  countTaken,
  holdImport,
  type ImportChanges,
  type StoredImport,
  takeRows,
  updateImport,
} from './import-store.ts'
import { mappedColumns, openImportable } from './registry.ts'
import { missingColumns } from './sheet.model.ts'
import { stepDue } from './upload.ts'

type Endpoints = (typeof imports)['endpoints']

/** Says what each column holds; the rows are checked anew. */
export async function mapColumns(tx: Tx, caller: Caller, input: Input<Endpoints['mapColumns']>): Promise<ImportView> {
  const run = await held(tx, caller, input, ['mapping', 'checked'], { zh: '对应列', en: 'match columns' })
  const { columns } = await openImportable(tx, caller, run.document)
  const mapping = run.headings.map((_, i) => input.mapping[i] ?? '')
  mappedColumns(columns, mapping)
  const missing = missingColumns(columns, mapping)
  if (missing.length > 0)
    throw new Refusal('columns_missing', {
      columns: { zh: missing.map(({ zh }) => zh).join('、'), en: missing.map(({ zh, en }) => en ?? zh).join(', ') },
    })
  return goOn(tx, caller, run, 'checking', { mapping })
}

/** Takes doubtful rows, or leaves them after all. */
export async function decideRows(
  tx: Tx,
  caller: Caller,
  { id, positions, take }: Input<Endpoints['decideRows']>,
): Promise<{ chosen: number }> {
  await held(tx, caller, { id }, ['checked'], { zh: '选择要导入的行', en: 'choose rows' })
  await takeRows(tx, id, positions, take)
  return { chosen: await countChosen(tx, id) }
}

/** Begins to import, or goes on where it was stopped. */
export async function runImport(tx: Tx, caller: Caller, input: Input<Endpoints['runImport']>): Promise<ImportView> {
  const run = await held(tx, caller, input, ['checked', 'stopped'], { zh: '导入', en: 'be imported' })
  const { columns } = await openImportable(tx, caller, run.document)
  mappedColumns(columns, run.mapping)
  if ((await countTaken(tx, run.id)) === 0) throw new Refusal('nothing_to_import')
  return goOn(tx, caller, run, 'importing')
}

/** Takes back the whole import, as long as nothing uses what came of it. */
export async function undoImport(tx: Tx, caller: Caller, input: Input<Endpoints['undoImport']>): Promise<ImportView> {
  const run = await held(tx, caller, input, ['done', 'stopped'], { zh: '撤销', en: 'be undone' })
  await openImportable(tx, caller, run.document)
  return goOn(tx, caller, run, 'undoing', { uses: [], usedCount: 0 })
}

/** The caller's own import in one of these states, as he has seen it. */
async function held(
  tx: Tx,
  caller: Caller,
  { id, version }: { id: string; version?: number },
  states: readonly ImportState[],
  doing: { zh: string; en: string },
): Promise<StoredImport> {
  await importThere(tx, caller, id)
  const run = await holdImport(tx, id)
  const state = run.state as ImportState // a CHECK of the table holds it to these
  if (!states.includes(state))
    throw new Refusal('wrong_state', {
      document: { zh: '这次导入', en: 'This import' },
      state: importStates[state].label,
      doing,
    })
  if (version !== undefined && run.version !== version) throw new Refusal('stale')
  return run
}

async function goOn(
  tx: Tx,
  caller: Caller,
  { id }: StoredImport,
  state: ImportState,
  changes: ImportChanges = {},
): Promise<ImportView> {
  await updateImport(tx, id, { ...changes, state, problem: null })
  await publish(tx, caller, [stepDue(id)])
  return readImport(tx, caller, { id })
}
