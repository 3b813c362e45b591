import fc from 'fast-check'
import { readXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { type Cell, openWorkbook, writeWorkbook } from './workbooks.ts'

const heading = (words: string, format?: string) => ({ words, width: 12, format })
const rowsOf = async (file: Uint8Array, sheet = 0) => (await readXlsx(file)).sheets[sheet]?.rows

/** What no cell can hold is left out; what it can, stays as it is. */
const readable = (cell: Cell): Cell =>
  typeof cell === 'string' ? cell.replace(/[^\P{Cc}\t\n]|[\uFFFE\uFFFF]/gu, '') : cell
const emptyAsNull = (cell: unknown): unknown => (cell === '' || cell === undefined ? null : cell)

test('whatever stands in its cells is read back as it was: formulas, signs, spaces, letters of any script, figures', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: 'binary-ascii', maxLength: 10 }),
    fc.constantFrom('=1+1', '+86', '-5', '@x', ' 前后有空格 ', '<b>&"\'', '_x0041_', '多\n行', '\tTab', '𠮷野家'),
  )
  const cell = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(null))
  const seed = Date.now()
  const rows = fc.sample(fc.array(cell, { minLength: 28, maxLength: 28 }), { numRuns: 400, seed })
  const headings = rows[0]!.map((_, i) => heading(`列 ${i}`))
  const read = await rowsOf(await writeWorkbook([{ name: '表', headings, rows }]))
  const expected = [headings.map(({ words }) => words), ...rows.map((row) => row.map(readable))]
  expect(
    read?.map((row) => headings.map((_, i) => emptyAsNull(row[i]))),
    `seed ${seed}`,
  ).toEqual(expected.map((row) => row.map((value) => emptyAsNull(Object.is(value, -0) ? 0 : value))))
})

test('sheets are filled in turns, each with its own headings and formats', async () => {
  const workbook = openWorkbook()
  const orders = workbook.sheet({ name: '订单', headings: [heading('单号'), heading('日期', 'yyyy-mm-dd')] })
  const lines = workbook.sheet({ name: '明细 & 其他', headings: [heading('单号'), heading('金额', '#,##0.00')] })
  for (const at of [1, 2, 3]) {
    orders([[`SO${at}`, 46_349 + at]])
    lines([
      [`SO${at}`, at],
      [`SO${at}`, at + 0.5],
    ])
  }
  const file = await workbook.written()
  const { sheets } = await readXlsx(file)
  expect(sheets.map(({ name, freezePane }) => [name, freezePane])).toEqual([
    ['订单', { rows: 1 }],
    ['明细 & 其他', { rows: 1 }],
  ])
  expect(sheets[0]?.rows.slice(0, 2)).toEqual([
    ['单号', '日期'],
    ['SO1', new Date('2026-11-24T00:00:00Z')],
  ])
  expect(sheets[1]?.rows.map((row) => row[1])).toEqual(['金额', 1, 1.5, 2, 2.5, 3, 3.5])
})

test('a sheet without rows has its headings', async () => {
  expect(await rowsOf(await writeWorkbook([{ name: '空', headings: [heading('编码')], rows: [] }]))).toEqual([['编码']])
})
