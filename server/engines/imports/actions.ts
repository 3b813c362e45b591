import type { Actions } from '#kernel/perform'
import type { imports } from './contract.ts'
import { importReport, importTemplate } from './downloads.ts'
import { readImport } from './import-view.ts'
import { importKinds, importRows, listImports } from './list-imports.ts'
import { decideRows, mapColumns, runImport, undoImport } from './steps.ts'
import { upload } from './upload.ts'

export const importsActions: Actions<typeof imports> = {
  importKinds,
  importTemplate,
  imports: listImports,
  import: readImport,
  upload,
  mapColumns,
  importRows,
  decideRows,
  importReport,
  runImport,
  undoImport,
}
