import { Refusal, type Text } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { ExportState, ExportView } from './contract.ts'
import { findExport, type StoredExport } from './export-store.ts'
import { exportableOf, shapeOf } from './registry.ts'

/** An export of the caller's own; anybody else's is as if it were not there. */
export async function exportThere(tx: Tx, caller: Caller, id: string): Promise<StoredExport> {
  const run = await findExport(tx, id, caller.personId)
  if (!run) throw new Refusal('not_found', { what: { zh: '导出', en: 'export' } })
  return run
}

/** How far it is, and what it is called. */
export async function readExport(tx: Tx, caller: Caller, { id }: { id: string }): Promise<ExportView> {
  const run = await exportThere(tx, caller, id)
  const { label } = await shapeOf(tx, exportableOf(run.list))
  return {
    id: run.id,
    list: run.list,
    label,
    state: run.state as ExportState, // a CHECK of the table holds it to these
    rows: run.rowCount,
    fileName: run.fileName,
    problem: run.problem as Text | null, // written with a refusal
    createdAt: run.createdAt.toISOString(),
  }
}
