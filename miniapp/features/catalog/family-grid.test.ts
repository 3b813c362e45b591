import { expect, test } from 'vitest'
import { type FamilyGrid, tableOf } from './family-grid.ts'

const label = { zh: '规格' }
const cell = (variant: Record<string, string>): FamilyGrid['cells'][number] => ({
  item: { id: Object.values(variant).join('-'), version: 1, can: [], names: {}, custom: {}, lines: [] },
  units: [],
  variant,
})

test('the last axis goes across and the others down, without rows that hold nothing', () => {
  const axes = [
    { key: 'thread', label, values: ['M8', 'M10'] },
    { key: 'length', label, values: ['60', '100'] },
    { key: 'finish', label, values: ['亮光', '拉丝', '黑'] },
  ]
  const cells = [
    cell({ thread: 'M8', length: '60', finish: '亮光' }),
    cell({ thread: 'M8', length: '60', finish: '拉丝' }),
    cell({ thread: 'M10', length: '100', finish: '亮光' }),
  ]
  const table = tableOf({ axes, cells })
  expect(table.columns).toEqual(['亮光', '拉丝'])
  expect(table.rows.map((row) => [row.label, row.cells.map((one) => one?.item.id)])).toEqual([
    ['M8 60', ['M8-60-亮光', 'M8-60-拉丝']],
    ['M10 100', ['M10-100-亮光', undefined]],
  ])
})

test('a family with one axis is one row', () => {
  const axes = [{ key: 'size', label, values: ['小', '大'] }]
  const table = tableOf({ axes, cells: [cell({ size: '大' })] })
  expect(table.rows.map((row) => row.cells.length)).toEqual([1])
  expect(table.columns).toEqual(['大'])
})
