import { Refusal } from '#contract'
import type { Finding } from './contract.ts'
import { problemOf } from './read-cell.model.ts'
import { readRow } from './read-row.model.ts'
import type { Draft, RowReader } from './registry.ts'
import type { ImportColumn } from './sheet.model.ts'
import { Holders, judge, type Judgement } from './verdict.model.ts'

type Columns = { mapped: readonly (ImportColumn | undefined)[]; columns: readonly ImportColumn[] }
type Row = { position: number; cells: readonly string[]; recordId: string }
type Read = { row: Row; draft: Draft } | { row: Row; findings: Finding[] }
export type Judged = { position: number; recordId: string; draft: Draft | null } & Judgement

/** Reads rows as the ordinary creation would take them, and says what becomes of each, given what is there. */
export async function judgeRows(
  reader: RowReader,
  { mapped, columns }: Columns,
  rows: readonly Row[],
  earlier = new Holders(),
): Promise<Judged[]> {
  const read: Read[] = []
  for (const row of rows) read.push(await readDraft(reader, { mapped, columns }, row))
  const there = new Holders()
  const known = await reader.known(read.flatMap((one) => ('draft' in one ? [one.draft] : [])))
  for (const holder of known) there.add(holder)
  return read.map((one) => {
    const { position, recordId } = one.row
    if ('findings' in one) return { position, recordId, draft: null, verdict: 'wrong', findings: one.findings }
    const { draft } = one
    const judged = judge(draft.keys, [...there.of(draft.keys), ...earlier.of(draft.keys)])
    if (judged.verdict === 'new' || judged.verdict === 'doubtful')
      earlier.add({
        id: recordId,
        keys: draft.keys.map(({ key }) => key),
        words: { zh: `第 ${position} 行「${draft.title}」`, en: `row ${position}, "${draft.title}"` },
      })
    return { position, recordId, draft, ...judged }
  })
}

async function readDraft(reader: RowReader, { mapped, columns }: Columns, row: Row): Promise<Read> {
  const { values, findings } = readRow(row.cells, mapped, columns)
  if (findings.length > 0) return { row, findings }
  try {
    return { row, draft: await reader.draft(values, row.recordId) }
  } catch (error) {
    if (error instanceof Refusal) return { row, findings: findingsOf(error) }
    throw error
  }
}

/** What the ordinary creation refuses, told of the row. */
function findingsOf(refusal: Refusal): Finding[] {
  if (refusal.issues.length === 0) return [{ field: null, message: { zh: refusal.say('zh'), en: refusal.say('en') } }]
  return refusal.issues.map(({ field, message }) => ({ field: field || null, message: problemOf(message) }))
}
