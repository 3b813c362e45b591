import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import {
  adjust,
  anItem,
  arrive,
  aWarehouse,
  d,
  hold,
  house,
  now,
  refusalOf,
  send,
  assertSound,
} from './fixtures/goods.ts'
import { availability, release, releaseExpired } from './index.ts'

let main: string
let shop: string

beforeAll(async () => {
  main = await aWarehouse('主仓')
  shop = await aWarehouse('门店仓')
})

afterAll(closeNumbers)

afterEach(assertSound)

const availableOf = async (itemId: string, warehouseId?: string): Promise<string> =>
  (await availability(db, { itemIds: [itemId], warehouses: warehouseId ? [warehouseId] : null }))
    .get(itemId)!
    .available.toString()

const letGo = (orderId: string) => perform(house, (tx) => release(tx, orderId), undefined)

describe('holding stock', () => {
  test('takes it out of what is available, not out of what is on hand', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 100 })
    await hold([{ itemId: item.id, warehouseId: main, quantity: 30 }])
    const there = (await availability(db, { itemIds: [item.id] })).get(item.id)!
    expect([there.onHand, there.reserved, there.available].map(String)).toEqual(['100', '30', '70'])
    expect(there.warehouses).toMatchObject([{ warehouseId: main, name: '主仓' }])
  })

  test('is all or nothing: one short line holds back the others, and says what is truly left and what is coming', async () => {
    const [bolt, nut] = [await anItem(), await anItem({ name: '螺母' })]
    await arrive({ itemId: bolt.id, warehouseId: main, quantity: 1000 })
    await arrive({ itemId: nut.id, warehouseId: main, quantity: 120 })
    await arrive({ itemId: nut.id, warehouseId: shop, quantity: 500 })
    await send({ itemId: nut.id, fromId: shop, toId: main, quantity: 200 })
    const lines = [
      { itemId: bolt.id, warehouseId: main, quantity: 10 },
      { itemId: nut.id, warehouseId: main, quantity: 150 },
    ]
    const refusal = await refusalOf(hold(lines))
    expect(refusal.code).toBe('out_of_stock')
    expect(refusal.facts['lines']).toMatchObject([
      { itemId: nut.id, wanted: '150', available: '120', incoming: [{ quantity: '200', on: '2026-11-20' }] },
    ])
    expect(refusal.say('zh')).toBe('螺母 在主仓可用 2 盒 20 支，不够 3 盒；请减少数量、换仓库或等到货')
    expect(await db.reservation.count({ where: { itemId: { in: [bolt.id, nut.id] } } })).toBe(0)
    expect(await availableOf(bolt.id)).toBe('1000')
  })

  test('takes the part that is there when a part is enough', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 8 })
    const wanted = [5, 5, 5].map((quantity) => ({ itemId: item.id, warehouseId: main, quantity }))
    const { reserved } = await hold(wanted, { partial: true })
    expect(reserved.map((line) => [String(line.reserved), String(line.short)])).toEqual([
      ['5', '0'],
      ['3', '2'],
      ['0', '5'],
    ])
    expect(await availableOf(item.id)).toBe('0')
  })

  test('of a line that is held already holds more of it', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10 })
    const line = { itemId: item.id, warehouseId: main, lineId: newId() }
    const { orderId } = await hold([{ ...line, quantity: 4 }])
    await hold([{ ...line, quantity: 3 }], { orderId })
    expect(await db.reservation.findMany({ where: { sourceId: orderId } })).toMatchObject([
      { sourceLineId: line.lineId },
    ])
    expect(await availableOf(item.id)).toBe('3')
  })

  test('of an item that may run short is never refused', async () => {
    const item = await anItem({ allowNegative: true })
    await hold([{ itemId: item.id, warehouseId: main, quantity: 7 }])
    await hold([{ itemId: item.id, warehouseId: main, quantity: 5 }])
    expect(await availableOf(item.id)).toBe('-12')
  })

  test('of nothing, or of an item that does not exist, is refused', async () => {
    const item = await anItem()
    expect((await refusalOf(hold([{ itemId: item.id, warehouseId: main, quantity: 0 }]))).code).toBe(
      'quantity_not_positive',
    )
    expect((await refusalOf(hold([{ itemId: newId(), warehouseId: main, quantity: 1 }]))).code).toBe('unknown_item')
  })
})

describe('letting go', () => {
  test('gives back what is held, exactly once', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10 })
    const { orderId } = await hold([{ itemId: item.id, warehouseId: main, quantity: 6 }])
    await hold([{ itemId: item.id, warehouseId: main, quantity: 1 }])
    await Promise.all([letGo(orderId), letGo(orderId), letGo(orderId)])
    await letGo(orderId)
    expect(await availableOf(item.id)).toBe('9')
  })

  test('happens by itself when the time is over, and is told once to whom it was held for', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10 })
    const soon = new Date(now.getTime() + 3_600_000)
    const { orderId } = await hold([{ itemId: item.id, warehouseId: main, quantity: 4 }], { expiresAt: soon })
    await hold([{ itemId: item.id, warehouseId: main, quantity: 5 }])
    await perform(house, releaseExpired, undefined)
    expect(await availableOf(item.id)).toBe('1')
    const later = systemCaller(new Date(soon.getTime() + 1))
    await Promise.all([perform(later, releaseExpired, undefined), perform(later, releaseExpired, undefined)])
    expect(await availableOf(item.id)).toBe('5')
    const told = await db.event.findMany({ where: { name: 'inventory.hold-expired' } })
    expect(told.map(({ body }) => body)).toEqual([{ sourceDocument: 'sales_order', sourceId: orderId }])
  })
})

describe('64 orders at the same moment', () => {
  const atOnce = (orders: (() => Promise<unknown>)[]) => Promise.allSettled(orders.map((order) => order()))

  test('get no more than the 100 pieces there are, and all of them when the demand allows', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 100 })
    const outcomes = await atOnce(
      Array.from(
        { length: 64 },
        (_, i) => () => hold([{ itemId: item.id, warehouseId: main, quantity: (i % 7) + 1 }], { partial: true }),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    const held = await db.reservation.aggregate({ where: { itemId: item.id }, _sum: { quantity: true } })
    expect(String(held._sum.quantity)).toBe('100')
    expect(await availableOf(item.id)).toBe('0')
  })

  test('that want several items from two warehouses each get all of theirs or none', async () => {
    const items = [await anItem(), await anItem(), await anItem()]
    for (const { id } of items)
      for (const warehouseId of [main, shop]) await arrive({ itemId: id, warehouseId, quantity: 50 })
    const places = items.flatMap(({ id }) => [main, shop].map((warehouseId) => ({ itemId: id, warehouseId })))
    // Each order begins its lines elsewhere, so that locks taken in the order of lines would meet head-on.
    const orders = Array.from({ length: 64 }, (_, i) =>
      places.map((__, j) => ({ ...places[(i + j) % places.length]!, quantity: 1 + (i % 3) })),
    )
    const outcomes = await atOnce(orders.map((wanted) => () => hold(wanted)))
    const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(new Set(refused.map((reason) => reason.code))).toEqual(new Set(['out_of_stock']))
    const balances = await db.stockBalance.findMany({ where: { itemId: { in: items.map(({ id }) => id) } } })
    expect(new Set(balances.map(({ reserved }) => String(reserved))).size).toBe(1)
    const left = new Decimal(50).minus(String(balances[0]!.reserved))
    expect(left.gte(0) && left.lt(3)).toBe(true)
  })

  test('share what is left with corrections, transfers and releases that go on meanwhile', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 100 })
    const orders = Array.from({ length: 40 }, (_, i) => async () => {
      const { orderId } = await hold([{ itemId: item.id, warehouseId: main, quantity: (i % 5) + 1 }])
      if (i % 4 === 0) await letGo(orderId)
    })
    const others = Array.from({ length: 8 }, (_, i) => async () => {
      if (i % 2 === 0) await adjust({ itemId: item.id, warehouseId: main, quantity: i % 4 === 0 ? 3 : -2 })
      else await send({ itemId: item.id, fromId: main, toId: shop, quantity: 2 })
    })
    const outcomes = await atOnce([...orders, ...others])
    const faults = outcomes.flatMap((one) =>
      one.status === 'rejected' && one.reason.code !== 'out_of_stock' ? [one.reason] : [],
    )
    expect(faults).toEqual([])
    const { onHand, reserved } = (await availability(db, { itemIds: [item.id], warehouses: [main] })).get(item.id)!
    expect(reserved.gte(0) && reserved.lte(onHand)).toBe(true)
    expect(d(onHand).gt(0)).toBe(true)
  })
})
