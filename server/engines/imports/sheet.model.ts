import type { Field, Text } from '#contract'

/** What a column of a sheet may hold: a field, with other words that people write above it. */
export type ImportColumn = {
  key: string
  field: Field
  synonyms?: readonly string[]
  /** What filling it needs beside the right to write its field. */
  right?: string
  /** Needed in a sheet, whatever the field itself asks for. */
  required?: boolean
  /** What holds where a sheet has no such column: read as it is written in Chinese. */
  fallback?: Text
  example?: string
}

/** Headings stand among the first rows: above them are the sheet's title, its date, who made it. */
const headingRowsMax = 20
const totalWords = /^(合计|总计|小计|共计|total|sum)[:：]?$/i

export type Sheet = {
  headings: string[]
  rows: { position: number; cells: string[] }[]
  /** The last row, where it adds up the others. */
  stated: string[] | null
}

/** Tells headings, rows and a row of totals apart; null when there is no row below any headings. */
export function sheetOf(table: readonly string[][], columns: readonly ImportColumn[]): Sheet | null {
  const at = headingsAt(table, columns)
  const headings = table[at]
  if (!headings) return null
  const width = Math.max(...table.slice(at).map((cells) => cells.length))
  const padded = (cells: readonly string[]): string[] => Array.from({ length: width }, (_, i) => cells[i] ?? '')
  const below = table
    .map((cells, i) => ({ position: i + 1, cells: padded(cells) }))
    .slice(at + 1)
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  const last = below.at(-1)
  const isTotal = last?.cells.some((cell) => totalWords.test(cell)) ?? false
  const rows = below.filter(({ cells }) => !cells.some((cell) => totalWords.test(cell)))
  return rows.length === 0 ? null : { headings: padded(headings), rows, stated: isTotal && last ? last.cells : null }
}

/** The row in which most cells are known headings; the first one that has two cells where none is known. */
function headingsAt(table: readonly string[][], columns: readonly ImportColumn[]): number {
  const known = table
    .slice(0, headingRowsMax)
    .map((cells) => guessColumns(cells, columns).filter((key) => key !== '').length)
  const most = Math.max(0, ...known)
  if (most > 0) return known.indexOf(most)
  return table.findIndex((cells) => cells.filter((cell) => cell !== '').length > 1)
}

/**
 * For each heading the key of the column that it names; '' where it names none. A heading that is a column's very word goes before one that only
 * holds it, and no column is given twice.
 */
export function guessColumns(headings: readonly string[], columns: readonly ImportColumn[]): string[] {
  const guessed = headings.map(() => '')
  const given = new Set<string>()
  for (const fits of [isWord, holdsWord])
    headings.forEach((heading, i) => {
      const bare = bareHeading(heading)
      if (guessed[i] !== '' || bare === '') return
      const column = columns.find(
        ({ key, ...words }) => !given.has(key) && wordsOf(words).some((word) => fits(bare, word)),
      )
      if (!column) return
      guessed[i] = column.key
      given.add(column.key)
    })
  return guessed
}

const isWord = (heading: string, word: string): boolean => heading === word
/** A short word is in many a heading: only what is long enough to mean one thing counts inside another. */
const holdsWord = (heading: string, word: string): boolean =>
  word.length >= (/[^\x20-\x7e]/.test(word) ? 2 : 4) && heading.includes(word)

const wordsOf = ({ field, synonyms = [] }: Omit<ImportColumn, 'key'>): string[] =>
  [field.label.zh, field.label.en ?? '', ...synonyms].map(bareHeading).filter(Boolean)

/** 「* 单价（元）」 is 单价. */
const bareHeading = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【].*?[)）\]】]/g, '')
    .replace(/[\s*:：_\-./]/g, '')

/** Kinds whose figures mean something when they are added up. */
const numeric = new Set<Field['kind']>(['money', 'price', 'quantity'])
export const isNumeric = ({ kind }: Field): boolean => numeric.has(kind)

export const missingColumns = (columns: readonly ImportColumn[], mapping: readonly string[]): Text[] =>
  columns.filter(({ key, required }) => required && !mapping.includes(key)).map(({ field }) => field.label)
