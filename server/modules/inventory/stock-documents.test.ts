import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { dateOf } from '#kernel/days'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import {
  adjust,
  anItem,
  arrive,
  aWarehouse,
  callerWith,
  hold,
  house,
  keeper,
  keeperActions,
  now,
  receive,
  refusalOf,
  seller,
  send,
  type TestItem,
  assertSound,
} from './fixtures/goods.ts'
import { inventory } from './contract.ts'
import { availability, inventoryActions as actions } from './index.ts'

const { createGoodsReceipt, editGoodsReceipt, receiveGoodsReceipt } = inventory.endpoints
let main: string
let shop: string

beforeAll(async () => {
  main = await aWarehouse('主仓')
  shop = await aWarehouse('门店仓')
})
afterAll(closeNumbers)
afterEach(assertSound)

type Line = {
  id?: string
  unit?: string
  quantity?: string
  lotCode?: string
  expiresOn?: string
  serials?: string[]
  unitCost?: string
}
const lineOf = (item: TestItem, { id = newId(), unit = '支', quantity = '1', ...line }: Line) => {
  return { id, itemId: item.id, entered: [{ unit, quantity }], ...line }
}
const expectGoods = (lines: object[], changes: object = {}, caller = house) => {
  const input = createGoodsReceipt.input.parse({ id: newId(), kind: 'purchase', warehouseId: main, lines, ...changes })
  return perform(caller, actions.createGoodsReceipt, input)
}
type Page = Awaited<ReturnType<typeof expectGoods>>
const receiveGoods = ({ receipt }: Page, changes: object = {}, caller = house) =>
  perform(
    caller,
    actions.receiveGoodsReceipt,
    receiveGoodsReceipt.input.parse({ id: receipt.id, version: receipt.version, ...changes }),
  )
const there = async ({ id }: TestItem, warehouseId?: string) => {
  const levels = (await availability(db, { itemIds: [id], warehouses: warehouseId ? [warehouseId] : null })).get(id)!
  return { onHand: String(levels.onHand), incoming: levels.incoming.map(({ quantity }) => String(quantity)) }
}

describe('a goods receipt', () => {
  test('is incoming while it is expected, and on hand when it has come', async () => {
    const item = await anItem()
    const line = {
      ...lineOf(item, { unitCost: '0.62' }),
      entered: [
        { unit: '箱', quantity: '12' },
        { unit: '支', quantity: '7' },
      ],
    }
    const expected = await expectGoods([line], { expectedOn: '2026-11-25' })
    expect(createGoodsReceipt.output.parse(expected)).toEqual(expected)
    expect(expected.receipt).toMatchObject({ state: 'expected', total: '7444.34', can: ['edit', 'receive', 'cancel'] })
    expect(expected.receipt.lines).toMatchObject([{ quantity: '12007', shown: '12 箱 7 支', amount: '7444.34' }])
    expect(await there(item)).toEqual({ onHand: '0', incoming: ['12007'] })
    const received = await receiveGoods(expected)
    expect(received.receipt).toMatchObject({ state: 'received', receivedOn: '2026-11-20', version: 2, can: [] })
    expect(received.timeline.map(({ action }) => action)).toEqual(['create', 'receive'])
    expect(await there(item)).toEqual({ onHand: '12007', incoming: [] })
    const told = await db.event.findFirstOrThrow({
      where: { name: 'inventory.goods-received' },
      orderBy: { id: 'desc' },
    })
    expect(told.body).toMatchObject({ receiptId: received.receipt.id, itemIds: [item.id] })
  })

  test('takes in what actually came: less, in two lots, or nothing of a line', async () => {
    const [sealant, bolt] = [await anItem({ tracking: 'lot' }), await anItem()]
    const expected = await expectGoods([lineOf(sealant, { quantity: '100' }), lineOf(bolt, { quantity: '9' })])
    expect((await refusalOf(receiveGoods(expected))).code).toBe('lot_needed')
    const came = [
      lineOf(sealant, { quantity: '60', lotCode: 'L1', expiresOn: '2027-01-31' }),
      lineOf(sealant, { quantity: '30', lotCode: 'L2', expiresOn: '2027-02-28' }),
      lineOf(bolt, { quantity: '0' }),
    ]
    const received = await receiveGoods(expected, { lines: came, on: '2026-11-18' })
    expect(received.receipt).toMatchObject({ receivedOn: '2026-11-18' })
    expect(await db.lot.findMany({ where: { itemId: sealant.id }, orderBy: { code: 'asc' } })).toMatchObject([
      { code: 'L1', expiresOn: dateOf('2027-01-31'), receivedOn: dateOf('2026-11-18') },
      { code: 'L2' },
    ])
    expect([await there(sealant), await there(bolt)].map(({ onHand }) => onHand)).toEqual(['90', '0'])
    const none = await expectGoods([lineOf(bolt, {})])
    expect((await refusalOf(receiveGoods(none, { lines: [lineOf(bolt, { quantity: '0' })] }))).code).toBe(
      'nothing_received',
    )
  })

  test('of a known lot does not change when it expires', async () => {
    const item = await anItem({ tracking: 'lot' })
    await arrive({ itemId: item.id, warehouseId: main, quantity: 1, lotCode: 'L', expiresOn: '2027-01-31' })
    const more = { itemId: item.id, warehouseId: main, quantity: 1, lotCode: 'L' }
    expect((await refusalOf(arrive({ ...more, expiresOn: '2027-03-31' }))).code).toBe('lot_expiry_differs')
    await arrive(more)
    expect((await there(item)).onHand).toBe('2')
  })

  test('brings as many serial numbers as pieces, and none twice', async () => {
    const item = await anItem({ tracking: 'serial' })
    const wanted = { itemId: item.id, warehouseId: main, quantity: 2 }
    expect((await refusalOf(arrive({ ...wanted, serials: ['A'] }))).code).toBe('serials_do_not_match')
    expect((await refusalOf(arrive({ ...wanted, serials: ['A', 'A'] }))).code).toBe('serials_do_not_match')
    await arrive({ ...wanted, serials: ['A', 'B'] })
    const twice = await refusalOf(arrive({ ...wanted, serials: ['B', 'C'] }))
    expect([twice.code, twice.facts['serial']]).toEqual(['serial_in_stock', 'B'])
  })

  test('refuses what does not come out, with the field it was typed into', async () => {
    const item = await anItem()
    const half = await refusalOf(expectGoods([lineOf(item, {}), lineOf(item, { unit: '斤' })]))
    expect([half.code, half.issues[0]?.field]).toEqual(['unknown_unit', 'lines.1.entered'])
    await db.itemUnit.create({ data: { itemId: item.id, unit: '组', numerator: 1, denominator: 3 } })
    const inexact = await refusalOf(expectGoods([lineOf(item, { unit: '组' })]))
    expect([inexact.code, inexact.issues[0]?.field]).toEqual(['inexact_quantity', 'lines.0.entered'])
    expect((await refusalOf(expectGoods([lineOf(item, { quantity: '-1' })]))).issues[0]?.field).toBe('lines.0.entered')
    expect((await refusalOf(expectGoods([]))).code).toBe('no_stock_lines')
    const unknown = await refusalOf(expectGoods([lineOf({ ...item, id: newId() }, {})]))
    expect([unknown.code, unknown.issues[0]?.field]).toEqual(['unknown_item', 'lines.0.itemId'])
    expect((await refusalOf(expectGoods([lineOf(item, {})], { warehouseId: newId() }))).code).toBe('not_found')
    expect((await refusalOf(expectGoods([lineOf(item, {})], { supplierId: newId() }))).code).toBe('not_found')
  })

  test('is neither changed nor received by who has seen an older version, or once it is settled', async () => {
    const item = await anItem()
    const page = await expectGoods([lineOf(item, { quantity: '5' })])
    const edit = (version: number) =>
      editGoodsReceipt.input.parse({ id: page.receipt.id, version, note: '改期', expectedOn: '2026-12-01' })
    const edited = await perform(house, actions.editGoodsReceipt, edit(1))
    expect(edited.receipt).toMatchObject({ note: '改期', version: 2, lines: [{ quantity: '5' }] })
    expect((await refusalOf(perform(house, actions.editGoodsReceipt, edit(1)))).code).toBe('stale')
    expect((await refusalOf(receiveGoods(page))).code).toBe('stale')
    const cancelled = await perform(house, actions.cancelGoodsReceipt, { id: page.receipt.id, version: 2 })
    expect(cancelled.receipt.state).toBe('cancelled')
    const refusal = await refusalOf(receiveGoods(cancelled))
    expect(refusal.say('zh')).toBe('入库单当前是「已取消」，不能入库')
    expect(await there(item)).toEqual({ onHand: '0', incoming: [] })
  })

  test('received by two people at the same moment comes in once', async () => {
    const item = await anItem()
    const page = await expectGoods([lineOf(item, { quantity: '5' })])
    const both = await Promise.allSettled([receiveGoods(page), receiveGoods(page)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await there(item)).onHand).toBe('5')
  })

  test('cannot be dated into a closed period or the future', async () => {
    const item = await anItem()
    await db.setting.create({ data: { key: 'finance.closed_until', value: { until: '2026-10-31' }, changedAt: now } })
    const closed = await refusalOf(arrive({ itemId: item.id, warehouseId: main, quantity: 1, on: '2026-10-31' }))
    await db.setting.delete({ where: { key: 'finance.closed_until' } })
    expect(closed.code).toBe('closed_period')
    expect((await refusalOf(arrive({ itemId: item.id, warehouseId: main, quantity: 1, on: '2026-11-21' }))).code).toBe(
      'future_day',
    )
  })

  test('goes into the next period where it is entered so: it keeps its day, its goods come later, and it says so', async () => {
    const item = await anItem()
    await db.setting.create({ data: { key: 'finance.closed_until', value: { until: '2026-10-31' }, changedAt: now } })
    const page = await expectGoods([lineOf(item, { quantity: '5' })])
    const received = await receiveGoods(page, { on: '2026-10-28', intoNextPeriod: true })
    await db.setting.delete({ where: { key: 'finance.closed_until' } })
    expect(received.receipt.receivedOn).toBe('2026-10-28')
    expect(received.movedLater).toEqual([{ kind: 'receipt', on: '2026-11-01', documentOn: '2026-10-28' }])
    const { rows } = await perform(house, actions.itemMoves, { itemId: item.id, limit: 10 })
    expect(rows).toMatchObject([{ effectiveOn: '2026-11-01', documentOn: '2026-10-28' }])
    const then = (day: string) => perform(house, actions.itemAsAt, { itemId: item.id, day })
    expect([(await then('2026-10-31')).onHand, (await then('2026-11-01')).onHand]).toEqual(['0', '5'])
  })
})

describe('a transfer', () => {
  test('carries its value: what arrives is worth what left, whatever came in meanwhile', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 3, unitCost: '3.333333' })
    const sent = await send({ itemId: item.id, fromId: main, toId: shop, quantity: 2 })
    expect(sent.transfer).toMatchObject({ state: 'sent', total: '6.67', can: ['receive'] })
    expect(await there(item, main)).toEqual({ onHand: '1', incoming: [] })
    expect(await there(item, shop)).toEqual({ onHand: '0', incoming: ['2'] })
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10, unitCost: '9' })
    const received = await receive(sent)
    expect(received.transfer).toMatchObject({ state: 'received', can: [] })
    expect(await there(item, shop)).toEqual({ onHand: '2', incoming: [] })
    const arrived = await db.stockMove.findFirstOrThrow({ where: { itemId: item.id, kind: 'transfer_in' } })
    expect(String(arrived.cost)).toBe('6.67')
  })

  test('takes the lots that expire first, and brings serial numbers to the other warehouse', async () => {
    const [sealant, drill] = [await anItem({ tracking: 'lot' }), await anItem({ tracking: 'serial' })]
    await arrive({ itemId: sealant.id, warehouseId: main, quantity: 5, lotCode: 'LATE', expiresOn: '2027-06-30' })
    await arrive({ itemId: sealant.id, warehouseId: main, quantity: 5, lotCode: 'SOON', expiresOn: '2026-12-31' })
    await arrive({ itemId: drill.id, warehouseId: main, quantity: 2, serials: ['D1', 'D2'] })
    const lots = await send({ itemId: sealant.id, fromId: main, toId: shop, quantity: 7 })
    expect(lots.transfer.lines[0]?.lotCodes).toBe('SOON 5 支、LATE 2 支')
    const serials = await send({ itemId: drill.id, fromId: main, toId: shop, quantity: 1, serials: ['D2'] })
    expect(await db.serial.findFirst({ where: { itemId: drill.id, code: 'D2' } })).toMatchObject({
      state: 'in_transit',
    })
    await receive(serials)
    expect(await db.serial.findFirst({ where: { itemId: drill.id, code: 'D2' } })).toMatchObject({
      state: 'in_stock',
      warehouseId: shop,
    })
  })

  test('leaves what is held for orders, goes to another warehouse, and does not arrive before it was sent', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 5, on: '2026-11-01' })
    await hold([{ itemId: item.id, warehouseId: main, quantity: 4 }])
    expect((await refusalOf(send({ itemId: item.id, fromId: main, toId: shop, quantity: 2 }))).code).toBe(
      'out_of_stock',
    )
    expect((await refusalOf(send({ itemId: item.id, fromId: main, toId: main, quantity: 1 }))).code).toBe(
      'same_warehouse',
    )
    const sent = await send({ itemId: item.id, fromId: main, toId: shop, quantity: 1, on: '2026-11-10' })
    expect((await refusalOf(receive(sent, '2026-11-09'))).code).toBe('received_before_sent')
    await receive(sent, '2026-11-12')
  })
})

describe('an adjustment', () => {
  test('changes what is on hand with a reason, at the cost it has or is given', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10, unitCost: '2' })
    const less = await adjust({ itemId: item.id, warehouseId: main, quantity: -3 })
    expect(less.adjustment).toMatchObject({
      state: 'posted',
      reason: '盘点',
      total: '-6.00',
      lines: [{ shown: '-3 支' }],
    })
    const more = await adjust({ itemId: item.id, warehouseId: main, quantity: 2, unitCost: '5' })
    expect(more.adjustment.total).toBe('10.00')
    expect((await there(item)).onHand).toBe('9')
  })

  test('does not take what is held, nor change by nothing, nor know new serial numbers', async () => {
    const [item, drill] = [await anItem(), await anItem({ tracking: 'serial' })]
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10 })
    await hold([{ itemId: item.id, warehouseId: main, quantity: 9 }])
    expect((await refusalOf(adjust({ itemId: item.id, warehouseId: main, quantity: -2 }))).code).toBe('out_of_stock')
    expect((await refusalOf(adjust({ itemId: item.id, warehouseId: main, quantity: 0 }))).code).toBe(
      'quantity_not_changed',
    )
    const unknown = await refusalOf(adjust({ itemId: drill.id, warehouseId: main, quantity: 1, serials: ['X'] }))
    expect([unknown.code, unknown.issues[0]?.field]).toEqual(['serial_unknown', 'lines.0.serials'])
  })

  test('brings a lost serial number back, and takes a lot down', async () => {
    const [drill, sealant] = [await anItem({ tracking: 'serial' }), await anItem({ tracking: 'lot' })]
    await arrive({ itemId: drill.id, warehouseId: main, quantity: 1, serials: ['D'] })
    await adjust({ itemId: drill.id, warehouseId: main, quantity: -1, serials: ['D'] })
    await adjust({ itemId: drill.id, warehouseId: shop, quantity: 1, serials: ['D'] })
    expect((await there(drill, shop)).onHand).toBe('1')
    await arrive({ itemId: sealant.id, warehouseId: main, quantity: 5, lotCode: 'L' })
    const lotId = (await db.lot.findFirstOrThrow({ where: { itemId: sealant.id } })).id
    const page = await adjust({ itemId: sealant.id, warehouseId: main, quantity: -5, lotId })
    expect(page.adjustment.lines[0]?.names).toMatchObject({ lotId: 'L' })
    expect((await refusalOf(adjust({ itemId: sealant.id, warehouseId: main, quantity: -1, lotId }))).code).toBe(
      'out_of_stock',
    )
  })
})

describe('rights', () => {
  test('who may only look can neither expect, receive, send nor adjust', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 5 })
    const page = await expectGoods([lineOf(item, {})])
    const deeds = [
      () => expectGoods([lineOf(item, {})], {}, seller()),
      () => receiveGoods(page, {}, seller()),
      () => send({ itemId: item.id, fromId: main, toId: shop, quantity: 1 }, seller()),
      () => adjust({ itemId: item.id, warehouseId: main, quantity: 1 }, seller()),
      () => perform(seller(), actions.createWarehouse, { id: newId(), code: 'X', name: 'X', position: 0 }),
      () => perform(callerWith({}), actions.stock, { limit: 10 }),
      () => receiveGoods(page, {}, callerWith({ actions: ['stock.read', 'goods_receipt.write'] })),
    ]
    for (const deed of deeds) expect((await refusalOf(deed())).code).toBe('forbidden')
    expect((await perform(seller(), actions.goodsReceipt, { id: page.receipt.id })).receipt.can).toEqual([])
  })

  test('who may not see purchase prices neither reads nor writes them, and receives at what the item costs', async () => {
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: main, quantity: 10, unitCost: '3.5' })
    const refusal = await refusalOf(expectGoods([lineOf(item, { unitCost: '1' })], {}, keeper()))
    expect([refusal.code, refusal.facts['field']]).toEqual(['field_forbidden', 'lines.0.unitCost'])
    const page = await receiveGoods(await expectGoods([lineOf(item, { quantity: '10' })], {}, keeper()), {}, keeper())
    expect(JSON.stringify(page)).not.toContain('3.5')
    expect(page.receipt).not.toHaveProperty('total')
    const buyer = callerWith({ actions: keeperActions, reads: ['purchase_price'] })
    const seen = await perform(buyer, actions.goodsReceipt, { id: page.receipt.id })
    expect(seen.receipt).toMatchObject({ total: '35.00', lines: [{ unitCost: '3.5', amount: '35.00' }] })
  })
})

describe('a warehouse', () => {
  test('has a code of its own, and closes only when it is empty', async () => {
    const id = newId()
    const { createWarehouse, editWarehouse } = inventory.endpoints
    const made = await perform(
      house,
      actions.createWarehouse,
      createWarehouse.input.parse({ id, code: 'VAN', name: '车销仓' }),
    )
    expect(made).toMatchObject({ code: 'VAN', active: true, version: 1 })
    const again = createWarehouse.input.parse({ id: newId(), code: 'VAN', name: '另一个' })
    expect((await refusalOf(perform(house, actions.createWarehouse, again))).code).toBe('warehouse_code_taken')
    const item = await anItem()
    await arrive({ itemId: item.id, warehouseId: id, quantity: 1 })
    const close = editWarehouse.input.parse({ id, version: 1, active: false })
    expect((await refusalOf(perform(house, actions.editWarehouse, close))).code).toBe('warehouse_in_use')
    await adjust({ itemId: item.id, warehouseId: id, quantity: -1 })
    expect(await perform(house, actions.editWarehouse, close)).toMatchObject({ active: false, version: 2 })
    expect((await refusalOf(perform(house, actions.editWarehouse, close))).code).toBe('stale')
    expect((await refusalOf(arrive({ itemId: item.id, warehouseId: id, quantity: 1 }))).code).toBe('warehouse_closed')
  })
})
