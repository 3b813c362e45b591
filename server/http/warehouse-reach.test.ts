import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '#contract'
import { inventory } from '#contract/modules/inventory'
import { org } from '#contract/modules/org'
import { sales } from '#contract/modules/sales'
import { newId } from '#kernel/ids'
import { as, closeDoor, ids, openDoor } from '../test/door.ts'
import {
  aCustomer,
  anItem,
  anOrder,
  aWarehouse,
  lineOf,
  openShop,
  shipped,
  stocked,
  today,
} from '../test/door-goods.ts'

const ask = inventory.endpoints

/** What is in the warehouse that he does not reach stands nowhere by chance. */
const elsewhere = '7771.25'
const here = '33'

let main: string
let shop: string
let itemId: string
let orderOfMain: string
let noteOfMain: string
let noteOfShop: string
let transferToShop: string
let documents: { receipt: string; adjustment: string; transfer: string }

beforeAll(async () => {
  await openDoor()
  main = await openShop()
  shop = await aWarehouse('门店仓')
  itemId = await anItem()
  const receipt = await stocked(itemId, main, elsewhere)
  await stocked(itemId, shop, here)
  orderOfMain = await anOrder('seller', await aCustomer('seller'), { itemId, warehouseId: main })
  noteOfMain = await noteOf(orderOfMain)
  noteOfShop = await noteOf(
    await anOrder('seller', await aCustomer('seller'), { itemId, warehouseId: shop, quantity: '2' }),
  )
  const lines = () => [{ id: newId(), itemId, entered: [{ unit: '支', quantity: '5' }] }]
  const van = await aWarehouse('车销仓')
  const [transfer, adjustment] = [newId(), newId()]
  transferToShop = newId()
  const owner = as('owner')
  await owner.call(ask.createStockTransfer, { id: transfer, fromId: main, toId: van, lines: lines() })
  await owner.call(ask.createStockTransfer, { id: transferToShop, fromId: main, toId: shop, lines: lines() })
  await owner.call(ask.createStockAdjustment, { id: adjustment, warehouseId: main, reason: '盘点', lines: lines() })
  documents = { receipt, adjustment, transfer }
  await limit('warehouse', [shop])
})
afterAll(closeDoor)

const limit = (who: 'warehouse' | 'seller', warehouseIds: string[]) =>
  as('admin').call(ask.limitPerson, { id: ids[who], warehouseIds })

async function noteOf(orderId: string): Promise<string> {
  const { rows } = await as('owner').call(sales.endpoints.deliveries, { orderId })
  return rows[0]!.id
}

const keeper = () => as('warehouse')
const codeOf = async (endpoint: Endpoint, input: object, who = keeper()): Promise<string> => {
  const { body, status } = await who.try(endpoint, input)
  return status === 200 ? 'done' : body.code
}

describe('a keeper of one warehouse', () => {
  test('finds in stock what is in it, and nothing of what is elsewhere', async () => {
    const reads: [Endpoint, object][] = [
      [ask.stock, {}],
      [ask.stock, { warehouseId: main }],
      [ask.itemStock, { itemId }],
      [ask.itemMoves, { itemId }],
      [ask.itemMoves, { itemId, warehouseId: main }],
      [ask.itemAsAt, { itemId, day: today() }],
      [ask.stockAsAt, { day: today() }],
      [ask.stockAsAt, { day: today(), warehouseId: main }],
      [ask.goodsReceipts, {}],
      [ask.stockTransfers, {}],
      [ask.stockAdjustments, {}],
      [sales.endpoints.deliveries, {}],
    ]
    const everything = await Promise.all(reads.map(([endpoint, input]) => as('owner').try(endpoint, input)))
    expect(everything.some(({ text }) => text.includes(elsewhere))).toBe(true)
    for (const [endpoint, input] of reads) {
      const answer = await keeper().try(endpoint, input)
      expect(answer.status, endpoint.path).toBe(200)
      expect(answer.text, endpoint.path).not.toMatch(/7771\.25|7804\.25/)
    }
    const { onHand, warehouses } = await keeper().call(ask.itemStock, { itemId })
    expect([onHand, warehouses.map(({ id }) => id)]).toEqual([here, [shop]])
    const { rows } = await keeper().call(ask.stockTransfers, {})
    expect(rows.map(({ id }) => id)).toEqual([transferToShop])
  })

  test('is answered about documents of other warehouses as if there were none', async () => {
    const tried: [Endpoint, string][] = [
      [ask.goodsReceipt, documents.receipt],
      [ask.stockTransfer, documents.transfer],
      [ask.stockAdjustment, documents.adjustment],
      [sales.endpoints.delivery, noteOfMain],
    ]
    for (const [endpoint, id] of tried) {
      const foreign = await keeper().try(endpoint, { id })
      const missing = await keeper().try(endpoint, { id: newId() })
      expect([foreign.status, foreign.text], endpoint.path).toEqual([404, missing.text])
    }
  })

  test('posts nothing there', async () => {
    const lines = () => [{ id: newId(), itemId, entered: [{ unit: '支', quantity: '1' }] }]
    const receipt = { id: newId(), kind: 'other', warehouseId: main, lines: lines() }
    const adjustment = { id: newId(), warehouseId: main, reason: '盘点', lines: lines() }
    const codes = [
      await codeOf(ask.createGoodsReceipt, receipt),
      await codeOf(ask.createStockAdjustment, adjustment),
      await codeOf(ask.createStockTransfer, { id: newId(), fromId: main, toId: shop, lines: lines() }),
      await codeOf(ask.sendStockTransfer, { id: transferToShop, version: 1 }),
      await codeOf(ask.cancelStockTransfer, { id: transferToShop, version: 1 }),
      await codeOf(ask.bins, { id: main }),
      await codeOf(ask.createBins, { id: main, codes: 'A-01' }),
    ]
    expect(codes).toEqual(codes.map(() => 'warehouse_not_yours'))
    expect(await codeOf(sales.endpoints.startPicking, { id: noteOfMain, version: 1 })).toBe('not_found')
    expect(await codeOf(ask.postStockAdjustment, { id: documents.adjustment, version: 1 })).toBe('not_found')
  })

  test('receives what the others send, and sends to them', async () => {
    expect((await keeper().call(ask.stockTransfer, { id: transferToShop })).transfer.can).toEqual([])
    await as('owner').call(ask.sendStockTransfer, { id: transferToShop, version: 1 })
    const { transfer } = await keeper().call(ask.stockTransfer, { id: transferToShop })
    expect(transfer.can).toEqual(['receive'])
    expect(await codeOf(ask.receiveStockTransfer, { id: transferToShop, version: transfer.version })).toBe('done')
    const lines = [{ id: newId(), itemId, entered: [{ unit: '支', quantity: '1' }] }]
    expect(await codeOf(ask.createStockTransfer, { id: newId(), fromId: shop, toId: main, lines })).toBe('done')
    expect(await codeOf(sales.endpoints.startPicking, { id: noteOfShop, version: 1 })).toBe('done')
  })

  test('still reads what the warehouses are called, for transfers to go somewhere', async () => {
    const { rows } = await keeper().call(ask.warehouses, {})
    expect(rows.filter(({ isMine }) => isMine).map(({ id }) => id)).toEqual([shop])
    expect(rows.map(({ id }) => id)).toContain(main)
  })
})

test('a seller of one warehouse sells from it alone, and follows what he sold wherever it leaves', async () => {
  await limit('seller', [shop])
  const customerId = await aCustomer('seller')
  const { previewOrder, createOrder, createQuotation, delivery } = sales.endpoints
  const from = (warehouseId: string) => ({
    id: newId(),
    customerId,
    warehouseId,
    lines: [lineOf({ itemId, warehouseId: shop, quantity: '1' })],
  })
  const order = { ...from(main), submit: true }
  expect(await codeOf(createOrder, order, as('seller'))).toBe('not_found')
  expect(await codeOf(createQuotation, { ...from(main), validUntil: today() }, as('seller'))).toBe('not_found')
  expect(await codeOf(createOrder, { ...from(shop), submit: true }, as('seller'))).toBe('done')
  const { id: _, ...tried } = from(shop)
  const preview = await as('seller').call(previewOrder, tried)
  expect(preview.lines[0]!.availability.warehouses.map(({ warehouseId }) => warehouseId)).toEqual([shop])
  const own = await as('seller').call(delivery, { id: noteOfMain })
  expect(own.delivery.can).toEqual([])
  await limit('seller', [])
})

test('what a role reaches holds for everybody who has it, and a person’s own limit within it', async () => {
  const { roles } = await as('admin').call(org.endpoints.roles, {})
  const role = roles.find(({ key }) => key === 'warehouse')!
  await limit('warehouse', [])
  await shipped(orderOfMain)
  expect((await keeper().call(ask.itemStock, { itemId })).warehouses).toHaveLength(2)
  const rights = { ...role.rights, warehouses: [main] }
  const changed = await as('admin').call(org.endpoints.changeRole, { key: 'warehouse', rights, version: role.version })
  expect((await keeper().call(ask.itemStock, { itemId })).warehouses.map(({ id }) => id)).toEqual([main])
  await limit('warehouse', [shop])
  expect((await keeper().call(ask.itemStock, { itemId })).warehouses).toEqual([])
  await limit('warehouse', [])
  await as('admin').call(org.endpoints.changeRole, { key: 'warehouse', rights: role.rights, version: changed.version })
})

test('nobody is limited to a warehouse that there is not', async () => {
  expect(await codeOf(ask.limitPerson, { id: ids.warehouse, warehouseIds: [newId()] }, as('admin'))).toBe('not_found')
  expect(await codeOf(ask.limitPerson, { id: newId(), warehouseIds: [shop] }, as('admin'))).toBe('not_found')
})

describe('bins', () => {
  const codesOf = async (q?: string) =>
    (await keeper().call(ask.bins, { id: shop, ...(q && { q }) })).rows.map(({ code }) => code)

  test('are made by a range, and those that are there stay', async () => {
    await keeper().call(ask.createBins, { id: shop, codes: 'A-01' })
    expect(await keeper().call(ask.createBins, { id: shop, codes: 'a-01..a-03, B-01' })).toEqual({ made: 3, there: 1 })
    expect(await codesOf()).toEqual(['A-01', 'A-02', 'A-03', 'B-01'])
    expect(await codesOf('b-')).toEqual(['B-01'])
    expect(await codeOf(ask.createBins, { id: shop, codes: 'A-9..A-1' })).toBe('bad_bin_pattern')
  })

  test('are read page by page', async () => {
    const first = await keeper().call(ask.bins, { id: shop, limit: '3' })
    const second = await keeper().call(ask.bins, { id: shop, limit: '3', cursor: first.cursor! })
    expect([first, second].map(({ rows }) => rows.map(({ code }) => code))).toEqual([
      ['A-01', 'A-02', 'A-03'],
      ['B-01'],
    ])
  })

  test('order the lines of a delivery note, tell a scan what lies there, and are told on the stock page', async () => {
    const other = await anItem()
    await stocked(other, shop, '50')
    const { rows } = await keeper().call(ask.bins, { id: shop })
    const bin = (code: string) => rows.find((one) => one.code === code)!.id
    const place = (item: string, ...codes: string[]) =>
      keeper().call(ask.placeItem, { id: shop, itemId: item, binIds: codes.map(bin) })
    await place(itemId, 'B-01', 'A-02')
    await place(other, 'A-03')
    const id = newId()
    const lines = [
      lineOf({ itemId, warehouseId: shop, quantity: '1' }),
      lineOf({ itemId: other, warehouseId: shop, quantity: '1' }),
    ]
    const customerId = await aCustomer('seller')
    await as('seller').call(sales.endpoints.createOrder, { id, customerId, warehouseId: shop, lines, submit: true })
    const note = await noteOf(id)
    const { lines: toPick, delivery } = await keeper().call(sales.endpoints.delivery, { id: note })
    expect(toPick.map((line) => line.bins.map(({ code }) => code))).toEqual([['A-03'], ['B-01', 'A-02']])
    expect(delivery.lines.map((line) => line.itemId)).toEqual([itemId, other])

    const scan = (code: string) => codeOf(sales.endpoints.scan, { id: note, scan: code })
    expect([await scan('a-03'), await scan('A-01'), await scan('A-77')]).toEqual([
      'scan_goods',
      'bin_without_goods',
      'unknown_scan',
    ])
    const { warehouses } = await keeper().call(ask.itemStock, { itemId })
    expect(warehouses.find((one) => one.id === shop)!.bins.map(({ code }) => code)).toEqual(['B-01', 'A-02'])
    const arriving = [{ id: newId(), itemId, entered: [{ unit: '支', quantity: '1' }] }]
    const made = { id: newId(), kind: 'other' as const, warehouseId: shop, lines: arriving }
    const receipt = await keeper().call(ask.createGoodsReceipt, made)
    expect(receipt.lines[0]!.bins[0]!.code).toBe('B-01')
  })

  test('that are switched off are looked in no more; one that was renamed keeps its goods', async () => {
    const { rows } = await keeper().call(ask.bins, { id: shop })
    const [b, a] = [rows.find(({ code }) => code === 'B-01')!, rows.find(({ code }) => code === 'A-02')!]
    expect(await codeOf(ask.editBin, { id: a.id, version: a.version, code: 'a-03' })).toBe('bin_code_taken')
    await keeper().call(ask.editBin, { id: b.id, version: b.version, active: false })
    await keeper().call(ask.editBin, { id: a.id, version: a.version, code: 'C-09', name: '门口' })
    expect(await codeOf(ask.editBin, { id: a.id, version: a.version, name: '晚了' })).toBe('stale')
    const { warehouses } = await keeper().call(ask.itemStock, { itemId })
    expect(warehouses.find((one) => one.id === shop)!.bins.map(({ code }) => code)).toEqual(['C-09'])
    expect(await codeOf(ask.placeItem, { id: shop, itemId, binIds: [b.id] })).toBe('bins_elsewhere')
    expect(await codeOf(ask.placeItem, { id: main, itemId, binIds: [a.id] })).toBe('bins_elsewhere')
  })
})
