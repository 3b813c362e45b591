import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { inventory } from '#contract/modules/inventory'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import {
  aCustomer,
  aFlow,
  anItem,
  announce,
  aRule,
  as,
  assertSound,
  call,
  house,
  type Name,
  openCompany,
  order,
  receive,
  refusalOf,
  settle,
  stock,
  type TestItem,
  votes,
} from './fixtures/company.ts'

let bolt: TestItem
let nut: TestItem
let hongda: string
let jiazhu: string
const days = { from: '2026-11-01', to: '2026-11-30' }

beforeAll(async () => {
  await openCompany()
  bolt = await anItem({ name: '螺栓', listPrice: '2.26' })
  nut = await anItem({ name: '螺母', listPrice: '1.13' })
  await stock(bolt, { quantity: '1000', unitCost: '1.13' })
  await stock(nut, { quantity: '1000', unitCost: '0.565' })
  hongda = await aCustomer({ shortName: '宏达', owner: 'li' })
  jiazhu = await aCustomer({ shortName: '佳筑', owner: 'he' })
  await db.customer.update({ where: { id: hongda }, data: { region: '城东' } })
})
afterAll(closeNumbers)

/** Ships all of an order, or so much of its first line. */
async function ship(orderId: string, quantity?: string): Promise<string> {
  const zhao = await as('zhao')
  const { rows } = await call(zhao, 'deliveries', { orderId, state: 'planned' })
  const { id, version, lines } = rows[0]!
  const part = quantity ? { lines: [{ lineId: lines[0]!.id, quantity }] } : {}
  await call(zhao, 'shipDelivery', { id, version, ...part })
  return id
}
const sold = async (name: Name, customerId: string, item: TestItem, quantity: string, price?: string) =>
  (await order(name, customerId, [{ item, quantity, price }], { submit: true })).order
const marginsOf = async (name: Name, asked: object) => call(await as(name), 'margins', { ...days, ...asked })
const plain = (rows: { name: string; net: string; cost: string; profit: string; percent: string | null }[]) =>
  rows.map(({ name, net, cost, profit, percent }) => [name, net, cost, profit, percent])

describe('the margin of an order', () => {
  test('is kept as it was agreed, at the cost of the moment of its confirmation', async () => {
    await aFlow({ key: 'big', approvers: [{ managerOf: 'owner', levels: 1 }] })
    const condition = { field: 'order.gross', is: 'gte', value: '900' }
    await aRule({ key: 'big', condition, actions: [{ do: 'require_approval', flow: 'big' }] })
    const item = await anItem({ listPrice: '2.26' })
    await stock(item, { quantity: '500', unitCost: '1.13' })
    const waiting = await sold('li', hongda, item, '400')
    expect(waiting.state).toBe('submitted')
    await stock(item, { quantity: '500', unitCost: '1.695' })
    await votes('wang', waiting.id, 'approve')
    await settle()
    await stock(item, { quantity: '1000', unitCost: '9.99' })
    const { order: confirmed } = await call(await as('wang'), 'order', { id: waiting.id })
    // 400 at an average of 1.4125, without 13% tax.
    expect(confirmed).toMatchObject({
      state: 'confirmed',
      costTotal: '500.00',
      netTotal: '800.00',
      marginPercent: '37.50',
    })
    const page = await call(await as('wang'), 'orderMargin', { id: waiting.id })
    expect(page).toMatchObject({
      isKept: true,
      agreed: { net: '800.00', cost: '500.00', profit: '300.00', percent: '37.50' },
      left: null,
      deliveries: [],
    })
    await assertSound()
  })

  test('turns out by what truly left, part by part, to the fen', async () => {
    const made = await sold('li', hongda, bolt, '300')
    await ship(made.id, '100')
    await stock(bolt, { quantity: '900', unitCost: '2.26' })
    await ship(made.id)
    const page = await call(await as('liu'), 'orderMargin', { id: made.id })
    // 100 at 1.13, then 200 at the average of 900 at 1.13 and 900 at 2.26.
    expect(page.lines.map(({ left }) => left)).toEqual([
      { net: '600.00', cost: '400.00', profit: '200.00', percent: '33.33' },
    ])
    expect(page).toMatchObject({ agreed: { cost: '300.00', percent: '50.00' }, left: { percent: '33.33' } })
    expect(page.deliveries.map(({ items }) => items.map(({ cost, sources }) => [cost, sources]))).toEqual([
      [['113.00', []]],
      [['339.00', []]],
    ])
    const { finalMarginPercent } = await call(await as('liu'), 'order', { id: made.id })
    expect(finalMarginPercent).toBe('33.33')
    await assertSound()
  })

  test('opens down to the goods that it was taken from, where costs are first in, first out', async () => {
    await perform(house, inventoryActions.changeCosting, { method: 'fifo' })
    const item = await anItem({ name: '合页', listPrice: '4.52' })
    const receipts = [
      await announce(item, { quantity: '30', unitCost: '1.13' }),
      await announce(item, { quantity: '30', unitCost: '2.26' }),
    ]
    for (const receipt of receipts) await receive(receipt)
    const made = await sold('li', hongda, item, '40')
    await ship(made.id)
    const { deliveries, left } = await call(await as('chen'), 'orderMargin', { id: made.id })
    expect(left).toEqual({ net: '160.00', cost: '50.00', profit: '110.00', percent: '68.75' })
    const sources = deliveries[0]!.items[0]!.sources
    expect(sources.map(({ source, shown, value }) => [source?.id, shown, value])).toEqual([
      [receipts[0], '30 支', '33.90'],
      [receipts[1], '10 支', '22.60'],
    ])
    await perform(house, inventoryActions.changeCosting, { method: 'average' })
    await assertSound()
  })

  test('is for nobody who may not read margins, and of no order that he does not see', async () => {
    const made = await sold('li', hongda, nut, '10')
    for (const name of ['li', 'zhao', 'lin', 'min'] as const)
      expect(await refusalOf(call(await as(name), 'orderMargin', { id: made.id }))).toMatchObject({ code: 'forbidden' })
    for (const name of ['li', 'zhao', 'lin', 'min'] as const)
      expect(await refusalOf(marginsOf(name, { by: 'item' }))).toMatchObject({ code: 'forbidden' })
    const manager = await call(await as('wang'), 'orderMargin', { id: made.id })
    expect(manager.order.customer).toBe('宏达')
  })
})

describe('margins of a time', () => {
  const october = { from: '2026-10-01', to: '2026-10-31' }
  let screw: TestItem
  let plug: TestItem

  /** What was sold in October, a month of its own. */
  beforeAll(async () => {
    const at = new Date('2026-10-15T10:00:00+08:00')
    screw = await anItem({ name: '螺钉', listPrice: '2.26' })
    plug = await anItem({ name: '堵头', listPrice: '1.13' })
    await inOctober(screw, '1000', '1.13')
    await inOctober(plug, '1000', '1.695')
    const zhao = await as('zhao', at)
    const wanted = [
      [
        'li',
        hongda,
        [
          { item: screw, quantity: '100' },
          { item: plug, quantity: '100' },
        ],
      ],
      ['he', jiazhu, [{ item: screw, quantity: '200' }]],
      ['li', hongda, [{ item: plug, quantity: '50', price: '1.695' }]],
    ] as const
    for (const [name, customerId, lines] of wanted) {
      const made = await order(name, customerId, [...lines], { submit: true, at })
      const { rows } = await call(zhao, 'deliveries', { orderId: made.order.id, state: 'planned' })
      await call(zhao, 'shipDelivery', { id: rows[0]!.id, version: rows[0]!.version })
    }
    await order('li', hongda, [{ item: screw, quantity: '10' }], { submit: true, at })
  })

  async function inOctober(item: TestItem, quantity: string, unitCost: string): Promise<void> {
    const id = await announce(item, { quantity, unitCost })
    const input = inventory.endpoints.receiveGoodsReceipt.input.parse({ id, version: 1, on: '2026-10-02' })
    await perform(house, inventoryActions.receiveGoodsReceipt, input)
  }

  test('stand by item, customer, seller, region, category and order, and all add up to the same', async () => {
    const asked = { ...october, limit: 100 }
    expect(plain((await marginsOf('liu', { ...asked, by: 'item' })).rows)).toEqual([
      ['螺钉', '600.00', '300.00', '300.00', '50.00'],
      ['堵头', '175.00', '225.00', '-50.00', '-28.57'],
    ])
    expect(plain((await marginsOf('liu', { ...asked, by: 'customer' })).rows)).toEqual([
      ['佳筑', '400.00', '200.00', '200.00', '50.00'],
      ['宏达', '375.00', '325.00', '50.00', '13.33'],
    ])
    expect((await marginsOf('liu', { ...asked, by: 'seller' })).rows.map(({ name }) => name)).toEqual(['小何', '小李'])
    expect((await marginsOf('liu', { ...asked, by: 'region' })).rows.map(({ name, profit }) => [name, profit])).toEqual(
      [
        ['', '200.00'],
        ['城东', '50.00'],
      ],
    )
    for (const by of ['order', 'item', 'customer', 'seller', 'region', 'category']) {
      const { rows, total } = await marginsOf('liu', { ...asked, by })
      const sum = (key: 'net' | 'cost') => Decimal.sum(0, ...rows.map((row) => row[key])).toFixed(2)
      expect([by, sum('net'), sum('cost')]).toEqual([by, total?.net, total?.cost])
      expect(total).toMatchObject({ net: '775.00', cost: '525.00', profit: '250.00', percent: '32.26', orders: 3 })
    }
  })

  test('open one into the other: the orders of an item, the items of a customer', async () => {
    const ofPlug = await marginsOf('liu', { ...october, by: 'order', itemId: plug.id, direction: 'asc' })
    expect(ofPlug.rows.map(({ detail, profit }) => [detail, profit])).toEqual([
      ['宏达', '-50.00'],
      ['宏达', '0.00'],
    ])
    const ofHongda = await marginsOf('liu', { ...october, by: 'item', customerId: hongda, sort: 'percent' })
    expect(ofHongda.rows.map(({ name, percent }) => [name, percent])).toEqual([
      ['螺钉', '50.00'],
      ['堵头', '-28.57'],
    ])
    const east = await marginsOf('liu', { ...october, by: 'seller', region: '城东' })
    expect(east.rows.map(({ name, orders }) => [name, orders])).toEqual([['小李', 2]])
  })

  test('as agreed they count what was ordered, delivered or not', async () => {
    const { total } = await marginsOf('liu', { ...october, by: 'customer', stage: 'ordered' })
    expect(total).toMatchObject({ orders: 4, net: '795.00', cost: '535.00' })
  })

  test('go on from page to page without a gap and without a repeat', async () => {
    const whole = await marginsOf('liu', { ...october, by: 'order', limit: 100, sort: 'net' })
    const keys: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await marginsOf('liu', {
        ...october,
        by: 'order',
        limit: 1,
        sort: 'net',
        cursor: cursor ?? undefined,
      })
      keys.push(...page.rows.map(({ key }) => key))
      cursor = page.cursor
    } while (cursor)
    expect(keys).toEqual(whole.rows.map(({ key }) => key))
  })

  test('tell what freight was put upon goods after they had left, to who sees all', async () => {
    const receipt = await db.stockMove.findFirstOrThrow({ where: { itemId: screw.id, kind: 'receipt' } })
    const { createLandedCost } = inventory.endpoints
    const bill = { id: newId(), kind: 'freight', amount: '1130.00', basis: 'value', receiptIds: [receipt.sourceId] }
    const { landedCost } = await perform(house, inventoryActions.createLandedCost, createLandedCost.input.parse(bill))
    const posting = inventory.endpoints.postLandedCost.input.parse({ id: landedCost.id, version: 1, on: '2026-10-31' })
    const posted = await perform(house, inventoryActions.postLandedCost, posting)
    expect(posted.landedCost).toMatchObject({ inStock: '791.00', expensed: '339.00' })
    const { rows, total } = await marginsOf('liu', { ...october, by: 'item' })
    expect(rows.map(({ name, adjustment }) => [name, adjustment])).toEqual([
      ['螺钉', '300.00'],
      ['堵头', null],
    ])
    expect(total).toMatchObject({ adjustment: '300.00', cost: '525.00' })
    expect((await marginsOf('wang', { ...october, by: 'item' })).total?.adjustment).toBeNull()
    expect((await marginsOf('liu', { ...october, by: 'item', customerId: hongda })).total?.adjustment).toBeNull()
    await assertSound()
  })

  test('what was sold can be asked by who may read amounts, each for the orders he sees, without a word of cost', async () => {
    const report = async (name: Name, asked: object) =>
      call(await as(name), 'salesReport', { ...october, stage: 'ordered', ...asked })
    const mine = await report('li', { by: 'customer' })
    expect(mine).toMatchObject({ total: { orders: 3, gross: '446.35' } })
    expect(mine.rows.map(({ name, gross }) => [name, gross])).toEqual([['宏达', '446.35']])
    expect(JSON.stringify(mine)).not.toMatch(/cost|profit|percent|margin/)
    const all = await report('liu', { by: 'item', sort: 'net' })
    expect(all.rows.map(({ name, shown, orders }) => [name, shown, orders])).toEqual([
      ['螺钉', '6 盒 10 支', 3],
      ['堵头', '3 盒', 2],
    ])
    expect(await refusalOf(report('zhao', { by: 'item' }))).toMatchObject({ code: 'forbidden' })
  })
})
