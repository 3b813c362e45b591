import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import { inventoryActions as actions } from './actions.ts'
import { inventory } from './contract.ts'
import {
  adjust,
  anItem,
  arrive,
  assertSound,
  aWarehouse,
  callerWith,
  d,
  house,
  keeper,
  refusalOf,
  spreadFreight,
  type TestItem,
} from './fixtures/goods.ts'
import './index.ts'
import { spread } from './landed-cost.model.ts'

let main: string
let bolt: TestItem
let nut: TestItem
beforeAll(async () => {
  main = await aWarehouse('主仓')
  bolt = await anItem({ name: '螺栓' })
  nut = await anItem({ name: '螺母' })
})
afterAll(closeNumbers)

const { createLandedCost, editLandedCost } = inventory.endpoints
const freight = (receiptIds: string[], amount: string, more: object = {}) =>
  createLandedCost.input.parse({ id: newId(), kind: 'freight', amount, basis: 'value', receiptIds, ...more })
const accountant = () => callerWith({ actions: ['stock.read', 'landed_cost.write'], reads: ['cost'], writes: ['cost'] })

test('a draft shows what would fall on what; spread, the goods are worth more and the cost has its place to the fen', async () => {
  const first = await arrive({ itemId: bolt.id, warehouseId: main, quantity: 100, unitCost: '2.00' })
  const second = await arrive({ itemId: nut.id, warehouseId: main, quantity: 50, unitCost: '1.00' })
  await adjust({ itemId: bolt.id, warehouseId: main, quantity: -40 })
  const made = await perform(accountant(), actions.createLandedCost, freight([first, second], '100.00'))
  expect(made.landedCost).toMatchObject({
    state: 'draft',
    amount: '100.00',
    inStock: null,
    can: ['edit', 'post', 'cancel'],
  })
  expect(made.landedCost.lines.map(({ amount, names }) => [names['itemId'], amount])).toEqual([
    ['螺栓 M10x100', '80.00'],
    ['螺母 M10x100', '20.00'],
  ])
  const edit = editLandedCost.input.parse({ id: made.landedCost.id, version: 1, basis: 'quantity', amount: '10.00' })
  const edited = await perform(accountant(), actions.editLandedCost, edit)
  expect(edited.landedCost.lines.map(({ amount }) => amount)).toEqual(['6.67', '3.33'])

  const posted = await perform(accountant(), actions.postLandedCost, { id: made.landedCost.id, version: 2 })
  expect(posted.landedCost).toMatchObject({ state: 'posted', inStock: '7.33', expensed: '2.67', can: [] })
  expect(posted.landedCost.lines.map(({ amount, inStock, expensed }) => [amount, inStock, expensed])).toEqual([
    ['6.67', '4.00', '2.67'],
    ['3.33', '3.33', '0.00'],
  ])
  expect(posted.timeline.map(({ action }) => action)).toEqual(['create', 'edit', 'post'])
  const worth = await db.itemCost.findUniqueOrThrow({ where: { itemId: bolt.id } })
  expect([String(worth.quantity), String(worth.value)]).toEqual(['60', '124'])
  expect(
    await refusalOf(perform(accountant(), actions.postLandedCost, { id: made.landedCost.id, version: 3 })),
  ).toMatchObject({
    code: 'wrong_state',
  })
  const { landedCosts, mayAddCost } = await perform(accountant(), actions.goodsReceipt, { id: first })
  expect([landedCosts.map(({ amount }) => amount), mayAddCost]).toEqual([['10.00'], true])
  await assertSound()
})

test('what was put upon goods can be taken off again, but not more than they are worth', async () => {
  const screw = await anItem({ name: '螺钉' })
  const receipt = await arrive({ itemId: screw.id, warehouseId: main, quantity: 10, unitCost: '1.00' })
  await spreadFreight({ receiptIds: [receipt], amount: '5.00' })
  const back = await spreadFreight({ receiptIds: [receipt], amount: '-5.00' })
  expect(back.landedCost).toMatchObject({ inStock: '-5.00', expensed: '0.00' })
  expect(await refusalOf(spreadFreight({ receiptIds: [receipt], amount: '-10.01' }))).toMatchObject({
    code: 'worth_below_nothing',
    facts: { item: '螺钉', amount: '10.01' },
  })
  await assertSound()
})

test('several receipts of one item share what can still be there of them', async () => {
  const screw = await anItem({ name: '螺钉' })
  const receipts = [0, 1].map(() => arrive({ itemId: screw.id, warehouseId: main, quantity: 10, unitCost: '1.00' }))
  const receiptIds = await Promise.all(receipts)
  await adjust({ itemId: screw.id, warehouseId: main, quantity: -15 })
  const { landedCost } = await spreadFreight({ receiptIds, amount: '8.00' })
  expect([landedCost.inStock, landedCost.expensed]).toEqual(['2.00', '6.00'])
  await assertSound()
})

test('a bill that is spread while goods leave falls on what is there at that moment, to the fen', async () => {
  const screw = await anItem({ name: '螺钉' })
  const receipt = await arrive({ itemId: screw.id, warehouseId: main, quantity: 30, unitCost: '1.00' })
  const leave = () => adjust({ itemId: screw.id, warehouseId: main, quantity: -2 })
  const bill = () => spreadFreight({ receiptIds: [receipt], amount: '9.99' })
  const deeds = [leave(), bill(), leave(), leave(), bill(), leave()]
  const bills = (await Promise.all(deeds)).flatMap((page) => ('landedCost' in page ? [page.landedCost] : []))
  for (const { inStock, expensed } of bills)
    expect(
      d(inStock ?? 0)
        .plus(expensed ?? 0)
        .toFixed(2),
    ).toBe('9.99')
  await assertSound()
})

test('only goods that came can bear a cost, on no day before they came, and only for who reads costs', async () => {
  const line = { id: newId(), itemId: bolt.id, entered: [{ unit: '支', quantity: '5' }], unitCost: '1' }
  const expected = inventory.endpoints.createGoodsReceipt.input.parse({
    id: newId(),
    kind: 'purchase',
    warehouseId: main,
    lines: [line],
  })
  await perform(house, actions.createGoodsReceipt, expected)
  const attempt = (input: object, caller = accountant()) =>
    refusalOf(perform(caller, actions.createLandedCost, freight([], '1', input)))
  expect(await attempt({ receiptIds: [expected.id] })).toMatchObject({ code: 'wrong_state' })
  const free = await arrive({ itemId: bolt.id, warehouseId: main, quantity: 5, unitCost: '0' })
  expect(await attempt({ receiptIds: [free] })).toMatchObject({ code: 'nothing_to_spread_over' })
  expect(await attempt({ receiptIds: [free], amount: '0' })).toMatchObject({ code: 'nothing_to_spread' })
  const before = spreadFreight({ receiptIds: [free], amount: '1', basis: 'quantity', on: '2026-11-01' })
  expect(await refusalOf(before)).toMatchObject({ code: 'cost_before_goods' })
  expect(await attempt({ receiptIds: [free] }, keeper())).toMatchObject({ code: 'forbidden' })
  const { landedCost } = await perform(
    accountant(),
    actions.createLandedCost,
    freight([free], '3', { basis: 'quantity' }),
  )
  expect(await refusalOf(perform(keeper(), actions.landedCost, { id: landedCost.id }))).toMatchObject({
    code: 'forbidden',
  })
  expect(await refusalOf(perform(keeper(), actions.landedCosts, { limit: 30 }))).toMatchObject({ code: 'forbidden' })
  expect((await perform(keeper(), actions.goodsReceipt, { id: free })).landedCosts).toEqual([])
  const { rows } = await perform(accountant(), actions.landedCosts, { limit: 30, state: 'draft' })
  expect(rows.map(({ id }) => id)).toContain(landedCost.id)
  const cancelled = await perform(accountant(), actions.cancelLandedCost, { id: landedCost.id, version: 1 })
  expect(cancelled.landedCost).toMatchObject({ state: 'cancelled', can: [] })
})

test('shares add up to the cost, whatever it is spread over', () => {
  const goods = fc.array(
    fc.record({ quantity: fc.integer({ min: 1, max: 9_999_999 }), cents: fc.integer({ min: 0, max: 99_999_999 }) }),
    { minLength: 1, maxLength: 30 },
  )
  fc.assert(
    fc.property(
      goods,
      fc.integer({ min: -9_999_999, max: 9_999_999 }),
      fc.constantFrom('value' as const, 'quantity' as const),
      (list, cents, basis) => {
        fc.pre(basis === 'quantity' || list.some((one) => one.cents > 0))
        const amount = d(cents).div(100)
        const received = list.map((one, i) => ({
          goodsReceiptId: 'receipt',
          warehouseId: main,
          itemId: `item ${i}`,
          quantity: d(one.quantity).div(10_000),
          value: d(one.cents).div(100),
        }))
        const shares = spread(amount, basis, received)
        const whole = Decimal.sum(0, ...received.map((one) => one[basis]))
        expect(Decimal.sum(0, ...shares.map((share) => share.amount)).toString()).toBe(amount.toString())
        for (const share of shares)
          expect(share.amount.minus(amount.times(share[basis]).div(whole)).abs().lte('0.01')).toBe(true)
      },
    ),
    { numRuns: 300, verbose: 1 },
  )
})
