import { expect, test } from 'vitest'
import type { ReturnableLine } from '#contract/modules/sales'
import {
  awaitedLines,
  counted,
  inPieces,
  isChosen,
  none,
  returnableLines,
  sent,
  whole,
  withDraft,
  withLot,
  withQuantity,
  withSerial,
} from './returning.model.ts'

const units = [{ unit: '支', numerator: 1, denominator: 1 }]
const item = (tracking: 'none' | 'lot' | 'serial', code: string) => ({
  ...{ id: code, code, name: code, spec: '', baseUnit: '支', units: [...units] },
  tracking,
})
const line = (over: Partial<ReturnableLine> & Pick<ReturnableLine, 'item'>): ReturnableLine => ({
  deliveryLineId: over.item.code,
  delivery: { id: 'n1', number: 'DN1', on: '2026-11-20' },
  delivered: '10',
  left: '10',
  underWay: '0',
  lots: [],
  serials: [],
  ...over,
})
const lot = (lotId: string, quantity: string) => ({ lotId, lotCode: lotId, quantity })
const bolt = line({ item: item('none', 'B') })
const glue = line({ item: item('lot', 'G'), lots: [lot('L1', '4'), lot('L2', '6')] })
const drill = line({ item: item('serial', 'D'), left: '2', serials: ['S1', 'S2'] })

test('offers what can still come back, of an order or of one of its notes', () => {
  const other = line({ item: item('none', 'X'), delivery: { id: 'n2', number: 'DN2', on: null } })
  const gone = line({ item: item('none', 'Y'), left: '0' })
  expect(returnableLines([bolt, other, gone]).map(({ key, max }) => [key, max])).toEqual([
    ['B', '10'],
    ['X', '10'],
  ])
  expect(returnableLines([bolt, other], 'n2').map(({ key }) => key)).toEqual(['X'])
  expect(returnableLines([bolt]).some(isChosen)).toBe(false)
})

test('a quantity stays between nothing and what can come', () => {
  const [one] = returnableLines([bolt])
  expect([withQuantity(one!, '12').quantity, withQuantity(one!, '-1').quantity, whole(one!).quantity]).toEqual([
    '10',
    '0',
    '10',
  ])
  expect(sent(withQuantity(one!, '2.5'))).toEqual({ quantity: '2.5' })
})

test('lots make up the quantity, each no more than left of it, all no more than the line', () => {
  const [one] = returnableLines([{ ...glue, left: '7' }])
  const some = withLot(withLot(one!, 'L1', '9'), 'L2', '9')
  expect(some.lots.map(({ quantity }) => quantity)).toEqual(['4', '3'])
  expect(sent(some)).toEqual({
    quantity: '7',
    lots: [
      { lotId: 'L1', quantity: '4' },
      { lotId: 'L2', quantity: '3' },
    ],
  })
  expect(whole(one!).lots.map(({ quantity }) => quantity)).toEqual(['4', '3'])
  expect(sent(none(some))).toEqual({ quantity: '0' })
})

test('serial numbers are taken in and out, no more than are awaited', () => {
  const [one] = returnableLines([{ ...drill, left: '1' }])
  const taken = withSerial(withSerial(one!, 'S2'), 'S1')
  expect(sent(taken)).toEqual({ quantity: '1', serials: ['S2'] })
  expect(withSerial(taken, 'S2').quantity).toBe('0')
})

test('a draft is taken up as it was left, and does not count as another return', () => {
  const detail = {
    return: {
      id: 'r',
      version: 1,
      can: [],
      names: {},
      custom: {},
      lines: [{ id: 'l', quantity: '3', names: {}, custom: {} }],
    },
    lines: [{ ...glue, lineId: 'l', lots: [lot('L2', '3')], open: { lots: glue.lots, serials: [] } }],
    ...{ reasons: [], timeline: [], approval: null, seesOrder: true },
  }
  const [one] = withDraft(returnableLines([{ ...glue, underWay: '5' }]), detail)
  expect([one!.quantity, one!.underWay, ...one!.lots.map(({ quantity }) => quantity)]).toEqual(['3', '2', '0', '3'])
  const [awaited] = awaitedLines(detail)
  expect([awaited!.key, awaited!.max, awaited!.quantity]).toEqual(['l', '3', '3'])
  expect(sent(awaited!)).toEqual({ quantity: '3', lots: [{ lotId: 'L2', quantity: '3' }] })
})

test('a scan counts a piece: a serial number once, a lot or an item one more', () => {
  const lines = returnableLines([bolt, glue, drill])
  const codes = ['b', 'L2', 'L2', 'S1', 'S1', 'B']
  const after = codes.reduce((now, code) => counted(now, code)?.lines ?? now, lines)
  expect(after.map(({ quantity }) => quantity)).toEqual(['2', '2', '1'])
  expect(counted(after, 'S1')).toBeUndefined()
  expect(counted(after, 'G')).toBeUndefined()
})

test('what is shown in packs is told in the unit of the stepper too', () => {
  const packed = item('none', 'B')
  packed.units.push({ unit: '盒', numerator: 200, denominator: 1 })
  const [inPacks, single] = returnableLines([
    line({ item: packed, left: '400' }),
    line({ item: item('none', 'C'), left: '40' }),
  ])
  expect(inPieces(inPacks!, inPacks!.max)).toBe('= 400 支')
  expect(inPieces(single!, single!.max)).toBeUndefined()
})
