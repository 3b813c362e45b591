import type { Finding } from './contract.ts'
import { figure, isBlank, readCell } from './read-cell.model.ts'
import { type ImportColumn, isNumeric } from './sheet.model.ts'

export type RowValues = Record<string, unknown> & { custom: Record<string, unknown> }
const ownPrefix = 'custom.'

/** What a row's cells say, and what of it cannot be. `mapped` are the columns by their place, `columns` all there are. */
export function readRow(
  cells: readonly string[],
  mapped: readonly (ImportColumn | undefined)[],
  columns: readonly ImportColumn[],
): { values: RowValues; findings: Finding[] } {
  const values: RowValues = { custom: {} }
  const findings: Finding[] = []
  for (const column of columns) {
    const cell = cells[mapped.indexOf(column)] ?? ''
    const text = isBlank(cell) ? (column.fallback?.zh ?? '') : cell
    if (text === '') {
      if (column.required) findings.push({ field: column.key, message: needed(column) })
      continue
    }
    const reading = readCell(column.field, text)
    if ('problem' in reading) findings.push({ field: column.key, message: reading.problem })
    else if (column.key.startsWith(ownPrefix)) values.custom[column.key.slice(ownPrefix.length)] = reading.value
    else values[column.key] = reading.value
  }
  return { values, findings }
}

const needed = ({ field: { label } }: ImportColumn) => ({
  zh: `请填写${label.zh}`,
  en: `${label.en ?? label.zh} is needed`,
})

/** The figures of a row's numeric columns; null where a cell is none. */
export function figuresOf(
  cells: readonly string[],
  mapped: readonly (ImportColumn | undefined)[],
): Record<string, string | null> {
  const numeric = mapped.flatMap((column, i): [string, string][] => {
    const cell = cells[i] ?? ''
    return column && isNumeric(column.field) && !isBlank(cell) ? [[column.key, cell]] : []
  })
  return Object.fromEntries(numeric.map(([key, cell]) => [key, figure(cell)?.toFixed() ?? null]))
}
