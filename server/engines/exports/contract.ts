import { z } from 'zod'
import { contract, defineRefusals, endpoint, FileAnswer, Id, Instant, Text } from '#contract'

/** What a workbook may hold: more than people look through, and as much as the thread that writes it has room for. */
export const exportLimits = { rows: 50_000, lines: 60_000 } as const

export const exportRefusals = defineRefusals({
  not_exportable: { status: 404, zh: '「{list}」不能导出', en: '"{list}" cannot be exported' },
  export_under_way: {
    status: 409,
    zh: '上一份导出还没有完成，请稍候再导出',
    en: 'Your last export is still being made; export again when it is done',
  },
  too_many_to_export: {
    status: 422,
    zh: '超过 {max} 行，一次导不完：请先用搜索、状态、日期或负责人缩小范围，再分几次导出',
    en: 'More than {max} rows: narrow the list by words, state, days or owner first, and export it in parts',
  },
  too_many_lines_to_export: {
    status: 422,
    zh: '这些单据的明细超过 {max} 行，一次导不完：请先缩小范围，再分几次导出',
    en: 'These documents have more than {max} lines: narrow the list first, and export it in parts',
  },
  export_failed: {
    status: 503,
    zh: '导出没有完成，请再试一次；仍不行请联系管理员',
    en: 'The export was not finished; try again, and tell the administrator if it happens again',
  },
  export_gone: {
    status: 404,
    zh: '这份文件已过期删除，请重新导出',
    en: 'This file has been removed; export the list again',
  },
})

export const ExportState = z.enum(['making', 'ready', 'refused', 'gone'])
export type ExportState = z.output<typeof ExportState>

/** A list as the API calls it, 'sales.orders', and as people do. */
const ExportableList = z.object({ list: z.string(), label: Text })

export const ExportView = ExportableList.extend({
  id: Id,
  state: ExportState,
  /** How many rows were read so far, or are in the workbook. */
  rows: z.number().int(),
  fileName: z.string().nullable(),
  /** Why there is none, in the reader's words. */
  problem: Text.nullable(),
  createdAt: Instant,
})
export type ExportView = z.output<typeof ExportView>

const ById = z.object({ id: Id })

/** Lists that people take along as workbooks: what the list shows, all of it, with the rights of whoever asks. */
export const exports = contract('exports', {
  exportLists: endpoint(
    'GET /export-lists',
    { zh: '可以导出的列表', en: 'Lists that one may export' },
    z.object({}),
    z.object({ lists: z.array(ExportableList) }),
  ),
  createExport: endpoint(
    'POST /exports',
    { zh: '导出一个列表', en: 'Export a list as a workbook; it is made behind the request' },
    z.strictObject({
      id: Id,
      list: z.string().max(60),
      /** What the list is asked for, as in its own address; a cursor and a limit say nothing here. */
      filter: z.record(z.string().max(40), z.string().max(4000)).default({}),
    }),
    ExportView,
  ),
  export: endpoint('GET /exports/:id', { zh: '导出进度', en: 'How far an export is' }, ById, ExportView),
  exportFile: endpoint(
    'GET /exports/:id/file',
    { zh: '下载导出的文件', en: 'The workbook of an export, kept for a day' },
    ById,
    FileAnswer,
  ),
})
