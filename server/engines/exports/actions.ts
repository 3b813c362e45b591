import type { Actions } from '#kernel/perform'
import type { exports } from './contract.ts'
import { createExport } from './create-export.ts'
import { readExport } from './export-view.ts'
import { exportLists } from './list-exports.ts'
import { readFile } from './read-file.ts'

export const exportsActions: Actions<typeof exports> = {
  exportLists,
  createExport,
  export: readExport,
  exportFile: readFile,
}
