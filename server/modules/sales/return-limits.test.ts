import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { inventory } from '#contract/modules/inventory'
import { finance as financeContract } from '#contract/modules/finance'
import { db } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import { financeActions } from '#server/modules/finance'
import { inventoryActions } from '#server/modules/inventory'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  as,
  assertSound,
  call,
  house,
  main,
  order,
  refusalOf,
  retireRule,
  settle,
  stock,
} from './fixtures/company.ts'
import {
  arrives,
  back,
  comesBack,
  free,
  left,
  on,
  openCompanyWithReturns,
  returnsWarehouse,
  reverses,
  seen,
  ship,
  sold,
} from './fixtures/returns.ts'

beforeAll(openCompanyWithReturns)
afterAll(closeNumbers)
afterEach(assertSound)

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
