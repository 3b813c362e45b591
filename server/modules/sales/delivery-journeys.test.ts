import { z } from 'zod'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import { writeSetting } from '#kernel/settings'
import { exposureOf } from '#server/modules/finance'
import {
  aCustomer,
  anItem,
  announce,
  as,
  aWarehouse,
  assertSound,
  call,
  house,
  type Name,
  openCompany,
  order,
  pays,
  receive,
  refusalOf,
  settle,
  stock,
  type TestItem,
} from './fixtures/company.ts'

beforeAll(openCompany)
afterAll(closeNumbers)
afterEach(assertSound)

const detail = async (id: string, name: Name = 'li') => call(await as(name), 'order', { id })
const notes = async (orderId: string, name: Name = 'zhao') =>
  (await call(await as(name), 'deliveries', { orderId })).rows
const note = async (id: string, name: Name = 'zhao') => call(await as(name), 'delivery', { id })
const scan = async (id: string, code: string, more: object = {}) =>
  call(await as('zhao'), 'scan', { id, scan: code, ...more })
const ship = async (id: string, version: number, more: object = {}) =>
  call(await as('zhao'), 'shipDelivery', { id, version, ...more })

/** Sealant in cartons of 24: an older lot of 100, a newer one of 400. */
async function sealant(): Promise<TestItem> {
  const item = await anItem({
    name: '耐候密封胶',
    units: [
      ['支', 1],
      ['箱', 24],
    ],
    tracking: 'lot',
    listPrice: '10',
  })
  await stock(item, { quantity: '400', unitCost: '6', lotCode: `L2-${item.code}`, expiresOn: '2027-12-31' })
  await stock(item, { quantity: '100', unitCost: '6', lotCode: `L1-${item.code}`, expiresOn: '2027-06-30' })
  return item
}
const pieces = (quantity: string) => [{ unit: '支', quantity }]

describe('ten cartons of sealant in two deliveries', () => {
  test('are picked by scan, the older lot first, and each delivery raises what left', async () => {
    const item = await sealant()
    const customerId = await aCustomer()
    const { order: confirmed } = await order('li', customerId, [{ item, quantity: '10箱' }], { submit: true })
    expect(confirmed).toMatchObject({ state: 'confirmed', grossTotal: '2400.00' })
    const [planned] = await notes(confirmed.id)
    expect(planned).toMatchObject({
      state: 'planned',
      plannedOn: '2026-11-20',
      can: ['startPicking', 'scan', 'ship', 'cancel'],
    })

    const list = await note(planned!.id)
    expect(list.lines[0]!.plannedText).toBe('10 箱')
    expect(list.lines[0]!.proposal.map(({ lotCode, quantity }) => [lotCode.slice(0, 2), quantity])).toEqual([
      ['L1', '100'],
      ['L2', '140'],
    ])
    expect(JSON.stringify(list)).not.toContain('gross')

    const early = await refusalOf(scan(planned!.id, `L2-${item.code}`, { entered: pieces('44') }))
    expect(early).toMatchObject({ code: 'newer_lot', facts: { older: `L1-${item.code}`, left: '100' } })
    await scan(planned!.id, `L1-${item.code}`)
    const picked = await scan(planned!.id, `L2-${item.code}`, { entered: pieces('44') })
    expect(picked.lines[0]).toMatchObject({ pickedText: '6 箱', lots: [{ quantity: '100' }, { quantity: '44' }] })
    expect(picked.delivery).toMatchObject({ state: 'picking', names: { pickerId: '老赵' } })

    const first = await ship(planned!.id, picked.delivery.version, { carrier: '自送' })
    expect(first.delivery).toMatchObject({ state: 'shipped', shippedOn: '2026-11-20', carrier: '自送' })
    expect(first.next).toMatchObject({ state: 'planned', lines: [{ planned: '96', plannedText: '4 箱' }] })
    expect((await detail(confirmed.id)).order).toMatchObject({
      state: 'partly_delivered',
      deliveredPercent: '60.00',
      deliveredGross: '1440.00',
    })
    expect((await exposureOf(db, [customerId])).get(customerId)).toMatchObject({
      ordered: expect.anything(),
      owed: expect.anything(),
    })
    expect(await exposures(customerId)).toEqual(['960', '1440'])

    await ship(first.next!.id, 1)
    const whole = await detail(confirmed.id, 'wang')
    expect(whole.order).toMatchObject({ state: 'delivered', deliveredPercent: '100.00' })
    expect(whole.chain.map((link) => link.document)).toEqual([
      'sales_order',
      'delivery',
      'delivery',
      'receivable',
      'receivable',
    ])
    expect(whole.chain.filter((link) => link.document === 'receivable').map((link) => link.amount)).toEqual([
      '1440.00',
      '960.00',
    ])
    expect(await exposures(customerId)).toEqual(['0', '2400'])
    const second = await db.deliveryLine.findFirstOrThrow({ where: { deliveryId: first.next!.id } })
    expect(second.lots).toMatchObject([{ lotCode: `L2-${item.code}`, quantity: '96' }])
    expect(String(second.cost)).toBe('576')
    expect(whole.finalMarginPercent).toBe('40.00')
    expect((await detail(confirmed.id)).finalMarginPercent).toBeNull()
  })

  test('are paid in part and then in full, and close with the last signature', async () => {
    const item = await sealant()
    const customerId = await aCustomer()
    const { order: confirmed } = await order('li', customerId, [{ item, quantity: '48' }], { submit: true })
    const [planned] = await notes(confirmed.id)
    const { delivery } = await ship(planned!.id, 1)
    expect((await detail(confirmed.id)).order.paymentState).toBe('unpaid')
    await pays(customerId, '100')
    expect((await detail(confirmed.id)).order.paymentState).toBe('part')
    await pays(customerId, '380')
    expect((await detail(confirmed.id)).order).toMatchObject({ paymentState: 'paid', state: 'delivered' })
    const signed = await call(await as('zhao'), 'signDelivery', {
      id: delivery.id,
      version: delivery.version,
      signedBy: '宏达 张三',
    })
    expect(signed.delivery).toMatchObject({ signedBy: '宏达 张三', signedAt: '2026-11-20T02:00:00.000Z' })
    const { order: closed, chain, timeline } = await detail(confirmed.id)
    expect(closed.state).toBe('closed')
    expect(timeline.map((entry) => entry.action)).toEqual([
      'create',
      'submit',
      'confirm',
      'deliverRest',
      'pay',
      'pay',
      'sign',
      'close',
    ])
    expect(timeline.find((entry) => entry.action === 'sign')!.words.zh).toMatch(/^DN202611-\d{5} 客户签收$/)
    expect(chain.map((link) => [link.document, link.state])).toEqual([
      ['sales_order', 'closed'],
      ['delivery', 'shipped'],
      ['receivable', 'settled'],
      ['receipt', 'posted'],
      ['receipt', 'posted'],
    ])
  })
})

describe('picking', () => {
  test('takes a newer lot for a reason, which stays with the line', async () => {
    const item = await sealant()
    const { order: confirmed } = await order('li', await aCustomer(), [{ item, quantity: '24' }], { submit: true })
    const [planned] = await notes(confirmed.id)
    const picked = await scan(planned!.id, `L2-${item.code}`, { entered: pieces('24'), reason: '客户指定新批次' })
    expect(picked.lines[0]!.lots).toEqual([expect.objectContaining({ quantity: '24', reason: '客户指定新批次' })])
    const { delivery } = await ship(planned!.id, picked.delivery.version)
    expect(delivery.state).toBe('shipped')
  })

  test('refuses what is not on the note, what nobody knows, and more than was planned', async () => {
    const screw = await anItem({ barcode: `69${newId().slice(-10)}` })
    const other = await anItem({ name: '合页', barcode: `68${newId().slice(-10)}` })
    await stock(screw, { quantity: '100' })
    await stock(other, { quantity: '100' })
    const { order: confirmed } = await order('li', await aCustomer(), [{ item: screw, quantity: '10' }], {
      submit: true,
    })
    const [planned] = await notes(confirmed.id)
    const barcode = async (item: TestItem) => (await db.barcode.findFirstOrThrow({ where: { itemId: item.id } })).code

    expect(await refusalOf(scan(planned!.id, await barcode(other)))).toMatchObject({
      code: 'wrong_item',
      facts: { item: '合页' },
    })
    expect((await refusalOf(scan(planned!.id, 'nonsense'))).code).toBe('unknown_scan')
    await scan(planned!.id, await barcode(screw))
    const picked = await scan(planned!.id, screw.code, { entered: pieces('9') })
    expect(picked.delivery.lines[0]).toMatchObject({ picked: '10' })
    expect(await refusalOf(scan(planned!.id, screw.code))).toMatchObject({
      code: 'too_many_picked',
      facts: { planned: '10', picked: '11' },
    })
    expect(
      (
        await refusalOf(
          ship(planned!.id, picked.delivery.version, {
            lines: [{ lineId: picked.delivery.lines[0]!.id, quantity: '5' }],
          }),
        )
      ).code,
    ).toBe('picked_differs')
    const cleared = await call(await as('zhao'), 'clearPicked', {
      id: planned!.id,
      lineId: picked.delivery.lines[0]!.id,
    })
    expect(cleared.delivery.lines[0]).toMatchObject({ picked: '0' })
  })

  test('gives serial numbers at picking only, and ships none that was not scanned', async () => {
    const hammer = await anItem({ name: '电锤', units: [['台', 1]], tracking: 'serial', listPrice: '600' })
    const serials = ['A', 'B', 'C'].map((letter) => `${letter}-${hammer.code}`)
    await stock(hammer, { quantity: '3', unitCost: '380', serials })
    const { order: confirmed } = await order('li', await aCustomer(), [{ item: hammer, quantity: '2' }], {
      submit: true,
    })
    const [planned] = await notes(confirmed.id)
    expect((await refusalOf(ship(planned!.id, 1))).code).toBe('scan_serials')
    await scan(planned!.id, serials[1]!)
    expect((await refusalOf(scan(planned!.id, serials[1]!))).code).toBe('serial_picked')
    const picked = await scan(planned!.id, serials[2]!)
    const { delivery } = await ship(planned!.id, picked.delivery.version)
    expect(delivery.state).toBe('shipped')
    const left = await db.serial.findMany({ where: { itemId: hammer.id, state: 'in_stock' } })
    expect(left.map((serial) => serial.code)).toEqual([serials[0]])
  })

  test('by two people at once loses nothing', async () => {
    const screw = await anItem()
    await stock(screw, { quantity: '100' })
    const { order: confirmed } = await order('li', await aCustomer(), [{ item: screw, quantity: '10' }], {
      submit: true,
    })
    const [planned] = await notes(confirmed.id)
    await Promise.all([1, 2, 3, 4, 5].map(() => scan(planned!.id, screw.code)))
    expect((await note(planned!.id)).delivery.lines[0]).toMatchObject({ picked: '5' })
  })
})

describe('what is left', () => {
  test('of goods of two warehouses is two delivery notes, each shipped by itself', async () => {
    const shop = await aWarehouse('门店仓')
    const screw = await anItem({ listPrice: '1' })
    await stock(screw, { quantity: '10' })
    await stock(screw, { quantity: '10', warehouseId: shop })
    const wanted = [
      { item: screw, quantity: '4' },
      { item: screw, quantity: '6', warehouseId: shop },
    ]
    const { order: confirmed } = await order('li', await aCustomer(), wanted, { submit: true })
    const planned = await notes(confirmed.id)
    expect(new Set(planned.map((one) => one.names['warehouseId']))).toEqual(new Set(['主仓', '门店仓']))
    for (const one of planned) await ship(one.id, 1)
    expect((await detail(confirmed.id)).order.state).toBe('delivered')
  })

  test('is given up when the order is closed: stock, credit and what was expected come back', async () => {
    const screw = await anItem({ listPrice: '1' })
    await stock(screw, { quantity: '10' })
    const customerId = await aCustomer()
    const { order: confirmed } = await order('li', customerId, [{ item: screw, quantity: '10' }], { submit: true })
    const [planned] = await notes(confirmed.id)
    await ship(planned!.id, 1, { lines: [{ lineId: planned!.lines[0]!.id, quantity: '3' }] })
    const { order: part } = await detail(confirmed.id)
    const { order: closed } = await call(await as('li'), 'closeOrder', {
      id: part.id,
      version: part.version,
      reason: '客户不要了',
    })
    expect(closed).toMatchObject({ state: 'closed', note: '客户不要了', deliveredGross: '3.00' })
    expect(await exposures(customerId)).toEqual(['0', '3'])
    expect(await db.expectedReceivable.count({ where: { orderId: part.id, remaining: { gt: 0 } } })).toBe(0)
    expect((await notes(part.id)).map((one) => one.state)).toEqual(['cancelled', 'shipped'])
    const balance = await db.stockBalance.findFirstOrThrow({ where: { itemId: screw.id } })
    expect([balance.onHand, balance.reserved].map(String)).toEqual(['7', '0'])
  })

  test('of a cancelled note stays held and can be planned anew; while it is picked the order cannot be cancelled', async () => {
    const screw = await anItem({ listPrice: '1' })
    await stock(screw, { quantity: '10' })
    const { order: confirmed } = await order('li', await aCustomer(), [{ item: screw, quantity: '10' }], {
      submit: true,
    })
    const [planned] = await notes(confirmed.id)
    const picking = await call(await as('zhao'), 'startPicking', { id: planned!.id, version: 1 })
    expect(
      (await refusalOf(call(await as('li'), 'cancelOrder', { id: confirmed.id, version: confirmed.version }))).code,
    ).toBe('being_picked')
    await call(await as('zhao'), 'cancelDelivery', {
      id: planned!.id,
      version: picking.delivery.version,
      reason: '叉车坏了',
    })
    const { deliveries } = await call(await as('li'), 'planDelivery', { id: confirmed.id, version: confirmed.version })
    expect(deliveries).toMatchObject([{ state: 'planned', lines: [{ planned: '10' }] }])
    expect(
      (await refusalOf(call(await as('li'), 'planDelivery', { id: confirmed.id, version: confirmed.version }))).code,
    ).toBe('nothing_to_plan')
    await call(await as('li'), 'cancelOrder', { id: confirmed.id, version: confirmed.version, reason: '取消' })
    expect((await notes(confirmed.id)).every((one) => one.state === 'cancelled')).toBe(true)
  })

  test('goes to those who have waited longest when goods come in', async () => {
    const screw = await anItem({ listPrice: '1' })
    const older = await order('li', await aCustomer(), [{ item: screw, quantity: '8' }], {
      submit: true,
      backorder: true,
      at: new Date('2026-11-19T10:00:00+08:00'),
    })
    const newer = await order('li', await aCustomer(), [{ item: screw, quantity: '8' }], {
      submit: true,
      backorder: true,
    })
    expect(older.order.lines[0]).toMatchObject({ reserved: '0', short: '8', promisedOn: null })
    await receive(await announce(screw, { quantity: '10' }))
    await settle()
    expect((await detail(older.order.id)).order.lines[0]).toMatchObject({ reserved: '8', short: '0' })
    expect((await detail(newer.order.id)).order.lines[0]).toMatchObject({ reserved: '2', short: '6' })
    expect(await notes(newer.order.id)).toMatchObject([{ lines: [{ planned: '2' }] }])

    const { order: cancelled } = await detail(older.order.id)
    await call(await as('li'), 'cancelOrder', { id: cancelled.id, version: cancelled.version })
    await settle()
    expect((await detail(newer.order.id)).order.lines[0]).toMatchObject({ reserved: '8', short: '0' })
  })
})

test('where the company posts at confirmation, the order is owed at once and its deliveries owe nothing more', async () => {
  const screw = await anItem({ listPrice: '1' })
  await stock(screw, { quantity: '10' })
  const customerId = await aCustomer()
  await perform(
    house,
    (tx, caller) =>
      writeSetting(tx, caller, { key: 'finance.post_at', schema: z.string(), initial: '' }, 'confirmation'),
    undefined,
  )
  const { order: confirmed } = await order('li', customerId, [{ item: screw, quantity: '10' }], { submit: true })
  expect(await exposures(customerId)).toEqual(['0', '10'])
  const [planned] = await notes(confirmed.id)
  await ship(planned!.id, 1, { lines: [{ lineId: planned!.lines[0]!.id, quantity: '4' }] })
  const { order: part } = await detail(confirmed.id)
  expect(part).toMatchObject({ state: 'partly_delivered', deliveredGross: '4.00' })
  expect((await refusalOf(call(await as('li'), 'closeOrder', { id: part.id, version: part.version }))).code).toBe(
    'posted_already',
  )
  await ship((await notes(confirmed.id))[0]!.id, 1)
  expect(await exposures(customerId)).toEqual(['0', '10'])
  await perform(
    house,
    (tx, caller) => writeSetting(tx, caller, { key: 'finance.post_at', schema: z.string(), initial: '' }, 'delivery'),
    undefined,
  )
})

async function exposures(customerId: string): Promise<string[]> {
  const { ordered, owed } = (await exposureOf(db, [customerId])).get(customerId)!
  return [ordered, owed].map(String)
}
