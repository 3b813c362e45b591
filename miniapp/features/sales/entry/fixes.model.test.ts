import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal, toBase } from '#contract'
import { type EntryLine, newEntry, newLine } from './entry.model.ts'
import { fixed, fixesOfLine, shortFixes, splitAt } from './fixes.model.ts'
import { bolt, hammer, previewLine, warehouse } from './fixtures/house.ts'
import { readQuantity } from './quantity.model.ts'

const elsewhere = { warehouseId: '01900000-0000-7000-8000-0000000000a2', name: '城南门店仓' }
const level = (available: string) => ({ onHand: available, reserved: '0', available })
const kinds = (fixes: { do: string }[]) => fixes.map((fix) => fix.do)

test('a shortage can be met from elsewhere, later, in part, or not at all: the smallest change first', () => {
  const line = newLine(hammer, '7台')
  const facts = previewLine(hammer, '7', '427')
  facts.availability.warehouses.push({ ...level('9'), ...elsewhere })
  const short = { line, wanted: '7', available: '4', warehouseId: warehouse.id }
  const fixes = shortFixes(short, facts, true)
  expect(kinds(fixes)).toEqual(['move', 'backorder', 'take', 'remove'])
  expect(fixes[0]).toMatchObject({ warehouseId: elsewhere.warehouseId })
  expect(fixes[2]).toMatchObject({ typed: '4台' })
})

test('where nothing is left there is nothing to take, and a quotation does not wait for the rest', () => {
  const short = { line: newLine(hammer, '7台'), wanted: '7', available: '0', warehouseId: warehouse.id }
  expect(kinds(shortFixes(short, undefined, false))).toEqual(['remove'])
})

test('a line that is short needs no way out once the rest may come later', () => {
  const line = newLine(hammer, '7台')
  const facts = { ...previewLine(hammer, '7', '427'), short: '3' }
  expect(kinds(fixesOfLine(line, facts, { warehouseId: warehouse.id, backorder: false }))).toEqual([
    'backorder',
    'take',
    'remove',
  ])
  expect(fixesOfLine(line, facts, { warehouseId: warehouse.id, backorder: true })).toEqual([])
})

test('a price below the floor goes back to the rule’s, with its reason', () => {
  const line: EntryLine = { ...newLine(hammer, '1台'), price: '1', priceNote: '老客户' }
  const entry = { ...newEntry(), lines: [line] }
  expect(fixed(entry, { do: 'rule_price', lineKey: line.key, price: '427' })).toMatchObject({
    lines: [{ price: '', priceNote: '' }],
  })
})

test('a fix touches the line that it is about, and no other', () => {
  const lines = [newLine(bolt, '2箱'), newLine(hammer, '7台')]
  const entry = { ...newEntry(), lines }
  const after = fixed(entry, { do: 'take', lineKey: lines[1]!.key, typed: '4台' })
  expect(after.lines?.map(({ typed }) => typed)).toEqual(['2箱', '4台'])
})

test('an order is cut at whole pieces under an amount', () => {
  const line = newLine(bolt, '12箱7支')
  const parts = splitAt([line], () => previewLine(bolt, '12007', '0.52'), '3400.00')
  // 3,400 / 0.52 = 6,538.46 pieces.
  expect(parts?.now.map(({ typed }) => typed)).toEqual(['6箱10盒38支'])
  expect(parts?.later.map(({ typed }) => typed)).toEqual(['5箱9盒19支'])
})

test('there is nothing to split where all of it fits, or none', () => {
  const line = newLine(bolt, '1箱')
  expect(splitAt([line], () => previewLine(bolt, '1000', '0.58'), '580.00')).toBeNull()
  expect(splitAt([line], () => previewLine(bolt, '1000', '0.58'), '0.10')).toBeNull()
})

test('a split loses and doubles nothing, and its first part fits', () => {
  const wanted = fc.array(
    fc.record({ quantity: fc.integer({ min: 1, max: 50_000 }), cents: fc.integer({ min: 1, max: 999 }) }),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  fc.assert(
    fc.property(wanted, fc.integer({ min: 1, max: 200_000 }), (goods, amount) => {
      const lines = goods.map(({ quantity }) => newLine(bolt, `${quantity}支`))
      const facts = new Map(
        lines.map((line, at) => [
          line.key,
          previewLine(bolt, String(goods[at]!.quantity), String(goods[at]!.cents / 100)),
        ]),
      )
      const parts = splitAt(lines, (key) => facts.get(key), String(amount))
      if (!parts) return
      const count = (some: EntryLine[]) => Decimal.sum(0, ...some.map(baseOf))
      const total = goods.reduce((sum, { quantity }) => sum + quantity, 0)
      const price = (line: EntryLine) => facts.get(line.key)?.price ?? '0'
      const first = Decimal.sum(0, ...parts.now.map((line) => baseOf(line).times(price(line))))
      expect(count(parts.now).plus(count(parts.later)).toNumber()).toBe(total)
      expect(first.lte(amount)).toBe(true)
    }),
  )
})

function baseOf({ typed, item }: EntryLine): Decimal {
  const read = readQuantity(typed, item.units)
  return read.kind === 'read' ? new Decimal(toBase(read.entered, item.units)) : new Decimal(0)
}
