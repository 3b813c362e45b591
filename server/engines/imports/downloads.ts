import { type Lang, say, type Text } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Sheet, writeWorkbook } from '#kernel/workbooks'
import type { Download, Verdict } from './contract.ts'
import { importThere } from './import-view.ts'
import { reportRows } from './import-store.ts'
import { openImportable } from './registry.ts'
import type { ImportColumn } from './sheet.model.ts'

/** As many as are written within a request. What is in question comes first, so what is left out is plainly new. */
const rowsMax = 20_000
const verdictWords: Record<Verdict, Text> = {
  doubtful: { zh: '疑似重复', en: 'Doubtful' },
  wrong: { zh: '有误', en: 'Wrong' },
  new: { zh: '新增', en: 'New' },
  same: { zh: '已有', en: 'There already' },
}

/** A workbook to fill in: headings that are read back without a question, and on a second sheet what each column takes. */
export async function importTemplate(
  tx: Tx,
  caller: Caller,
  { document: name }: { document: string },
): Promise<Download> {
  const { document, columns } = await openImportable(tx, caller, name)
  const words = (text: Text): string => say(text, caller.lang)
  const inChinese = caller.lang === 'zh'
  const filled: Sheet = {
    name: words(document.label),
    headings: columns.map(({ field }) => heading(words(field.label))),
    rows: [columns.map(({ example }) => example ?? null)],
  }
  const about: Sheet = {
    name: inChinese ? '说明' : 'About',
    headings: (inChinese ? ['列', '必填', '说明'] : ['Column', 'Needed', 'About']).map((one) => heading(one, 24)),
    rows: columns.map((column) => [
      words(column.field.label),
      column.required ? (inChinese ? '是' : 'yes') : '',
      aboutColumn(column, caller.lang),
    ]),
  }
  const fileName = inChinese ? `${words(document.label)}导入模板.xlsx` : `${words(document.label)} template.xlsx`
  return asDownload(fileName, [filled, about])
}

function aboutColumn({ field, fallback }: ImportColumn, lang: Lang): string {
  const options =
    'options' in field ? field.options.map(({ label }) => say(label, lang)).join(lang === 'zh' ? '、' : ', ') : ''
  const otherwise =
    fallback && (lang === 'zh' ? `不填按 ${fallback.zh}` : `${say(fallback, lang)} where it is left out`)
  return [options, field.hint && say(field.hint, lang), otherwise].filter(Boolean).join(lang === 'zh' ? '；' : '; ')
}

/** The sheet as it was brought, with what becomes of each row and why in front. */
export async function importReport(tx: Tx, caller: Caller, { id }: { id: string }): Promise<Download> {
  const run = await importThere(tx, caller, id)
  const { columns } = await openImportable(tx, caller, run.document)
  const labelOf = (key: string | null): string => {
    const column = columns.find((one) => one.key === key)
    return column ? `${say(column.field.label, caller.lang)}${caller.lang === 'zh' ? '：' : ': '}` : ''
  }
  const rows = await reportRows(tx, id, { limit: rowsMax })
  const front = caller.lang === 'zh' ? ['行号', '结果', '原因'] : ['Row', 'Result', 'Why']
  const sheet: Sheet = {
    name: caller.lang === 'zh' ? '检查报告' : 'Check report',
    headings: [...front, ...run.headings].map((one) => heading(one)),
    rows: rows.map(({ position, verdict, findings, cells }) => [
      position,
      say(verdictWords[verdict], caller.lang),
      findings.map(({ field, message }) => labelOf(field) + say(message, caller.lang)).join('; '),
      ...cells,
    ]),
  }
  const name = run.fileName.replace(/\.\w+$/, '')
  return asDownload(caller.lang === 'zh' ? `${name} 检查报告.xlsx` : `${name} report.xlsx`, [sheet])
}

const heading = (words: string, width = 14) => ({ words, width: Math.max(width, words.length * 2 + 2) })

const asDownload = async (fileName: string, sheets: Sheet[]): Promise<Download> => ({
  fileName,
  content: Buffer.from(await writeWorkbook(sheets)).toString('base64'),
})
