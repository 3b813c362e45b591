import { z } from 'zod'
import { contract, defineRefusals, endpoint, Id, Instant, ListInput, pageOf, Text, Version } from '#contract'

/** How large a file may be: some hundred thousand cells. */
export const fileBytesMax = 8 * 1024 * 1024
/** The same in base64, as it crosses the wire. */
const sentMax = Math.ceil(fileBytesMax / 3) * 4

export const importRefusals = defineRefusals({
  not_importable: { status: 404, zh: '「{document}」不能导入', en: '"{document}" cannot be imported' },
  file_too_large: {
    status: 413,
    zh: '文件超过 {max} MB，请分几个文件导入',
    en: 'The file is larger than {max} MB; split it',
  },
  old_format: {
    status: 422,
    zh: '这是旧版 Excel（.xls）文件，请另存为 .xlsx 后再上传',
    en: 'This is an old Excel file (.xls); save it as .xlsx and upload that',
  },
  encrypted: {
    status: 422,
    zh: '文件有密码，请去掉密码后再上传',
    en: 'The file has a password; remove it and upload again',
  },
  broken: {
    status: 422,
    zh: '文件打不开：请上传 .xlsx 或 .csv 文件，或直接粘贴表格',
    en: 'The file cannot be opened: upload .xlsx or .csv, or paste the table',
  },
  empty: { status: 422, zh: '表里没有内容', en: 'There is nothing in the table' },
  unpacks_too_large: {
    status: 422,
    zh: '文件解开后太大，请分几个文件导入',
    en: 'The file unpacks to too much; split it',
  },
  too_many_rows: { status: 422, zh: '超过 100,000 行，请分几个文件导入', en: 'More than 100,000 rows; split the file' },
  too_many_columns: {
    status: 422,
    zh: '超过 60 列，请删去不用的列',
    en: 'More than 60 columns; remove those that are not used',
  },
  no_headings: {
    status: 422,
    zh: '没有找到表头和数据：第一行写列名，下面每行一条',
    en: 'No headings with rows below: put the names of the columns into the first row, and one record into each row below',
  },
  columns_missing: { status: 422, zh: '还缺必填的列：{columns}', en: 'Columns that are needed are missing: {columns}' },
  column_twice: { status: 422, zh: '「{column}」对应了两列', en: 'Two columns are "{column}"' },
  nothing_to_import: { status: 409, zh: '没有可以导入的行', en: 'There is no row to import' },
})

export const ImportState = z.enum([
  'reading',
  'unreadable',
  'mapping',
  'checking',
  'checked',
  'importing',
  'stopped',
  'done',
  'undoing',
  'undone',
])
export type ImportState = z.output<typeof ImportState>
/** States in which the server is at work, and the page looks again. */
export const workingStates: readonly ImportState[] = ['reading', 'checking', 'importing', 'undoing']

export const importStates: Record<ImportState, { label: Text; colour: 'grey' | 'blue' | 'orange' | 'green' | 'red' }> =
  {
    reading: { label: { zh: '读取中', en: 'Reading' }, colour: 'blue' },
    unreadable: { label: { zh: '打不开', en: 'Unreadable' }, colour: 'red' },
    mapping: { label: { zh: '待对应列', en: 'Columns to match' }, colour: 'orange' },
    checking: { label: { zh: '检查中', en: 'Checking' }, colour: 'blue' },
    checked: { label: { zh: '待导入', en: 'Checked' }, colour: 'orange' },
    importing: { label: { zh: '导入中', en: 'Importing' }, colour: 'blue' },
    stopped: { label: { zh: '已停下', en: 'Stopped' }, colour: 'red' },
    done: { label: { zh: '已导入', en: 'Imported' }, colour: 'green' },
    undoing: { label: { zh: '撤销中', en: 'Undoing' }, colour: 'blue' },
    undone: { label: { zh: '已撤销', en: 'Undone' }, colour: 'grey' },
  }

/** new: will be made; same: is there already; doubtful: may be there already; wrong: has a value that cannot be. */
export const Verdict = z.enum(['doubtful', 'wrong', 'new', 'same'])
export type Verdict = z.output<typeof Verdict>

/** What a column of a sheet may hold. `fallback`: what holds where the sheet has no such column. */
const ImportColumn = z.object({
  key: z.string(),
  label: Text,
  required: z.boolean(),
  hint: Text.optional(),
  example: z.string().optional(),
  fallback: Text.optional(),
})
export type ImportColumnView = z.output<typeof ImportColumn>
const ImportKind = z.object({ document: z.string(), label: Text, columns: z.array(ImportColumn) })
export type ImportKind = z.output<typeof ImportKind>

/** What keeps a row out: the column, where it is one column's, and why. */
export const Finding = z.object({ field: z.string().nullable(), message: Text })
export type Finding = z.output<typeof Finding>

/** `sheet`: what a column's figures add up to, read from its cells; `stated`: what a last row of the sheet says; the rest: by what becomes of the rows. */
const ColumnTotal = z.object({
  key: z.string(),
  label: Text,
  sheet: z.string(),
  stated: z.string().nullable(),
  taken: z.string(),
  left: z.string(),
  unreadable: z.number().int(),
})
export type ColumnTotal = z.output<typeof ColumnTotal>

/** A record that stands in the way of undoing: what it is called, and what uses it. */
const RecordUse = z.object({ title: z.string(), page: z.string(), reasons: z.array(Text) })
export type RecordUse = z.output<typeof RecordUse>

const ImportSummary = z.object({
  id: Id,
  document: z.string(),
  label: Text,
  fileName: z.string(),
  state: ImportState,
  rowCount: z.number().int(),
  /** How many rows have become records. */
  imported: z.number().int(),
  createdAt: Instant,
})
export type ImportSummary = z.output<typeof ImportSummary>

export const ImportView = ImportSummary.extend({
  version: z.number().int(),
  headings: z.array(z.string()),
  /** The first rows below the headings. */
  samples: z.array(z.array(z.string())),
  /** For each column the key of what it holds; '' where it is left out. */
  mapping: z.array(z.string()),
  columns: z.array(ImportColumn),
  counts: z.record(Verdict, z.number().int()),
  /** Doubtful rows that are to be imported all the same. */
  chosen: z.number().int(),
  totals: z.array(ColumnTotal),
  /** Why it does not go on, in the reader's words. */
  problem: Text.nullable(),
  /** What stood in the way when it was last to be undone: how many records, and the first of them. */
  usedCount: z.number().int(),
  uses: z.array(RecordUse),
  importedAt: Instant.nullable(),
  undoneAt: Instant.nullable(),
})
export type ImportView = z.output<typeof ImportView>

export const ImportRowView = z.object({
  position: z.number().int(),
  cells: z.array(z.string()),
  verdict: Verdict,
  title: z.string(),
  findings: z.array(Finding),
  taken: z.boolean(),
})
export type ImportRowView = z.output<typeof ImportRowView>

/** A file to be saved by whoever asked for it. */
const Download = z.object({ fileName: z.string(), content: z.string() })
export type Download = z.output<typeof Download>

const ById = z.object({ id: Id })
const Step = z.strictObject({ id: Id, version: Version })

/** Tables that people bring: read, checked against what is there, imported, and undone as long as nothing uses what came of them. */
export const imports = contract('imports', {
  importKinds: endpoint(
    'GET /import-kinds',
    { zh: '可以导入的资料', en: 'What one may import, with its columns' },
    z.object({}),
    z.object({ kinds: z.array(ImportKind) }),
  ),
  importTemplate: endpoint(
    'GET /import-kinds/:document/template',
    { zh: '下载导入模板', en: 'A workbook to fill in' },
    z.object({ document: z.string().max(60) }),
    Download,
  ),
  imports: endpoint(
    'GET /imports',
    { zh: '我的导入记录', en: 'Earlier imports of mine' },
    ListInput.omit({ q: true }),
    pageOf(ImportSummary),
  ),
  import: endpoint('GET /imports/:id', { zh: '导入详情', en: 'An import' }, ById, ImportView),
  upload: endpoint(
    'POST /imports',
    {
      zh: '上传要导入的表格（xlsx、csv 的 base64，或粘贴的文字）',
      en: 'Bring a table: xlsx or csv in base64, or pasted text',
    },
    z.strictObject({
      id: Id,
      document: z.string().max(60),
      fileName: z.string().trim().min(1).max(200),
      /** The file in base64; without one, `text`. */
      content: z.string().max(sentMax).optional(),
      text: z.string().max(fileBytesMax).optional(),
    }),
    ImportView,
    { isLarge: true },
  ),
  mapColumns: endpoint(
    'PUT /imports/:id/mapping',
    { zh: '对应列并重新检查', en: 'Say what each column holds; the rows are checked anew' },
    Step.extend({ mapping: z.array(z.string().max(60)).max(60) }),
    ImportView,
  ),
  importRows: endpoint(
    'GET /imports/:id/rows',
    { zh: '检查报告的行', en: 'The rows of the check report, doubtful ones first' },
    ListInput.omit({ q: true }).extend({ id: Id, verdict: Verdict.optional() }),
    pageOf(ImportRowView),
  ),
  decideRows: endpoint(
    'POST /imports/:id/decisions',
    { zh: '疑似重复的行：导入或跳过', en: 'Take doubtful rows or leave them; without positions all of them' },
    z.strictObject({
      id: Id,
      positions: z.array(z.number().int().min(1)).min(1).max(500).optional(),
      take: z.boolean(),
    }),
    z.object({ chosen: z.number().int() }),
  ),
  importReport: endpoint(
    'GET /imports/:id/report',
    { zh: '下载检查报告', en: 'The check report as a workbook' },
    ById,
    Download,
  ),
  runImport: endpoint('POST /imports/:id/run', { zh: '开始导入', en: 'Import the rows' }, Step, ImportView),
  undoImport: endpoint(
    'POST /imports/:id/undo',
    { zh: '撤销整次导入', en: 'Undo the whole import, as long as nothing uses its records' },
    Step,
    ImportView,
  ),
})
