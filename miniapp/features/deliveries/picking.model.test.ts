import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Decimal } from '#contract'
import type { DeliveryDetail } from '#contract/modules/sales'
import { changeOf, isPicked, linesInBin, nextTake, pickLines, progressOf, shippingPlan } from './picking.model.ts'

type Fact = DeliveryDetail['lines'][number]
type Case = Partial<Fact> & { planned: string; picked?: string; tracking?: Fact['item']['tracking'] }

const units = [
  { unit: '支', numerator: 1, denominator: 1 },
  { unit: '箱', numerator: 24, denominator: 1 },
]

function note(...cases: Case[]): Pick<DeliveryDetail, 'delivery' | 'lines'> {
  const lines = cases.map(({ tracking = 'none', proposal = [], lots: taken = [], bins = [] }, at): Fact => ({
    lineId: `line-${at}`,
    item: { id: `item-${at}`, code: `C-${at}`, name: `商品${at}`, spec: '', baseUnit: '支', units, tracking },
    plannedText: '',
    pickedText: '',
    bins,
    proposal,
    lots: taken,
    serials: [],
    returnedText: '',
  }))
  const views = cases.map(({ planned, picked = '0' }, at) => ({
    id: `line-${at}`,
    planned,
    picked,
    names: {},
    custom: {},
  }))
  return { delivery: { id: 'note', version: 1, can: [], names: {}, custom: {}, lines: views }, lines }
}

const lots = [
  { lotId: 'l1', lotCode: 'L1', expiresOn: '2026-12-01', quantity: '100' },
  { lotId: 'l2', lotCode: 'L2', expiresOn: '2027-06-01', quantity: '140' },
]

describe('the lots of a line', () => {
  test('go in the order of the proposal, each with what it has', () => {
    const [line] = pickLines(note({ planned: '240', tracking: 'lot', proposal: lots }))
    expect(line?.takes.map(({ lotCode, open }) => [lotCode, open])).toEqual([
      ['L1', '100'],
      ['L2', '140'],
    ])
    expect(line && nextTake(line)?.lotCode).toBe('L1')
  })

  test('what was picked of the first makes the second the next', () => {
    const picked = [{ lotId: 'l1', lotCode: 'L1', quantity: '100' }]
    const [line] = pickLines(note({ planned: '240', picked: '100', tracking: 'lot', proposal: lots, lots: picked }))
    expect(line && nextTake(line)?.lotCode).toBe('L2')
  })

  test('a lot taken against the proposal stands with its reason, and less is asked of the others', () => {
    const picked = [{ lotId: 'l9', lotCode: 'L9', quantity: '200', reason: '客户指定' }]
    const [line] = pickLines(note({ planned: '240', picked: '200', tracking: 'lot', proposal: lots, lots: picked }))
    expect(line?.takes.map(({ lotCode, open, reason }) => [lotCode, open, reason])).toEqual([
      ['L1', '40', undefined],
      ['L2', '0', undefined],
      ['L9', '0', '客户指定'],
    ])
  })

  test('never ask for more than the line lacks', () => {
    const amount = fc.integer({ min: 0, max: 500 })
    // A failure prints its seed.
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount), { maxLength: 6 }), amount, (drawn, extra) => {
        const proposal = drawn.map(([quantity], at) => ({
          ...{ lotId: `l${at}`, lotCode: `L${at}`, expiresOn: null, quantity: String(quantity) },
        }))
        const taken = drawn.map(([most, some], at) => ({
          ...{ lotId: `l${at}`, lotCode: `L${at}`, quantity: String(Math.min(most, some)) },
        }))
        const picked = taken.reduce((sum, { quantity }) => sum + Number(quantity), 0)
        const planned = picked + extra
        const [line] = pickLines(
          note({ planned: String(planned), picked: String(picked), tracking: 'lot', proposal, lots: taken }),
        )
        const open = Decimal.sum(0, ...(line?.takes ?? []).map((take) => take.open))
        expect(open.toNumber()).toBeGreaterThanOrEqual(0)
        expect(open.toNumber()).toBeLessThanOrEqual(Number(line?.rest))
      }),
    )
  })
})

describe('what leaves when the note is shipped', () => {
  test('is all of it when all was picked', () => {
    expect(shippingPlan(pickLines(note({ planned: '5', picked: '5' }))).kind).toBe('all')
  })

  test('is what was picked, and the rest stays for the next note', () => {
    const plan = shippingPlan(pickLines(note({ planned: '240', picked: '144' }, { planned: '10' })))
    expect(plan.kind).toBe('part')
    expect(plan.departures.map(({ leaves, stays }) => [leaves, stays])).toEqual([
      ['144', '96'],
      ['0', '10'],
    ])
  })

  test('is all that is planned when nobody has scanned anything', () => {
    expect(shippingPlan(pickLines(note({ planned: '240' }))).kind).toBe('unscanned')
  })

  test('is nothing while pieces with a serial number are not scanned', () => {
    expect(shippingPlan(pickLines(note({ planned: '2', tracking: 'serial' }))).kind).toBe('nothing')
  })
})

test('progress counts the lines that are complete and the share of all', () => {
  const lines = pickLines(note({ planned: '10', picked: '10' }, { planned: '10', picked: '5' }))
  expect(progressOf(lines)).toEqual({ done: 1, all: 2, percent: 75 })
  expect(lines.map(isPicked)).toEqual([true, false])
})

test('a scan is told by the line it changed and by how much', () => {
  const before = pickLines(note({ planned: '10', picked: '2' }, { planned: '10' }))
  const after = pickLines(note({ planned: '10', picked: '2' }, { planned: '10', picked: '4' }))
  expect(changeOf(before, after)).toMatchObject({ line: { id: 'line-1' }, by: '4' })
  expect(changeOf(after, after)).toBeUndefined()
})

test('the code of a bin finds its lines, however it is typed, and what is still to be picked first', () => {
  const bin = (code: string) => ({ id: code, code, name: '' })
  const lines = pickLines(
    note(
      { planned: '5', picked: '5', bins: [bin('A-01'), bin('Z-01')] },
      { planned: '5', bins: [bin('A-01')] },
      { planned: '5', bins: [bin('A-02')] },
    ),
  )
  expect(linesInBin(lines, ' a-01 ').map(({ id }) => id)).toEqual(['line-1', 'line-0'])
  expect(linesInBin(lines, 'A-0')).toEqual([])
})
