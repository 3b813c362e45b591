import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal, Refusal } from '#contract'
import {
  type DeliveryLine,
  type LotOnHand,
  pick,
  pickLot,
  pickSerial,
  quantitiesToShip,
  restOfLot,
  unpicked,
} from './delivery.model.ts'

const d = (value: Decimal.Value): Decimal => new Decimal(value)
const line = (planned: Decimal.Value, id = 'line'): DeliveryLine => ({
  id,
  orderLineId: 'order line',
  position: 1,
  itemId: 'item',
  planned: d(planned),
  picked: d(0),
  lots: [],
  serials: [],
  gross: d(0),
  net: d(0),
  cost: d(0),
  netCost: d(0),
  returned: d(0),
  returnedGross: d(0),
  returnedNet: d(0),
  returnedCost: d(0),
  returnedNetCost: d(0),
  custom: {},
})
const lot = (code: string, quantity: Decimal.Value): LotOnHand => ({
  lotId: code,
  lotCode: code,
  expiresOn: null,
  quantity: d(quantity),
})
const codeOf = (deed: () => unknown): string => {
  try {
    deed()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'done'
}

describe('picking', () => {
  test('any amounts from any lots in any order never takes more than planned, more than a lot has, or a newer lot without a reason', () => {
    const lots = [lot('L1', 30), lot('L2', 50), lot('L3', 20)]
    const scans = fc.array(
      fc.record({ index: fc.nat(2), quantity: fc.integer({ min: 1, max: 60 }), reason: fc.boolean() }),
      { maxLength: 15 },
    )
    fc.assert(
      fc.property(scans, (steps) => {
        let at = line(80)
        for (const { index, quantity, reason } of steps) {
          const before = at
          const wanted = { item: '胶', quantity: d(quantity), reason: reason ? '客户要' : undefined }
          const came = codeOf(() => (at = pickLot(at, lots[index]!, lots, wanted)))
          const taken = (code: string) => d(before.lots.find((one) => one.lotCode === code)?.quantity ?? 0)
          const isOlderLeft = lots.slice(0, index).some((older) => older.quantity.gt(taken(older.lotCode)))
          if (came === 'done') expect(isOlderLeft && !reason).toBe(false)
          else expect(at).toBe(before)
          expect(at.picked.lte(at.planned)).toBe(true)
          expect(at.picked.eq(Decimal.sum(0, ...at.lots.map((one) => one.quantity)))).toBe(true)
          expect(
            at.lots.every((one) => lots.find((other) => other.lotCode === one.lotCode)!.quantity.gte(one.quantity)),
          ).toBe(true)
        }
        expect(unpicked(at)).toMatchObject({ lots: [], serials: [] })
      }),
      { verbose: true },
    )
  })

  test('proposes of a lot what it has and what the line lacks', () => {
    const half = pickLot(line(80), lot('L1', 30), [lot('L1', 30)], { item: '胶', quantity: d(10) })
    expect(String(restOfLot(half, lot('L1', 30)))).toBe('20')
    expect(String(restOfLot({ ...half, planned: d(12) }, lot('L1', 30)))).toBe('2')
  })

  test('counts each serial number once', () => {
    const one = pickSerial(line(2), 'S1', '锤')
    expect(codeOf(() => pickSerial(one, 'S1', '锤'))).toBe('serial_picked')
    expect(codeOf(() => pickSerial(pickSerial(one, 'S2', '锤'), 'S3', '锤'))).toBe('too_many_picked')
  })

  test('of nothing is refused', () => {
    expect(codeOf(() => pick(line(2), { item: '钉', quantity: d(0) }))).toBe('too_many_picked')
  })
})

describe('what ships', () => {
  const name = () => '钉'
  const shipped = (...args: Parameters<typeof quantitiesToShip>) =>
    [...quantitiesToShip(...args)].map(([id, quantity]) => [id, String(quantity)])
  test('is what was asked for, else what was picked, else all', () => {
    const picked = { ...line(10, 'a'), picked: d(4) }
    expect(shipped([line(10, 'a'), line(5, 'b')], undefined, name)).toEqual([
      ['a', '10'],
      ['b', '5'],
    ])
    expect(shipped([picked, line(5, 'b')], undefined, name)).toEqual([
      ['a', '4'],
      ['b', '0'],
    ])
    expect(shipped([line(10, 'a'), line(5, 'b')], [{ lineId: 'a', quantity: d(3) }], name)).toEqual([
      ['a', '3'],
      ['b', '0'],
    ])
  })
  test('is never nothing, never more than planned, and never other than what was picked', () => {
    const picked = { ...line(10, 'a'), picked: d(4) }
    const asking = (quantity: number, from = line(10, 'a')) =>
      codeOf(() => quantitiesToShip([from], [{ lineId: 'a', quantity: d(quantity) }], name))
    expect([asking(0), asking(11), asking(-1), asking(3, picked), asking(4, picked)]).toEqual([
      'nothing_to_ship',
      'too_many_picked',
      'too_many_picked',
      'picked_differs',
      'done',
    ])
  })
})
