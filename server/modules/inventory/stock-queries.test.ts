import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { ask } from '#kernel/perform'
import {
  adjust,
  anItem,
  arrive,
  aWarehouse,
  callerWith,
  hold,
  receive,
  refusalOf,
  seller,
  send,
  today,
  type TestItem,
} from './fixtures/goods.ts'
import { inventory } from './contract.ts'
import { inventoryActions as actions } from './index.ts'

const { stock, itemStock, itemMoves, itemAsAt, stockAsAt, stockTrace, expiringLots } = inventory.endpoints
const costs = callerWith({ actions: ['stock.read'], reads: ['cost'] })
let main: string
let shop: string
let bolt: TestItem
let sealant: TestItem
let drill: TestItem

beforeAll(async () => {
  main = await aWarehouse('主仓')
  shop = await aWarehouse('门店仓')
  bolt = await anItem({ name: '地脚螺栓', reorderPoint: '500' })
  sealant = await anItem({ name: '中性密封胶', tracking: 'lot', category: '胶' })
  drill = await anItem({ name: '角磨机', tracking: 'serial', category: '工具', reorderPoint: '2' })
  await arrive({ itemId: bolt.id, warehouseId: main, quantity: 1000, unitCost: '0.5', on: '2026-11-01' })
  await adjust({ itemId: bolt.id, warehouseId: main, quantity: -50, on: '2026-11-05' })
  await receive(
    await send({ itemId: bolt.id, fromId: main, toId: shop, quantity: 300, on: '2026-11-08' }),
    '2026-11-10',
  )
  await hold([{ itemId: bolt.id, warehouseId: main, quantity: 500 }])
  await arrive({
    itemId: sealant.id,
    warehouseId: main,
    quantity: 60,
    lotCode: 'LATE',
    expiresOn: '2027-06-30',
    on: '2026-11-03',
  })
  await arrive({
    itemId: sealant.id,
    warehouseId: shop,
    quantity: 20,
    lotCode: 'SOON',
    expiresOn: '2026-11-15',
    on: '2026-11-04',
  })
  await arrive({ itemId: drill.id, warehouseId: main, quantity: 3, serials: ['X-1', 'X-2', 'X-3'] })
  await adjust({ itemId: drill.id, warehouseId: main, quantity: -1, serials: ['X-2'] })
  await send({ itemId: bolt.id, fromId: main, toId: shop, quantity: 100 })
})
afterAll(closeNumbers)

const listed = async (filter: object, caller = costs) => {
  const answer = await ask(caller, actions.stock, stock.input.parse(filter))
  expect(stock.output.parse(answer)).toEqual(answer)
  return answer
}

describe('what expires', () => {
  const codes = async (filter: object, caller = costs) => {
    const answer = await ask(caller, actions.expiringLots, expiringLots.input.parse(filter))
    expect(expiringLots.output.parse(answer)).toEqual(answer)
    return { ...answer, codes: answer.rows.map(({ code }) => code) }
  }

  test('is listed lot by lot, first to expire first, with those that have expired counted apart', async () => {
    expect(await codes({ until: '2027-12-31' })).toMatchObject({ count: 2, expired: 1, codes: ['SOON', 'LATE'] })
    const { rows } = await codes({ until: '2026-11-30' })
    expect(rows).toMatchObject([{ code: 'SOON', warehouse: '门店仓', onHand: '20', isExpired: true }])
    expect(rows[0]!.daysLeft).toBeLessThan(0)
  })

  test('can be of a warehouse, an item, a category, or from a day on', async () => {
    const until = '2027-12-31'
    expect((await codes({ until, warehouseId: main })).codes).toEqual(['LATE'])
    expect((await codes({ until, category: '工具' })).count).toBe(0)
    expect((await codes({ until, category: '胶', limit: 1 })).codes).toEqual(['SOON'])
    expect((await codes({ until, itemId: sealant.id, from: '2027-01-01' })).codes).toEqual(['LATE'])
    expect((await codes({ until, itemId: bolt.id })).rows).toEqual([])
  })
})

describe('the list of stock', () => {
  test('finds an item by what people type, with its totals in packs', async () => {
    for (const q of ['地脚', 'djls', 'dijiao', bolt.code]) {
      const { rows } = await listed({ q })
      expect(rows.map(({ item }) => item.id)).toEqual([bolt.id])
    }
    const [row] = (await listed({ q: '地脚' })).rows
    expect(row).toMatchObject({
      onHand: '850',
      reserved: '500',
      available: '350',
      incoming: '100',
      isLow: true,
      value: '475.00',
    })
    expect(row!.shown).toEqual({
      onHand: '17 盒',
      reserved: '10 盒',
      available: '7 盒',
      incoming: '2 盒',
      reorderPoint: '10 盒',
    })
  })

  test('can be of one warehouse, of one category, or only of what is low', async () => {
    const ids = async (filter: object) => (await listed(filter)).rows.map(({ item }) => item.id)
    expect(await ids({ category: '胶' })).toEqual([sealant.id])
    expect(await ids({ low: 'true' })).toEqual([bolt.id])
    const { rows } = await listed({ q: '地脚', warehouseId: shop })
    expect(rows).toMatchObject([{ onHand: '300', reserved: '0', incoming: '100', value: '150.00' }])
    expect(await ids({ low: 'true', warehouseId: shop })).toEqual([bolt.id, drill.id])
  })

  test('is read page by page, each item once', async () => {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listed({ limit: 1, cursor })
      seen.push(...page.rows.map(({ item }) => item.code))
      cursor = page.cursor ?? undefined
    } while (cursor)
    expect(seen).toEqual([bolt, sealant, drill].map(({ code }) => code))
    expect((await refusalOf(listed({ cursor: 'nonsense' }))).code).toBe('malformed')
  })

  test('says nothing of value to who may not see costs', async () => {
    const { rows } = await listed({}, seller())
    expect(JSON.stringify(rows)).not.toContain('value')
  })
})

describe('the page of an item', () => {
  test('says where it is, for whom it is held, what comes and what it costs', async () => {
    const page = await ask(costs, actions.itemStock, { itemId: bolt.id })
    expect(itemStock.output.parse(page)).toEqual(page)
    expect(page.warehouses).toMatchObject([
      { name: '主仓', onHand: '550', reserved: '500', available: '50' },
      { name: '门店仓', onHand: '300', shown: { available: '6 盒' } },
    ])
    expect(page.reservations).toMatchObject([
      {
        source: { document: 'sales_order', number: 'SO202611-00001' },
        quantity: '500',
        shown: '10 盒',
        warehouse: '主仓',
      },
    ])
    expect(page.expected).toMatchObject([
      { source: { document: 'stock_transfer' }, from: '主仓', warehouse: '门店仓', quantity: '100', on: today },
    ])
    expect(page.cost).toEqual({ unitCost: '0.5', value: '475.00', quantity: '950', lastCost: '0.5' })
    expect(await ask(seller(), actions.itemStock, { itemId: bolt.id })).not.toHaveProperty('cost')
  })

  test('lists lots first to expire first, and the serial numbers that are there', async () => {
    const { lots } = await ask(costs, actions.itemStock, { itemId: sealant.id })
    expect(lots).toMatchObject([
      { code: 'SOON', expiresOn: '2026-11-15', isExpired: true, warehouse: '门店仓', onHand: '20' },
      { code: 'LATE', isExpired: false, shown: '1 盒 10 支' },
    ])
    const { serials } = await ask(costs, actions.itemStock, { itemId: drill.id })
    expect(serials.map(({ code }) => code)).toEqual(['X-1', 'X-3'])
  })

  test('of an item that does not exist is refused', async () => {
    expect((await refusalOf(ask(costs, actions.itemStock, { itemId: main }))).code).toBe('unknown_item')
  })
})

describe('the moves of an item', () => {
  const moves = async (filter: object = {}, caller = costs) => {
    const answer = await ask(caller, actions.itemMoves, itemMoves.input.parse({ itemId: bolt.id, ...filter }))
    expect(itemMoves.output.parse(answer)).toEqual(answer)
    return answer
  }

  test('come newest first, each with the document behind it and what was there after it', async () => {
    const { rows, cursor } = await moves()
    expect(cursor).toBeNull()
    expect(
      rows.map(({ kind, quantity, balance, cost, effectiveOn }) => [kind, quantity, balance, cost, effectiveOn]),
    ).toEqual([
      ['transfer_out', '-100', '850', '-50.00', today],
      ['transfer_in', '300', '950', '150.00', '2026-11-10'],
      ['transfer_out', '-300', '650', '-150.00', '2026-11-08'],
      ['adjustment', '-50', '950', '-25.00', '2026-11-05'],
      ['receipt', '1000', '1000', '500.00', '2026-11-01'],
    ])
    expect(rows[3]).toMatchObject({
      source: { document: 'stock_adjustment' },
      shown: '-1 盒',
      balanceShown: '19 盒',
      by: '系统',
    })
    expect(rows[3]!.source.number).toMatch(/^SA202611-\d{5}$/)
    expect(JSON.stringify(await moves({}, seller()))).not.toContain('cost')
  })

  test('keep their balances from page to page and in one warehouse, whatever moves meanwhile', async () => {
    const first = await moves({ warehouseId: main, limit: 2 })
    await adjust({ itemId: bolt.id, warehouseId: main, quantity: 50 })
    const second = await moves({ warehouseId: main, limit: 2, cursor: first.cursor })
    await adjust({ itemId: bolt.id, warehouseId: main, quantity: -50 })
    expect([...first.rows, ...second.rows].map(({ balance }) => balance)).toEqual(['550', '650', '950', '1000'])
  })
})

describe('the stock as at a day', () => {
  const at = async (day: string) => {
    const answer = await ask(costs, actions.itemAsAt, { itemId: bolt.id, day })
    expect(itemAsAt.output.parse(answer)).toEqual(answer)
    return [answer.onHand, answer.value, ...answer.warehouses.map(({ name, onHand }) => `${name} ${onHand}`)]
  }

  test('is what the moves up to the end of that day come to', async () => {
    expect(await at('2026-10-31')).toEqual(['0', '0.00'])
    expect(await at('2026-11-01')).toEqual(['1000', '500.00', '主仓 1000'])
    expect(await at('2026-11-07')).toEqual(['950', '475.00', '主仓 950'])
    expect(await at('2026-11-09')).toEqual(['650', '325.00', '主仓 650'])
    expect(await at('2026-11-10')).toEqual(['950', '475.00', '主仓 650', '门店仓 300'])
  })

  test('is told for all items, page by page, and for lots', async () => {
    const first = await ask(costs, actions.stockAsAt, stockAsAt.input.parse({ day: '2026-11-03', limit: '1' }))
    const second = await ask(
      costs,
      actions.stockAsAt,
      stockAsAt.input.parse({ day: '2026-11-03', cursor: first.cursor }),
    )
    expect(stockAsAt.output.parse(first)).toEqual(first)
    const rows = [...first.rows, ...second.rows].map(({ item, onHand, value }) => [item.name, onHand, value])
    expect(rows).toEqual([
      ['地脚螺栓', '1000', '500.00'],
      ['中性密封胶', '60', '120.00'],
    ])
    const { lots } = await ask(costs, actions.itemAsAt, { itemId: sealant.id, day: '2026-11-03' })
    expect(lots).toMatchObject([{ code: 'LATE', warehouse: '主仓', onHand: '60' }])
    const found = await ask(
      costs,
      actions.stockAsAt,
      stockAsAt.input.parse({ q: '密封', day: today, warehouseId: shop }),
    )
    expect(found.rows).toMatchObject([{ onHand: '20', value: '40.00' }])
  })
})

test('a code leads to its lot or serial number, and to every document it went through', async () => {
  const lot = await ask(costs, actions.stockTrace, { code: 'SOON' })
  expect(stockTrace.output.parse(lot)).toEqual(lot)
  expect(lot.found).toMatchObject([
    {
      kind: 'lot',
      warehouse: '门店仓',
      item: { id: sealant.id },
      moves: [{ kind: 'receipt', source: { document: 'goods_receipt' } }],
    },
  ])
  const serial = await ask(costs, actions.stockTrace, { code: 'X-2' })
  expect(serial.found).toMatchObject([
    { kind: 'serial', warehouse: null, moves: [{ quantity: '1' }, { quantity: '-1', kind: 'adjustment' }] },
  ])
  expect((await ask(costs, actions.stockTrace, { code: 'nothing' })).found).toEqual([])
})

test('lists of documents go by number, state and warehouse, newest first', async () => {
  const transfers = await ask(costs, actions.stockTransfers, { state: 'sent', warehouseId: shop, limit: 30 })
  expect(transfers.rows).toMatchObject([
    { state: 'sent', total: '50.00', names: { fromId: '主仓', toId: '门店仓' }, lines: [] },
  ])
  const all: string[] = []
  let cursor: string | undefined
  do {
    const page = await ask(costs, actions.goodsReceipts, { limit: 2, cursor })
    all.push(...page.rows.map(({ id }) => id))
    cursor = page.cursor ?? undefined
  } while (cursor)
  expect(all).toHaveLength(await db.goodsReceipt.count())
  expect(new Set(all).size).toBe(all.length)
  const number = (await db.stockAdjustment.findFirstOrThrow()).number
  const found = await ask(costs, actions.stockAdjustments, { q: number.slice(2).toLowerCase(), limit: 30 })
  expect(found.rows.map((row) => row.number)).toEqual([number])
})
