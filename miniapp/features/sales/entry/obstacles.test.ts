import { beforeEach, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { useLanguage } from '../../../i18n.ts'
import { newEntry, newLine } from './entry.model.ts'
import { bolt, hammer, previewLine, warehouse } from './fixtures/house.ts'
import { obstaclesOf, waysOutFixes } from './obstacles.ts'

beforeEach(() => useLanguage('zh'))

const entry = { ...newEntry(), warehouseId: warehouse.id, lines: [newLine(bolt, '2箱'), newLine(hammer, '7台')] }
const nothingKnown = () => undefined
const short = (itemId: string, available: string) => ({
  itemId,
  warehouseId: warehouse.id,
  item: '电锤',
  warehouse: '主仓',
  wanted: '7',
  available,
  wantedShown: '7 台',
  availableShown: `${available} 台`,
  incoming: [],
})

test('every short line is named with what is left of it', () => {
  const refusal = new Refusal('out_of_stock', { lines: [short(bolt.id, '3'), short(hammer.id, '4')] })
  const found = obstaclesOf(refusal, entry, nothingKnown, true)
  expect(found.map(({ lineKey }) => lineKey)).toEqual(entry.lines.map(({ key }) => key))
  expect(found[1]?.words).toContain('可用 4 台，要 7 台')
})

test('two lines of one item that are both short are told apart', () => {
  const twice = { ...entry, lines: [newLine(hammer, '7台'), newLine(hammer, '9台')] }
  const refusal = new Refusal('out_of_stock', { lines: [short(hammer.id, '4'), short(hammer.id, '0')] })
  const found = obstaclesOf(refusal, twice, nothingKnown, true)
  expect(found.map(({ lineKey }) => lineKey)).toEqual(twice.lines.map(({ key }) => key))
})

test('a price below the floor points at its line and goes back to the rule’s with one tap', () => {
  const issues = [{ field: 'lines.1.price', message: '低于最低售价' }]
  const refusal = new Refusal(
    'price_below_floor',
    { line: 2, item: '电锤', price: '1', floor: { zh: '最低售价' } },
    issues,
  )
  const [found] = obstaclesOf(refusal, entry, nothingKnown, true)
  expect(found?.lineKey).toBe(entry.lines[1]?.key)
  expect(found?.fixes.map((fix) => fix.do)).toEqual(['rule_price', 'remove'])
})

test('a refusal about nothing in particular is said as it is', () => {
  const [found] = obstaclesOf(new Refusal('customer_frozen', { customer: '宏达' }), entry, nothingKnown, true)
  expect(found).toMatchObject({ fixes: [], reasons: [] })
})

test('collecting money is no tap, ordering a part is one where a part is left to order', () => {
  const part = (amount: string) => ({ way: 'order_part' as const, amount, lineId: null, words: { zh: '分两次' } })
  const collect = { way: 'collect' as const, amount: '2843.64', lineId: null, words: { zh: '先收款' } }
  const one = { ...entry, lines: [newLine(bolt, '12箱7支')] }
  const known = () => previewLine(bolt, '12007', '0.52')
  expect(waysOutFixes([collect, part('3400.00')], one, known)).toEqual([{ do: 'split', amount: '3400.00' }])
  expect(waysOutFixes([collect, part('0.24')], one, known)).toEqual([])
})
