import { say } from '#contract'
import type { Caller } from '#kernel/caller'
import type { OpenWorkbook } from '#kernel/workbooks'
import { cellsOf, type Column, columnsOf, headingOf, type Seen, type Whole } from './columns.ts'
import type { Shape } from './registry.ts'

type Taker = (rows: readonly Whole[]) => void
export type ListSheets = {
  /** Takes rows in; answers how many lines they brought. */
  add: (rows: readonly Whole[]) => number
  /** A list without rows has its headings all the same. */
  end: () => void
}

/** The sheets of a list: its rows, and the lines of its documents on a second one. Each begins with the first row that it gets. */
export function listSheets(caller: Caller, shape: Shape, workbook: OpenWorkbook): ListSheets {
  let rowsTo: Taker | undefined
  let linesTo: Taker | undefined
  return {
    add: (rows) => {
      rowsTo ??= rowsSheet(caller, shape, workbook, rows[0])
      rowsTo(rows)
      const lines = rows.flatMap((row) => row.lines ?? [])
      if (lines[0]) linesTo ??= linesSheet(caller, shape, workbook, lines[0])
      linesTo?.(rows)
      return lines.length
    },
    end: () => void (rowsTo ??= rowsSheet(caller, shape, workbook, undefined)),
  }
}

function rowsSheet(caller: Caller, shape: Shape, workbook: OpenWorkbook, like: Seen | undefined): Taker {
  const columns = columnsOf(caller, shape.fields, like)
  const put = sheetOf(caller, workbook, say(shape.label, caller.lang), columns)
  return (rows) => put(rows.map((row) => cellsOf(shape, columns, row, caller.lang)))
}

/** Each line stands beside what its document is called, and whom or what that is about. */
function linesSheet(caller: Caller, shape: Shape, workbook: OpenWorkbook, like: Seen): Taker {
  const { title, summary = [], fields, lines } = shape
  const about = summary.find((key) => fields[key]?.kind === 'link')
  const front = columnsOf(caller, fields, undefined).filter(({ key }) => key === title || key === about)
  const columns = columnsOf(caller, lines?.fields ?? {}, like)
  const put = sheetOf(caller, workbook, say(lines?.label ?? shape.label, caller.lang), [...front, ...columns])
  return (documents) =>
    put(
      documents.flatMap((document) => {
        const called = cellsOf(shape, front, document, caller.lang)
        return (document.lines ?? []).map((line) => [...called, ...cellsOf({}, columns, line, caller.lang)])
      }),
    )
}

const sheetOf = ({ lang }: Caller, workbook: OpenWorkbook, name: string, columns: readonly Column[]) =>
  workbook.sheet({ name: sheetName(name), headings: columns.map((column) => headingOf(column, lang)) })

/** Excel takes so many characters, and not these. */
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)
