import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { OpenWorkbook } from '#kernel/workbooks'
import type { Whole } from './columns.ts'
import { exportLimits } from './contract.ts'
import { nameLinks, withCodes } from './linked-names.ts'
import { askedOf, exportableOf, shapeOf } from './registry.ts'
import { listSheets } from './sheets.ts'

/**
 * So many rows are in hand at a time: as many as take about so long, so that who asks for something else meanwhile is not kept. What was read lies
 * with the thread that writes it.
 */
const inHand = { first: 100, least: 50, most: 500, aimMs: 60 }
const nextLimit = (limit: number, tookMs: number): number =>
  Math.round(Math.min(Math.max((limit * inHand.aimMs) / Math.max(tookMs, 1), inHand.least), inHand.most))

type Reading = {
  list: string
  filter: Readonly<Record<string, string>>
  workbook: OpenWorkbook
  /** Is told how many rows there are so far, where there are more. */
  betweenPages: (rows: number) => Promise<void>
}

/** Reads a list to its end, page by page as its own page does, into a workbook; answers how many rows it has. */
export async function readList(
  tx: Tx,
  caller: Caller,
  { list, filter, workbook, betweenPages }: Reading,
): Promise<number> {
  const exportable = exportableOf(list)
  const asked = askedOf(list, filter)
  const shape = withCodes(await shapeOf(tx, exportable))
  const sheets = listSheets(caller, shape, workbook)
  let [rows, lines, limit] = [0, 0, inHand.first]
  for (let cursor: string | null | undefined; cursor !== null;) {
    const begun = performance.now()
    const asking = { ...asked, cursor, limit }
    const page = await exportable.read(tx, caller, asking)
    rows += page.rows.length
    if (rows > exportLimits.rows) throw tooMany('too_many_to_export', exportLimits.rows)
    const whole = (await exportable.whole?.(tx, caller, page.rows)) ?? page.rows
    const seen = whole.map((row) => asSeen(exportable.values?.(row, caller, asking) ?? (row as object))) // a row is an object
    await nameLinks(tx, caller, shape, seen)
    lines += sheets.add(seen)
    if (lines > exportLimits.lines) throw tooMany('too_many_lines_to_export', exportLimits.lines)
    cursor = page.cursor
    limit = nextLimit(limit, performance.now() - begun)
    if (cursor !== null) await betweenPages(rows)
  }
  sheets.end()
  return rows
}

/** What is no document has no names and no own fields; neither have its lines. */
function asSeen(row: object): Whole {
  const { lines, ...values } = row as { lines?: object[] } // nothing else of it is looked at here
  const seen = { names: {}, custom: {}, ...values }
  return { ...seen, names: { ...seen.names }, ...(lines && { lines: lines.map(asSeen) }) }
}

const tooMany = (code: string, max: number): Refusal => new Refusal(code, { max: max.toLocaleString('en-US') })
