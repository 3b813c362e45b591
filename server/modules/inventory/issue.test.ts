import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Decimal } from '#contract'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import {
  anItem,
  arrive,
  aWarehouse,
  d,
  hold,
  house,
  refusalOf,
  today,
  type TestItem,
  assertSound,
} from './fixtures/goods.ts'
import { availability, issue, type IssueInput, proposeLots, resolveSerials, unitCosts } from './index.ts'

let main: string
let shop: string

beforeAll(async () => {
  main = await aWarehouse('主仓')
  shop = await aWarehouse('门店仓')
})
afterAll(closeNumbers)
afterEach(assertSound)

type Line = IssueInput['lines'][number]
const line = (item: TestItem, quantity: Decimal.Value, more: Partial<Line> = {}): Line => {
  return {
    lineId: newId(),
    itemId: item.id,
    warehouseId: main,
    quantity: d(quantity),
    lots: [],
    serialIds: [],
    ...more,
  }
}
const deliver = (lines: Line[], on = today) => {
  const source = { document: 'delivery', id: newId(), number: 'DN202611-00001' }
  return perform(house, (tx, caller) => issue(tx, caller, { source, kind: 'delivery', on, lines }), undefined)
}
const levels = async ({ id }: TestItem) => {
  const there = (await availability(db, { itemIds: [id], warehouses: [main] })).get(id)!
  return [there.onHand, there.reserved, there.available].map(String)
}
const lotId = async (item: TestItem, code: string) =>
  (await db.lot.findFirstOrThrow({ where: { itemId: item.id, code } })).id
const worth = (item: TestItem) => db.itemCost.findUniqueOrThrow({ where: { itemId: item.id } })

describe('issuing', () => {
  test('takes what was held for the line, and leaves what others hold', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10 })
    const mine = await hold([{ itemId: item.id, warehouseId: main, quantity: 6 }])
    await hold([{ itemId: item.id, warehouseId: main, quantity: 4 }])
    await deliver([line(item, 2, { lineId: mine.lines[0]!.lineId })])
    expect(await levels(item)).toEqual(['8', '8', '0'])
    await deliver([line(item, 4, { lineId: mine.lines[0]!.lineId })])
    expect(await levels(item)).toEqual(['4', '4', '0'])
    const refusal = await refusalOf(deliver([line(item, 1)]))
    expect([refusal.code, refusal.facts['available']]).toEqual(['out_of_stock', '0 支'])
  })

  test('takes what the hold does not cover out of what is free', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10 })
    const { lines } = await hold([{ itemId: item.id, warehouseId: main, quantity: 3 }])
    await deliver([line(item, 8, { lineId: lines[0]!.lineId })])
    expect(await levels(item)).toEqual(['2', '0', '2'])
  })

  test('costs the moving average, and the last piece takes the last fen', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 2, unitCost: '1.005' })
    await arrive({ itemId: item.id, warehouseId: main, quantity: 1, unitCost: '3.33' })
    expect(String((await unitCosts(db, [item.id])).get(item.id))).toBe('1.78')
    const costs = [await deliver([line(item, 1)]), await deliver([line(item, 1)]), await deliver([line(item, 1)])]
    expect(costs.map(([one]) => String(one!.cost))).toEqual(['1.78', '1.78', '1.78'])
    await arrive({ itemId: item.id, warehouseId: main, quantity: 3, unitCost: '3.333333' })
    const [first, second] = await deliver([line(item, 1), line(item, 2)])
    expect([String(first!.cost), String(second!.cost)]).toEqual(['3.33', '6.67'])
    expect(String((await worth(item)).value)).toBe('0')
  })

  test('beyond what is there costs the last cost, and a later receipt settles the difference', async () => {
    const item = await anItem({ allowNegative: true })
    await arrive({ itemId: item.id, warehouseId: main, quantity: 1, unitCost: '4' })
    const [out] = await deliver([line(item, 3)])
    expect(String(out!.cost)).toBe('12')
    await arrive({ itemId: item.id, warehouseId: main, quantity: 5, unitCost: '5' })
    const moves = await db.stockMove.findMany({ where: { itemId: item.id }, orderBy: { id: 'asc' } })
    expect(moves.map((move) => [move.kind, String(move.quantity), String(move.cost)])).toEqual([
      ['receipt', '1', '4'],
      ['delivery', '-3', '-12'],
      ['receipt', '5', '25'],
      ['revaluation', '0', '-2'],
    ])
    expect(String((await worth(item)).value)).toBe('15')
  })

  test('is all or nothing: nothing of the first line goes when the second cannot', async () => {
    const [there, gone] = [await anItem(), await anItem()]
    await arrive({ itemId: there.id, warehouseId: main, quantity: 5 })
    await refusalOf(deliver([line(there, 5), line(gone, 1)]))
    expect(await levels(there)).toEqual(['5', '0', '5'])
  })

  test('dated back is refused when a later day would have stood below zero, and moves nothing', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 5, on: '2026-11-01' })
    await deliver([line(item, 5)], '2026-11-05')
    await arrive({ itemId: item.id, warehouseId: main, quantity: 5, on: '2026-11-10' })
    const refusal = await refusalOf(deliver([line(item, 1)], '2026-11-03'))
    expect([refusal.code, refusal.facts['day'], refusal.facts['short']]).toEqual([
      'negative_history',
      '2026-11-05',
      '-1 支',
    ])
    expect((await refusalOf(deliver([line(item, 1)], '2026-11-09'))).code).toBe('negative_history')
    await deliver([line(item, 1)], '2026-11-10')
    expect(await levels(item)).toEqual(['4', '0', '4'])
    expect((await refusalOf(deliver([line(item, 1)], '2026-11-21'))).code).toBe('future_day')
  })
})

describe('lots', () => {
  test('are proposed first to expire first, then first in first out; expired ones are left out', async () => {
    const item = await anItem({ tracking: 'lot', name: '密封胶' })
    const base = { itemId: item.id, warehouseId: main, quantity: 10 }
    await arrive({ ...base, lotCode: 'NEVER-2', on: '2026-10-02' })
    await arrive({ ...base, lotCode: 'NEVER-1', on: '2026-10-01' })
    await arrive({ ...base, lotCode: 'LATE', expiresOn: '2027-06-30' })
    await arrive({ ...base, lotCode: 'SOON', expiresOn: '2026-12-31' })
    await arrive({ ...base, lotCode: 'GONE-BY', expiresOn: '2026-11-19' })
    await arrive({ ...base, warehouseId: shop, lotCode: 'ELSEWHERE', expiresOn: '2026-12-01' })
    const wanted = [15, 30].map((quantity) => ({ itemId: item.id, warehouseId: main, quantity: d(quantity) }))
    const shown = (await proposeLots(db, wanted, today)).map(({ lots, short }) => [
      lots.map(({ code, quantity }) => `${code} ${String(quantity)}`),
      String(short),
    ])
    expect(shown).toEqual([
      [['SOON 10', 'LATE 5'], '0'],
      [['LATE 5', 'NEVER-1 10', 'NEVER-2 10'], '5'],
    ])
  })

  test('make up the quantity exactly, and none gives more than it has', async () => {
    const item = await anItem({ tracking: 'lot', name: '密封胶' })
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10, lotCode: 'A' })
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10, lotCode: 'B' })
    const [a, b] = [await lotId(item, 'A'), await lotId(item, 'B')]
    const lots = (...pairs: [string, number][]) => ({
      lots: pairs.map(([id, quantity]) => ({ lotId: id, quantity: d(quantity) })),
    })
    expect((await refusalOf(deliver([line(item, 5)]))).code).toBe('lot_needed')
    expect((await refusalOf(deliver([line(item, 5, lots([a, 4]))]))).code).toBe('lots_do_not_add_up')
    const short = await refusalOf(deliver([line(item, 12, lots([a, 12]))]))
    expect([short.code, short.facts['lot'], short.facts['available']]).toEqual(['lot_short', 'A', '10 支'])
    expect((await refusalOf(deliver([line(item, 1, lots([newId(), 1]))]))).code).toBe('lot_unknown')
    await deliver([line(item, 12, lots([a, 10], [b, 2]))])
    const left = await db.lotBalance.findMany({ where: { itemId: item.id }, orderBy: { onHand: 'asc' } })
    expect(left.map(({ onHand }) => String(onHand))).toEqual(['0', '8'])
    const plain = await anItem()
    await arrive({ itemId: plain.id, warehouseId: main, quantity: 1 })
    expect((await refusalOf(deliver([line(plain, 1, lots([a, 1]))]))).code).toBe('lot_not_kept')
  })

  test('that came later than the day of a delivery cannot have left on it', async () => {
    const item = await anItem({ tracking: 'lot' })
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10, lotCode: 'OLD', on: '2026-11-01' })
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10, lotCode: 'NEW', on: '2026-11-10' })
    const lots = [{ lotId: await lotId(item, 'NEW'), quantity: d(3) }]
    const refusal = await refusalOf(deliver([line(item, 3, { lots })], '2026-11-05'))
    expect([refusal.code, refusal.facts['item']]).toEqual(['negative_history', '膨胀螺栓 NEW'])
  })
})

describe('serial numbers', () => {
  test('leave one by one, and only from where they are', async () => {
    const item = await anItem({ tracking: 'serial', name: '电锤' })
    await arrive({ itemId: item.id, warehouseId: main, quantity: 3, serials: ['S1', 'S2', 'S3'] })
    const ids = await resolveSerials(db, item.id, main, ['S3', 'S1'])
    expect((await refusalOf(deliver([line(item, 3, { serialIds: ids })]))).code).toBe('serials_do_not_match')
    expect((await refusalOf(deliver([line(item, 2, { serialIds: ids, warehouseId: shop })]))).code).toBe('out_of_stock')
    await deliver([line(item, 2, { serialIds: ids })])
    const gone = await refusalOf(resolveSerials(db, item.id, main, ['S2', 'S3']))
    expect([gone.code, gone.facts['serial']]).toEqual(['serial_not_here', 'S3'])
    expect((await refusalOf(deliver([line(item, 1, { serialIds: [ids[0]!] })]))).code).toBe('serial_not_here')
    const [proposal] = await proposeLots(db, [{ itemId: item.id, warehouseId: main, quantity: d(2) }])
    expect([proposal!.serials.map(({ code }) => code), String(proposal!.short)]).toEqual([['S2'], '1'])
  })
})
