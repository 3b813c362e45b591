import { beforeAll, expect, test } from 'vitest'
import { accounting } from '#contract/modules/accounting'
import { finance } from '#contract/modules/finance'
import { inventory } from '#contract/modules/inventory'
import { systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { drain } from '#kernel/events'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { accountingActions, accountingJobs, accountingListeners, catchUp } from '#server/modules/accounting'
import { financeActions } from '#server/modules/finance'
import { inventoryActions } from '#server/modules/inventory'
import { adjust, arrive, spreadFreight } from '../modules/inventory/fixtures/goods.ts'
import {
  aCustomer,
  anItem,
  as,
  call,
  house,
  main,
  openCompany,
  order,
  owes,
  refusalOf,
} from '../modules/sales/fixtures/company.ts'
import { invariants } from './invariants.ts'

beforeAll(openCompany)

const endpoints = accounting.endpoints
const told = (): Promise<void> => drain(accountingListeners)

/** The vouchers of a document in the order of their making: event, then each line as account, side and amount. */
async function booked(sourceId: string): Promise<string[]> {
  const liu = await as('liu')
  const { rows } = await ask(liu, accountingActions.vouchers, endpoints.vouchers.input.parse({ sourceId }))
  const found = []
  for (const { id } of rows.toReversed()) {
    const { voucher } = await ask(liu, accountingActions.voucher, { id })
    const lines = voucher.lines.map(({ account, debit, credit }) =>
      Number(debit) ? `${account} +${debit}` : `${account} -${credit}`,
    )
    found.push(`${voucher.event} ${voucher.on}: ${lines.join(', ')}`)
  }
  return found
}

/** Every invariant of the house, on all that there is now. */
async function proven(): Promise<void> {
  for (const { id, find } of invariants) expect([id, await ask(house, find, undefined)]).toEqual([id, null])
}

const balanceOf = async (account: string) => {
  const { rows } = await ask(await as('liu'), accountingActions.trialBalance, { from: '2026-01', to: '2026-12' })
  const { debit, credit } = rows.find((row) => row.account === account)?.closing ?? { debit: '0.00', credit: '0.00' }
  return `${debit} ${credit}`
}

async function shipped(customer: string, item: Awaited<ReturnType<typeof anItem>>, quantity: string) {
  const { order: sold } = await order('li', customer, [{ item, quantity }], { submit: true })
  const zhao = await as('zhao')
  const [note] = (await call(zhao, 'deliveries', { orderId: sold.id })).rows
  await call(zhao, 'shipDelivery', { id: note!.id, version: note!.version })
  return { id: note!.id, number: note!.number, orderId: sold.id }
}

const post = async (customerId: string, amount: string, more: object = {}) =>
  perform(
    await as('liu'),
    financeActions.postReceipt,
    finance.endpoints.postReceipt.input.parse({
      id: newId(),
      customerId,
      amount,
      method: 'wechat',
      receivedOn: '2026-11-20',
      ...more,
    }),
  )

test('goods come, freight falls on them, they leave, money comes, is set against debts and goes back: each has its voucher', async () => {
  const bolt = await anItem({ listPrice: '11.30' })
  const received = await arrive({ itemId: bolt.id, warehouseId: main, quantity: 10, unitCost: '2.26' })
  const customer = await aCustomer()
  const note = await shipped(customer, bolt, '4')
  await told()
  expect(await booked(received)).toEqual(['goods_receipt 2026-11-20: 1405 +22.60, 220201 -22.60'])
  expect(await booked(note.id)).toEqual([
    'delivery_cost 2026-11-20: 6401 +8.00, 222102 +1.04, 1405 -9.04',
    'sale 2026-11-20: 1122 +45.20, 6001 -40.00, 222101 -5.20',
  ])

  const { landedCost } = await spreadFreight({ receiptIds: [received], amount: '10.00' })
  const found = await adjust({ itemId: bolt.id, warehouseId: main, quantity: 2 })
  const missing = await adjust({ itemId: bolt.id, warehouseId: main, quantity: -1 })
  await told()
  expect(await booked(landedCost.id)).toEqual(['landed_cost 2026-11-20: 1405 +6.00, 6401 +4.00, 220202 -10.00'])
  expect(await booked(found.adjustment.id)).toEqual(['stock_adjustment 2026-11-20: 1405 +6.52, 1901 -6.52'])
  expect(await booked(missing.adjustment.id)).toEqual(['stock_adjustment 2026-11-20: 1901 +3.26, 1405 -3.26'])

  const { receipt: paid } = await post(customer, '60')
  await told()
  await owes(customer, '10')
  await told()
  expect(await booked(paid.id)).toEqual([
    'receipt 2026-11-20: 101201 +60.00, 1122 -45.20, 2203 -14.80',
    'allocation 2026-11-20: 2203 +10.00, 1122 -10.00',
  ])
  const { receipt } = await ask(await as('liu'), financeActions.receipt, { id: paid.id })
  await perform(await as('liu'), financeActions.reverseReceipt, { id: paid.id, version: receipt.version })
  await told()
  expect((await booked(paid.id)).at(-1)).toBe(
    'receipt_reversal 2026-11-20: 101201 +-60.00, 1122 --55.20, 2203 --14.80, 2203 +-10.00',
  )
  expect([await balanceOf('1122'), await balanceOf('2203'), await balanceOf('101201')]).toEqual([
    '55.20 0.00',
    '0.00 0.00',
    '0.00 0.00',
  ])
  await proven()
})

/** Goods of an order come back, and so does what was charged for them. */
async function comesBack(orderId: string, quantity: string) {
  const li = await as('li')
  const [line] = (await call(li, 'returnable', { id: orderId })).lines
  const lines = [{ deliveryLineId: line!.deliveryLineId, quantity }]
  const asked = { id: newId(), orderId, warehouseId: main, reason: 'unwanted', lines, submit: true }
  const { return: made } = await call(li, 'createReturn', asked)
  const { return: came } = await call(await as('zhao'), 'receiveReturn', { id: made.id, version: made.version })
  return came
}

test('goods that come back take their sale and their cost back; a return that is reversed, its own', async () => {
  const bolt = await anItem({ listPrice: '11.30' })
  await arrive({ itemId: bolt.id, warehouseId: main, quantity: 10, unitCost: '2.26' })
  const customer = await aCustomer()
  const { orderId } = await shipped(customer, bolt, '4')
  await post(customer, '40')
  const { id, version } = await comesBack(orderId, '1')
  await told()
  expect((await booked(id)).toSorted()).toEqual([
    'sales_return 2026-11-20: 6001 +10.00, 222101 +1.30, 1122 -5.20, 2203 -6.10',
    'stock_return 2026-11-20: 1405 +2.26, 6401 -2.00, 222102 -0.26',
  ])
  await proven()
  await call(await as('liu'), 'reverseReturn', { id, version, reason: '误收' })
  await told()
  expect((await booked(id)).toSorted()).toEqual([
    'return_reversal 2026-11-20: 6001 +-10.00, 222101 +-1.30, 1122 --5.20, 2203 --6.10',
    'sales_return 2026-11-20: 6001 +10.00, 222101 +1.30, 1122 -5.20, 2203 -6.10',
    'stock_return 2026-11-20: 1405 +-2.26, 6401 --2.00, 222102 --0.26',
    'stock_return 2026-11-20: 1405 +2.26, 6401 -2.00, 222102 -0.26',
  ])
  await proven()
})

test('where the company posts at confirmation the sale is booked with the order, the cost when the goods leave, and returns as ever', async () => {
  const postAt = (moment: 'confirmation' | 'delivery') =>
    perform(house, financeActions.changeSettings, { postAt: moment })
  await postAt('confirmation')
  try {
    const bolt = await anItem({ listPrice: '11.30' })
    await arrive({ itemId: bolt.id, warehouseId: main, quantity: 10, unitCost: '2.26' })
    const customer = await aCustomer()
    const { order: sold } = await order('li', customer, [{ item: bolt, quantity: '4' }], { submit: true })
    await told()
    expect(await booked(sold.id)).toEqual(['sale 2026-11-20: 1122 +45.20, 6001 -40.00, 222101 -5.20'])
    await proven()

    const zhao = await as('zhao')
    const [note] = (await call(zhao, 'deliveries', { orderId: sold.id })).rows
    await call(zhao, 'shipDelivery', { id: note!.id, version: note!.version })
    await told()
    expect(await booked(note!.id)).toEqual(['delivery_cost 2026-11-20: 6401 +8.00, 222102 +1.04, 1405 -9.04'])
    const { id } = await comesBack(sold.id, '1')
    await told()
    expect((await booked(id)).toSorted()).toEqual([
      'sales_return 2026-11-20: 6001 +10.00, 222101 +1.30, 1122 -11.30',
      'stock_return 2026-11-20: 1405 +2.26, 6401 -2.00, 222102 -0.26',
    ])
    await proven()
  } finally {
    await postAt('delivery')
  }
})

test('goods that are on the way between warehouses are worth what they were, and make no voucher', async () => {
  const before = await db.voucher.count()
  const bolt = await anItem()
  const received = await arrive({ itemId: bolt.id, warehouseId: main, quantity: 10, unitCost: '1' })
  const { createStockTransfer, sendStockTransfer } = inventory.endpoints
  const lines = [{ id: newId(), itemId: bolt.id, entered: [{ unit: '支', quantity: '5' }] }]
  const shop = newId()
  await perform(house, inventoryActions.createWarehouse, { id: shop, code: 'SHOP', name: '门店仓', position: 1 })
  const made = createStockTransfer.input.parse({ id: newId(), fromId: main, toId: shop, lines })
  const { transfer } = await perform(house, inventoryActions.createStockTransfer, made)
  await perform(
    house,
    inventoryActions.sendStockTransfer,
    sendStockTransfer.input.parse({ id: transfer.id, version: 1 }),
  )
  await told()
  expect([await booked(received), await booked(transfer.id), (await db.voucher.count()) - before]).toEqual([
    ['goods_receipt 2026-11-20: 1405 +10.00, 220201 -10.00'],
    [],
    1,
  ])
})

test('what left before it was there costs what it turned out to cost, first in first out too', async () => {
  await perform(house, inventoryActions.changeCosting, { method: 'fifo' })
  const nail = await anItem({ allowNegative: true, listPrice: '1.13' })
  const first = await arrive({ itemId: nail.id, warehouseId: main, quantity: 2, unitCost: '1' })
  const gone = await adjust({ itemId: nail.id, warehouseId: main, quantity: -5 })
  const second = await arrive({ itemId: nail.id, warehouseId: main, quantity: 10, unitCost: '2' })
  await told()
  expect(await booked(first)).toEqual(['goods_receipt 2026-11-20: 1405 +2.00, 220201 -2.00'])
  expect(await booked(gone.adjustment.id)).toEqual(['stock_adjustment 2026-11-20: 1901 +5.00, 1405 -5.00'])
  expect((await booked(second)).toSorted()).toEqual([
    'cost_correction 2026-11-20: 1405 +-3.00, 6401 --3.00',
    'goods_receipt 2026-11-20: 1405 +20.00, 220201 -20.00',
  ])
  await proven()
})

test('a document of a closed period has its voucher in the next one, where its ledger has it', async () => {
  const customer = await aCustomer()
  await owes(customer, '30', '2026-11-10')
  await perform(await as('liu'), financeActions.closePeriod, { until: '2026-11-15' })
  const { receipt } = await post(customer, '20', { receivedOn: '2026-11-12', intoNextPeriod: true })
  await told()
  const { rows } = await ask(
    await as('liu'),
    accountingActions.vouchers,
    endpoints.vouchers.input.parse({ sourceId: receipt.id }),
  )
  expect(rows.map(({ on, documentOn }) => [on, documentOn])).toEqual([['2026-11-16', '2026-11-12']])
  await perform(await as('liu'), financeActions.openPeriod, { until: null })
})

test('whatever has no voucher gets it in the night, once, the same as if it had been heard of', async () => {
  const bolt = await anItem({ listPrice: '11.30' })
  const received = await arrive({ itemId: bolt.id, warehouseId: main, quantity: 10, unitCost: '2.26' })
  const customer = await aCustomer()
  await owes(customer, '100', '2026-10-05')
  const { receipt } = await post(customer, '40')
  const { version } = receipt
  await perform(await as('liu'), financeActions.reverseReceipt, { id: receipt.id, version })
  const note = await shipped(customer, bolt, '4')
  const [nightly] = accountingJobs
  await nightly!.run(systemCaller(new Date('2026-11-21T01:50:00+08:00')))
  const made = [await booked(received), await booked(note.id), await booked(receipt.id)]
  expect(made).toEqual([
    ['goods_receipt 2026-11-20: 1405 +22.60, 220201 -22.60'],
    [
      'sale 2026-11-20: 1122 +45.20, 6001 -40.00, 222101 -5.20',
      'delivery_cost 2026-11-20: 6401 +8.00, 222102 +1.04, 1405 -9.04',
    ],
    ['receipt 2026-11-20: 101201 +40.00, 1122 -40.00', 'receipt_reversal 2026-11-20: 101201 +-40.00, 1122 --40.00'],
  ])
  const count = await db.voucher.count()
  await told()
  expect([await perform(house, catchUp, undefined), await db.voucher.count()]).toEqual([0, count])
  await proven()
})

test('two who make the same voucher at the same moment make it once', async () => {
  const bolt = await anItem()
  const received = await arrive({ itemId: bolt.id, warehouseId: main, quantity: 1, unitCost: '1' })
  await Promise.all([1, 2, 3].map(() => perform(house, catchUp, undefined)))
  expect(await booked(received)).toHaveLength(1)
})

test('an account of the company’s own takes what its template sends there, from then on', async () => {
  const director = await as('director')
  const add = (code: string) =>
    perform(director, accountingActions.addLedgerAccount, { code, name: { zh: '银行存款-工行' } })
  expect((await add('100201')).kind).toBe('asset')
  expect((await refusalOf(add('100201'))).code).toBe('account_exists')
  expect((await refusalOf(add('500101'))).code).toBe('account_above_missing')
  const change = (accounts: Record<string, string>) =>
    perform(director, accountingActions.changeTemplate, { event: 'receipt' as const, accounts })
  expect((await refusalOf(change({ 'credit.allocated': '1405' }))).code).toBe('account_not_for_line')
  await change({ 'debit.bank': '100201' })
  const customer = await aCustomer()
  const { receipt } = await post(customer, '5', { method: 'bank' })
  await told()
  expect(await booked(receipt.id)).toEqual(['receipt 2026-11-20: 100201 +5.00, 2203 -5.00'])
  await change({ 'debit.bank': '1002' })
  await perform(await as('liu'), financeActions.reverseReceipt, { id: receipt.id, version: receipt.version })
  await told()
  expect((await booked(receipt.id)).at(-1)).toBe('receipt_reversal 2026-11-20: 100201 +-5.00, 2203 --5.00')
})

test('the ledger of an account goes on from page to page, and ends where the trial balance does', async () => {
  const liu = await as('liu')
  const asked = { code: '1122', from: '2026-11-01', to: '2026-11-30', limit: 3 }
  const pages = []
  for (let cursor: string | undefined | null; cursor !== null; cursor = pages.at(-1)!.cursor)
    pages.push(await ask(liu, accountingActions.accountLedger, { ...asked, ...(cursor && { cursor }) }))
  const rows = pages.flatMap((page) => page.rows)
  expect(pages.length).toBeGreaterThan(1)
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  expect(rows.at(-1)!.balance).toBe(pages[0]!.closing)
  const { rows: balances, total } = await ask(liu, accountingActions.trialBalance, { from: '2026-11', to: '2026-11' })
  expect(balances.find(({ account }) => account === '1122')!.closing.debit).toBe(pages[0]!.closing)
  for (const { debit, credit } of [total.opening, total.turnover, total.closing]) expect(debit).toBe(credit)
})

test('vouchers are found by their number or that of their document, by account, event and day', async () => {
  const liu = await as('liu')
  const { rows: all } = await ask(liu, accountingActions.vouchers, endpoints.vouchers.input.parse({ limit: 100 }))
  const find = async (filter: object) =>
    (await ask(liu, accountingActions.vouchers, endpoints.vouchers.input.parse({ limit: 100, ...filter }))).rows.map(
      ({ id }) => id,
    )
  const ids = (is: (row: (typeof all)[number]) => boolean) => all.filter(is).map(({ id }) => id)
  const one = all.find(({ event }) => event === 'sale')!
  expect(await find({ q: one.number })).toEqual([one.id])
  expect(await find({ q: one.sourceNumber })).toEqual(ids(({ sourceId }) => sourceId === one.sourceId))
  expect(await find({ event: 'sale' })).toEqual(ids(({ event }) => event === 'sale'))
  expect(await find({ account: '220201' })).toEqual(ids(({ event }) => event === 'goods_receipt'))
  expect(await find({ to: '2026-10-31' })).toEqual(ids(({ on }) => on <= '2026-10-31'))
  expect(await find({ customerId: one.customerId })).toEqual(ids(({ customerId }) => customerId === one.customerId))
})

test('whoever has no right to them sees no voucher', async () => {
  const refused = await refusalOf(ask(await as('li'), accountingActions.vouchers, { limit: 30 }))
  expect(refused.code).toBe('forbidden')
})

test('the database refuses a voucher that does not balance, and every change of one', async () => {
  const voucher = (await db.voucher.findFirst())!
  await expect(
    db.$executeRaw`insert into voucher_line (id, voucher_id, position, account, "on", debit, credit)
      values (${newId()}::uuid, ${voucher.id}::uuid, 99, '1001', ${voucher.on}::date, 1, 0)`,
  ).rejects.toThrow('does not balance')
  await expect(db.voucherLine.deleteMany({ where: { voucherId: voucher.id } })).rejects.toThrow(
    'appended, never changed',
  )
})
