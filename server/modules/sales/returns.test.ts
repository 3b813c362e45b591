import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import { inventory } from '#contract/modules/inventory'
import { finance as financeContract } from '#contract/modules/finance'
import { approvalsActions } from '#server/engines/approvals'
import { exposureOf, financeActions } from '#server/modules/finance'
import { availability, inventoryActions } from '#server/modules/inventory'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  as,
  assertSound,
  aWarehouse,
  call,
  house,
  main,
  type Name,
  openCompany,
  order,
  pays,
  refusalOf,
  retireRule,
  settle,
  stock,
  type TestItem,
} from './fixtures/company.ts'

let returnsWarehouse: string
beforeAll(async () => {
  await openCompany()
  returnsWarehouse = await aWarehouse('退货仓')
  const { editWarehouse } = inventory.endpoints
  await perform(
    house,
    inventoryActions.editWarehouse,
    editWarehouse.input.parse({ id: returnsWarehouse, version: 1, forSale: false }),
  )
})
afterAll(closeNumbers)
afterEach(assertSound)

const on = (day: string) => new Date(`${day}T11:00:00+08:00`)

/** Sells goods, and ships all of them, or so much of the first line. */
async function sold(customerId: string, wanted: Parameters<typeof order>[2], quantity?: string) {
  const { order: made } = await order('li', customerId, wanted, { submit: true })
  const shipped = await ship(made.id, quantity)
  return { id: made.id, number: made.number!, note: shipped }
}
async function ship(orderId: string, quantity?: string) {
  const zhao = await as('zhao')
  const [planned] = (await call(zhao, 'deliveries', { orderId, state: 'planned,picking' })).rows
  const part = quantity ? { lines: [{ lineId: planned!.lines[0]!.id, quantity }] } : {}
  return (await call(zhao, 'shipDelivery', { id: planned!.id, version: planned!.version, ...part })).delivery
}

type Line = {
  deliveryLineId: string
  quantity: string
  lots?: { lotId: string; quantity: string }[]
  serials?: string[]
}
const left = async (orderId: string) => (await call(await as('li'), 'returnable', { id: orderId })).lines
const back = async (orderId: string, lines: Line[], more: object = {}) =>
  call(await as('li'), 'createReturn', {
    id: newId(),
    orderId,
    warehouseId: main,
    reason: 'unwanted',
    lines,
    submit: true,
    ...more,
  })
const arrives = async (id: string, more: object = {}, at?: Date) => {
  const zhao = await as('zhao', at)
  const { return: waiting } = await call(zhao, 'salesReturn', { id })
  return call(zhao, 'receiveReturn', { id, version: waiting.version, ...more })
}
/** So many pieces of an order's first delivered line come back at once. */
async function comesBack(orderId: string, quantity: string, more: object = {}) {
  const [line] = await left(orderId)
  const asked = await back(orderId, [{ deliveryLineId: line!.deliveryLineId, quantity }], more)
  await arrives(asked.return.id)
  return seen(asked.return.id)
}
const reverses = async (id: string, name: Name = 'liu') => {
  const caller = await as(name)
  const { return: found } = await call(caller, 'salesReturn', { id })
  return call(caller, 'reverseReturn', { id, version: found.version, reason: '误收' })
}
const seen = async (id: string, name: Name = 'liu') => (await call(await as(name), 'salesReturn', { id })).return
const detail = async (id: string, name: Name = 'liu') => call(await as(name), 'order', { id })
async function stands(customerId: string): Promise<string[]> {
  const { ordered, owed, advance } = (await exposureOf(db, [customerId])).get(customerId)!
  return [ordered, owed, advance].map((part) => part.toFixed(2))
}
async function worth({ id }: TestItem): Promise<[quantity: string, value: string]> {
  const { quantity, value } = await db.itemCost.findUniqueOrThrow({ where: { itemId: id } })
  return [quantity.toString(), value.toFixed(2)]
}
const free = async (item: TestItem) => (await availability(db, { itemIds: [item.id] })).get(item.id)!

describe('goods that come back', () => {
  test('bring back exactly what they were charged and what they cost, in whatever parts', async () => {
    const item = await anItem({ listPrice: '0.7' })
    await stock(item, { quantity: '9', unitCost: '0.37' })
    const customer = await aCustomer()
    const before = await worth(item)
    const { id } = await sold(customer, [{ item, quantity: '7支' }])
    expect(await stands(customer)).toEqual(['0.00', '4.90', '0.00'])
    const parts: string[] = []
    for (const quantity of ['1', '3', '1', '2']) parts.push((await comesBack(id, quantity)).grossTotal!)
    expect(Decimal.sum(...parts).toFixed(2)).toBe('4.90')
    expect(await stands(customer)).toEqual(['0.00', '0.00', '0.00'])
    expect(await worth(item)).toEqual(before)
    expect((await left(id))[0]).toMatchObject({ delivered: '7', left: '0' })
    const page = await detail(id)
    expect(page.lines[0]).toMatchObject({ returned: '7', returnedText: '7 支' })
    expect(page.mayReturn).toBe(false)
    expect(page.finalMarginPercent).toBeNull()
  })

  test('are told of in the order: its chain, its timeline, its margin and the sales report', async () => {
    const item = await anItem({ name: '角码', listPrice: '2.26' })
    await stock(item, { quantity: '100', unitCost: '1.13' })
    const customer = await aCustomer({ shortName: '佳筑' })
    const { id } = await sold(customer, [{ item, quantity: '100支' }])
    const report = async () => {
      const asked = { by: 'customer', from: '2026-11-01', to: '2026-11-30', customerId: customer }
      return (await call(await as('liu'), 'margins', asked)).total
    }
    expect(await report()).toMatchObject({ net: '200.00', cost: '100.00' })
    const { id: returnId, number } = await comesBack(id, '40')
    expect(await report()).toMatchObject({ net: '120.00', cost: '60.00', percent: '50.00', orders: 1 })
    const page = await detail(id)
    expect(page.chain.map(({ document, amount }) => [document, amount])).toEqual([
      ['sales_order', '226.00'],
      ['delivery', '226.00'],
      ['sales_return', '-90.40'],
      ['receivable', '226.00'],
    ])
    expect(page.timeline.map(({ words }) => words.zh)).toContain(`${number} 确认收货`)
    expect(page.finalMarginPercent).toBe('50.00')
    const margin = await call(await as('liu'), 'orderMargin', { id })
    expect(margin.lines[0]).toMatchObject({
      leftShown: '1 盒 10 支',
      returnedShown: '40 支',
      left: { net: '120.00', cost: '60.00' },
    })
    const told = await db.event.findFirstOrThrow({
      where: { name: 'sales.goods-returned', body: { path: ['returnId'], equals: returnId } },
    })
    expect(told.body).toMatchObject({
      gross: '90.40',
      net: '80.00',
      tax: '10.40',
      cost: '45.20',
      netCost: '40.00',
      on: '2026-11-20',
      customerId: customer,
      backForSale: true,
    })
    await reverses(returnId)
    expect(await report()).toMatchObject({ net: '200.00', cost: '100.00' })
  })

  test('cost under first in, first out what they had left at, and open a layer with it', async () => {
    const item = await anItem({ listPrice: '10' })
    await perform(house, inventoryActions.changeCosting, { method: 'fifo' })
    try {
      await stock(item, { quantity: '5', unitCost: '1' })
      await stock(item, { quantity: '5', unitCost: '3' })
      const customer = await aCustomer()
      const { id } = await sold(customer, [{ item, quantity: '8支' }])
      const first = await comesBack(id, '3')
      // 5 at 1 and 3 at 3 had left: 14.00 for 8, of which 3 are 5.25.
      expect((await seen(first.id)).costTotal).toBe('5.25')
      expect(await worth(item)).toEqual(['5', '11.25'])
      await comesBack(id, '5')
      expect(await worth(item)).toEqual(['10', '20.00'])
      expect((await reverses(first.id)).return.state).toBe('reversed')
      expect(await worth(item)).toEqual(['7', '14.75'])
      expect((await comesBack(id, '3')).grossTotal).toBe('30.00')
      expect(await worth(item)).toEqual(['10', '20.00'])
    } finally {
      await perform(house, inventoryActions.changeCosting, { method: 'average' })
    }
  })
})

describe('what a customer owes', () => {
  test('becomes less by the return where nothing is paid, and his credit where all of it was', async () => {
    const item = await anItem({ listPrice: '10' })
    await stock(item, { quantity: '100' })
    const open = await aCustomer()
    const unpaid = await sold(open, [{ item, quantity: '10支' }])
    await comesBack(unpaid.id, '4')
    expect(await stands(open)).toEqual(['0.00', '60.00', '0.00'])
    expect((await detail(unpaid.id)).order.paymentState).toBe('unpaid')

    const good = await aCustomer()
    const paid = await sold(good, [{ item, quantity: '10支' }])
    await pays(good, '100')
    const { id, number } = await comesBack(paid.id, '4')
    expect(await stands(good)).toEqual(['0.00', '0.00', '40.00'])
    expect((await detail(paid.id)).order.paymentState).toBe('paid')
    const unallocated = await perform(
      await as('liu'),
      financeActions.receipts,
      financeContract.endpoints.receipts.input.parse({ customerId: good, unallocated: true }),
    )
    expect(unallocated.rows.map((row) => [row.number, row.method, row.unallocated, row.can])).toEqual([
      [number, 'return', '40.00', ['allocate']],
    ])

    // Later it settles what he owes next, as money paid in advance does; reversed, all of it is owed again.
    const next = await sold(good, [{ item, quantity: '3支' }])
    expect(await stands(good)).toEqual(['0.00', '0.00', '10.00'])
    expect((await detail(next.id)).order.paymentState).toBe('paid')
    await reverses(id)
    expect(await stands(good)).toEqual(['0.00', '30.00', '0.00'])
    expect((await left(paid.id))[0]).toMatchObject({ left: '10' })
  })

  test('loses what is still open first where a part was paid', async () => {
    const item = await anItem({ listPrice: '10' })
    await stock(item, { quantity: '100' })
    const customer = await aCustomer()
    const { id } = await sold(customer, [{ item, quantity: '10支' }])
    await pays(customer, '70')
    const { id: returnId } = await comesBack(id, '5')
    expect(await stands(customer)).toEqual(['0.00', '0.00', '20.00'])
    const { reverseReceipt } = financeContract.endpoints
    const credit = reverseReceipt.input.parse({ id: returnId, version: 2 })
    const told = await refusalOf(perform(await as('liu'), financeActions.reverseReceipt, credit))
    expect(told.code).toBe('credit_of_return')
    await reverses(returnId)
    expect(await stands(customer)).toEqual(['0.00', '30.00', '0.00'])
    const asked = { id: customer, from: '2026-11-01', to: '2026-11-30' }
    const statement = await perform(await as('liu'), financeActions.statement, asked)
    expect(statement.entries.map(({ words, amount }) => [words.zh, amount])).toEqual([
      ['出库', '100.00'],
      ['收款', '-70.00'],
      ['退货', '-50.00'],
      ['退货冲销', '50.00'],
    ])
  })
})

describe('no more comes back than left', () => {
  test('also when two of the warehouse receive at the same moment', async () => {
    const item = await anItem({ listPrice: '10' })
    await stock(item, { quantity: '10' })
    const { id } = await sold(await aCustomer(), [{ item, quantity: '10支' }])
    const [line] = await left(id)
    const asked = { deliveryLineId: line!.deliveryLineId, quantity: '6' }
    const [one, two] = [await back(id, [asked]), await back(id, [asked])]
    expect((await left(id))[0]).toMatchObject({ left: '10', underWay: '12' })
    const outcomes = await Promise.allSettled([arrives(one.return.id), arrives(two.return.id)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const late = outcomes.find((outcome) => outcome.status === 'rejected')!
    expect(late).toMatchObject({ reason: { code: 'returned_too_much', facts: { left: '4' } } })
    const waiting = outcomes[0].status === 'rejected' ? one : two
    const part = [{ lineId: waiting.return.lines[0]!.id, quantity: '4' }]
    const came = await arrives(waiting.return.id, { lines: part })
    expect(await seen(came.return.id)).toMatchObject({ state: 'received', grossTotal: '40.00' })
    expect(came.return.lines[0]).toMatchObject({ quantity: '6', received: '4', receivedText: '4 支' })
    expect((await refusalOf(comesBack(id, '1'))).code).toBe('returned_too_much')
  })

  test('and nothing that did not leave, before it left, or into books that are closed', async () => {
    const item = await anItem({ listPrice: '10' })
    await stock(item, { quantity: '20' })
    const customer = await aCustomer()
    const { id } = await sold(customer, [{ item, quantity: '20支' }], '10')
    const [line] = await left(id)
    expect(line).toMatchObject({ delivered: '10', left: '10' })
    const asked = await back(id, [{ deliveryLineId: line!.deliveryLineId, quantity: '5' }])
    expect((await refusalOf(arrives(asked.return.id, { on: '2026-11-19' }))).code).toBe('returned_before_delivery')
    expect((await refusalOf(arrives(asked.return.id, { on: '2026-11-21' }))).code).toBe('future_day')
    const lineId = asked.return.lines[0]!.id
    expect((await refusalOf(arrives(asked.return.id, { lines: [{ lineId, quantity: '6' }] }))).code).toBe(
      'more_than_asked',
    )
    expect((await refusalOf(arrives(asked.return.id, { lines: [] }))).code).toBe('nothing_returned')

    const { closePeriod, openPeriod } = financeContract.endpoints
    const later = await as('liu', on('2026-12-03'))
    await perform(later, financeActions.closePeriod, closePeriod.input.parse({ until: '2026-11-30' }))
    try {
      const closed = await refusalOf(arrives(asked.return.id, { on: '2026-11-28' }, on('2026-12-03')))
      expect(closed).toMatchObject({ code: 'closed_period', facts: { open: '2026-12-01' } })
      const came = await arrives(asked.return.id, { on: '2026-11-28', intoNextPeriod: true }, on('2026-12-03'))
      expect(came.return).toMatchObject({ receivedOn: '2026-11-28', postedOn: '2026-12-01' })
    } finally {
      await perform(later, financeActions.openPeriod, openPeriod.input.parse({ until: null }))
    }
    const asAt = { id: customer, from: '2026-12-01', to: '2026-12-31' }
    const statement = await perform(later, financeActions.statement, asAt)
    expect(statement.entries.map(({ on: day, documentOn, amount }) => [day, documentOn, amount])).toEqual([
      ['2026-12-01', '2026-11-28', '-50.00'],
    ])
  })

  test('is the same pieces: the lots and serial numbers that left, each once', async () => {
    const glue = await anItem({ tracking: 'lot', listPrice: '10' })
    await stock(glue, { quantity: '4', lotCode: 'A', expiresOn: '2027-01-31' })
    await stock(glue, { quantity: '6', lotCode: 'B', expiresOn: '2027-06-30' })
    const drill = await anItem({ tracking: 'serial', listPrice: '500' })
    await stock(drill, { quantity: '2', unitCost: '300', serials: ['D1', 'D2'] })
    const customer = await aCustomer()
    const { order: made } = await order(
      'li',
      customer,
      [
        { item: glue, quantity: '9支' },
        { item: drill, quantity: '2支' },
      ],
      {
        submit: true,
      },
    )
    const zhao = await as('zhao')
    const [planned] = (await call(zhao, 'deliveries', { orderId: made.id })).rows
    for (const scan of ['D1', 'D2']) await call(zhao, 'scan', { id: planned!.id, scan })
    for (const [scan, quantity] of [
      ['A', '4'],
      ['B', '5'],
    ] as const)
      await call(zhao, 'scan', { id: planned!.id, scan, entered: [{ unit: '支', quantity }] })
    await ship(made.id)

    const [ofGlue, ofDrill] = await left(made.id)
    expect(ofGlue!.lots.map(({ lotCode, quantity }) => [lotCode, quantity])).toEqual([
      ['A', '4'],
      ['B', '5'],
    ])
    expect(ofDrill!.serials.toSorted()).toEqual(['D1', 'D2'])
    const glueLine = { deliveryLineId: ofGlue!.deliveryLineId, quantity: '3' }
    expect((await refusalOf(back(made.id, [glueLine]))).code).toBe('tell_pieces')
    const [a, b] = ofGlue!.lots
    const tooMany = { ...glueLine, quantity: '5', lots: [{ lotId: a!.lotId, quantity: '5' }] }
    expect((await refusalOf(back(made.id, [tooMany]))).code).toBe('not_of_delivery')
    const drillLine = { deliveryLineId: ofDrill!.deliveryLineId, quantity: '1', serials: ['D2'] }
    const asked = await back(made.id, [
      {
        ...glueLine,
        lots: [
          { lotId: a!.lotId, quantity: '1' },
          { lotId: b!.lotId, quantity: '2' },
        ],
      },
      drillLine,
    ])
    await arrives(asked.return.id)
    const again = await left(made.id)
    expect(again[0]!.lots.map(({ quantity }) => quantity)).toEqual(['3', '3'])
    expect(again[1]!.serials).toEqual(['D1'])
    expect((await refusalOf(back(made.id, [drillLine]))).code).toBe('not_of_delivery')
    expect((await db.serial.findFirstOrThrow({ where: { code: 'D2' } })).state).toBe('in_stock')
    await reverses(asked.return.id)
    expect((await db.serial.findFirstOrThrow({ where: { code: 'D2' } })).state).toBe('gone')
    expect((await left(made.id))[1]!.serials.toSorted()).toEqual(['D1', 'D2'])
  })
})

describe('where goods go', () => {
  test('decides whether they are for sale again: what lies in a returns warehouse is promised to nobody', async () => {
    const item = await anItem({ listPrice: '10' })
    await stock(item, { quantity: '10' })
    const { id } = await sold(await aCustomer(), [{ item, quantity: '10支' }])
    const { backForSale } = await comesBack(id, '4', { warehouseId: returnsWarehouse })
    expect(backForSale).toBe(false)
    const { onHand, available } = await free(item)
    expect([onHand.toString(), available.toString()]).toEqual(['4', '0'])
    const short = await refusalOf(order('li', await aCustomer(), [{ item, quantity: '1支' }], { submit: true }))
    expect(short.code).toBe('out_of_stock')
    const there = [{ item, quantity: '1支', warehouseId: returnsWarehouse }]
    expect((await refusalOf(order('li', await aCustomer(), there, { submit: true }))).code).toBe('out_of_stock')
    await comesBack(id, '6')
    expect((await free(item)).available.toString()).toBe('6')
    await order('li', await aCustomer(), [{ item, quantity: '6支' }], { submit: true })
    const { editWarehouse } = inventory.endpoints
    const held = await db.warehouse.findUniqueOrThrow({ where: { id: main } })
    const input = editWarehouse.input.parse({ id: main, version: held.version, forSale: false })
    expect((await refusalOf(perform(house, inventoryActions.editWarehouse, input))).code).toBe('warehouse_promised')
  })

  test('a return is not undone once its goods have left again', async () => {
    const item = await anItem({ listPrice: '10' })
    await stock(item, { quantity: '5' })
    const { id } = await sold(await aCustomer(), [{ item, quantity: '5支' }])
    const returned = await comesBack(id, '5')
    await sold(await aCustomer(), [{ item, quantity: '5支' }])
    expect((await refusalOf(reverses(returned.id))).code).toBe('out_of_stock')
  })
})

describe('a rule', () => {
  test('asks for approval of a large return, and everybody sees what he may', async () => {
    await aFlow({ key: 'back', document: 'sales_return', approvers: [{ managerOf: 'owner', levels: 1 }] })
    const condition = { field: 'return.gross', is: 'gte', value: '500' }
    await aRule({
      key: 'back',
      document: 'sales_return',
      condition,
      actions: [{ do: 'require_approval', flow: 'back' }],
    })
    const item = await anItem({ listPrice: '100' })
    await stock(item, { quantity: '10', unitCost: '61.07' })
    const customer = await aCustomer()
    const { id } = await sold(customer, [{ item, quantity: '10支' }])
    const [line] = await left(id)
    const asked = await back(id, [{ deliveryLineId: line!.deliveryLineId, quantity: '6' }])
    expect(asked.return.state).toBe('submitted')
    expect(asked.reasons).toHaveLength(1)
    expect((await refusalOf(arrives(asked.return.id))).code).toBe('wrong_state')
    const wang = await as('wang')
    const waiting = { document: 'sales_return', documentId: asked.return.id }
    const [open] = (await perform(wang, approvalsActions.documentApprovals, waiting)).approvals
    await perform(wang, approvalsActions.vote, { id: open!.id, step: open!.step, comment: '同意', choice: 'approve' })
    await settle()
    const come = await arrives(asked.return.id)
    expect(come.return.state).toBe('received')
    await retireRule('back')

    expect(JSON.stringify(come)).not.toMatch(/600\.00|366\.42|530\.97/)
    expect(await seen(asked.return.id, 'li')).toMatchObject({ grossTotal: '600.00', can: ['share'] })
    expect(await seen(asked.return.id, 'li')).not.toHaveProperty('costTotal')
    expect(await seen(asked.return.id, 'liu')).toMatchObject({ costTotal: '366.42', can: ['reverse', 'share'] })
    expect((await refusalOf(seen(asked.return.id, 'he'))).code).toBe('not_found')
    expect((await refusalOf(reverses(asked.return.id, 'wang'))).code).toBe('forbidden')
    expect((await call(await as('he'), 'returns', { customerId: customer })).rows).toEqual([])
    expect((await call(await as('lin'), 'returns', { q: asked.return.number! })).rows).toHaveLength(1)
    const draft = await back(id, [{ deliveryLineId: line!.deliveryLineId, quantity: '1' }], { submit: false })
    const { id: draftId, version } = draft.return
    const lines = [{ deliveryLineId: line!.deliveryLineId, quantity: '2' }]
    const edited = await call(await as('li'), 'editReturn', { id: draftId, version, reason: 'defective', lines })
    expect(edited.return).toMatchObject({ reason: 'defective', grossTotal: '200.00', state: 'draft' })
    const { version: now } = edited.return
    const sent = await call(await as('li'), 'editReturn', { id: draftId, version: now, note: '外箱破', submit: true })
    expect(sent.return.state).toBe('approved')
    const dropped = await call(await as('li'), 'cancelReturn', {
      id: draftId,
      version: sent.return.version,
      reason: '不退了',
    })
    expect(dropped.return).toMatchObject({ state: 'cancelled', note: '外箱破\n不退了' })
  })
})
