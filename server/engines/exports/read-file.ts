import { type FileAnswer, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { contentOf } from './export-store.ts'
import { exportThere } from './export-view.ts'
import { allowExports } from './policy.ts'

const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The workbook, for whoever asked for it and still may. */
export async function readFile(tx: Tx, caller: Caller, { id }: { id: string }): Promise<FileAnswer> {
  allowExports(caller)
  const { fileName } = await exportThere(tx, caller, id)
  const content = await contentOf(tx, id)
  if (!content || !fileName) throw new Refusal('export_gone')
  return { fileName, type: workbookType, content }
}
