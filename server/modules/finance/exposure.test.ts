import { afterAll, beforeEach, expect, test } from 'vitest'
import { Decimal, Refusal } from '#contract'
import { systemCaller } from '#kernel/caller'
import { db, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { ask, perform } from '#kernel/perform'
import { accountantAt, type Books, noon, openBooks, sellerAt } from './fixtures/books.ts'
import { owe, pay, refusal } from './fixtures/deeds.ts'
import {
  addOrdered,
  dropExpected,
  expect as expectOrder,
  exposureOf,
  financeActions,
  lockExposure,
  paymentOf,
} from './index.ts'
import { leaveBooksUnproven } from '../../test/books.ts'

leaveBooksUnproven('The credit of customers is used here without the orders that would use it.')

afterAll(closeNumbers)

let books: Books
beforeEach(async () => {
  books = await openBooks(db, noon('2026-03-01'))
})

const house = systemCaller(noon('2026-03-01'))
const inTransaction = <T>(act: (tx: Tx) => Promise<T>): Promise<T> => perform(house, act, undefined)
const accountOf = (id: string, day = '2026-03-01') =>
  ask(sellerAt(books.xiaoli, noon(day)), financeActions.account, { id })

/** What an order does: look at the room that is left, and take it. */
const orderWithin = (limit: string, customerId: string, amount: string) =>
  inTransaction(async (tx) => {
    const { exposure } = await lockExposure(tx, customerId)
    if (exposure.plus(amount).gt(limit)) throw new Refusal('over_limit')
    await addOrdered(tx, customerId, new Decimal(amount))
  })

test('of orders at the same moment only one slips under a limit that has room for one', async () => {
  const race = async () => {
    const outcomes = await Promise.all(
      ['600', '700', '800'].map((amount) => refusal(orderWithin('1000', books.hongda, amount))),
    )
    return outcomes.filter((outcome) => outcome === 'over_limit').length
  }
  // The first orders of a customer also race to make his row; the next ones find it.
  expect(await race()).toBe(2)
  const { ordered } = (await exposureOf(db, [books.hongda])).get(books.hongda)!
  await inTransaction((tx) => addOrdered(tx, books.hongda, ordered.neg()))
  expect(await race()).toBe(2)
})

test('more than was ordered cannot be given back', async () => {
  await inTransaction((tx) => addOrdered(tx, books.hongda, new Decimal(100)))
  await expect(inTransaction((tx) => addOrdered(tx, books.hongda, new Decimal('-100.01')))).rejects.toThrow(
    /customer_exposure_parts/,
  )
  expect((await accountOf(books.hongda)).amounts?.ordered).toBe('100.00')
})

test('an order counts from submission, is expected when confirmed, owed when delivered, and the parts show it', async () => {
  const order = { id: newId(), number: 'SO202603-00001' }
  await inTransaction((tx) => addOrdered(tx, books.hongda, new Decimal('1000.00')))
  await inTransaction((tx) =>
    expectOrder(tx, house, {
      customerId: books.hongda,
      orderId: order.id,
      orderNumber: order.number,
      amount: new Decimal('1000.00'),
      termCode: 'parts_30_60_10',
      orderedOn: '2026-03-01',
      promisedOn: '2026-03-10',
    }),
  )
  const ordered = await accountOf(books.hongda)
  expect(ordered.credit).toEqual({ limit: '100000.00', exposure: '1000.00', usedPercent: '1.00', left: '99000.00' })
  expect(ordered.amounts?.expected.map((part) => [part.part, part.dueOn, part.remaining])).toEqual([
    [1, '2026-03-01', '300.00'],
    [2, '2026-03-10', '600.00'],
    [3, '2027-03-10', '100.00'],
  ])

  await owe(books.hongda, '333.33', { on: '2026-03-08', termCode: 'parts_30_60_10', order })
  const partly = await accountOf(books.hongda, '2026-03-08')
  expect(partly.amounts).toMatchObject({
    ordered: '666.67',
    owed: '333.33',
    nextDue: { on: '2026-03-08', amount: '200.00' },
  })
  // The deposit was due when it was ordered: delivered a week later, it is overdue.
  expect(partly.amounts?.overdue).toEqual({ amount: '100.00', days: 7, count: 1 })
  expect(partly.amounts?.expected.map((part) => part.remaining)).toEqual(['200.00', '400.00', '66.67'])
  expect((await paymentOf(db, [order.id])).get(order.id)).toMatchObject({ state: 'unpaid' })

  await owe(books.hongda, '666.67', { on: '2026-03-12', termCode: 'parts_30_60_10', order })
  const all = await accountOf(books.hongda, '2026-03-12')
  expect(all.amounts).toMatchObject({ ordered: '0.00', owed: '1000.00', expected: [] })
  expect(all.credit?.exposure).toBe('1000.00')
})

test('an order is unpaid, partly paid and paid as its receivables are', async () => {
  const order = { id: newId(), number: 'SO202603-00003' }
  const other = newId()
  const payment = async () => (await paymentOf(db, [order.id, other])).get(order.id)
  await inTransaction((tx) => addOrdered(tx, books.hongda, new Decimal(100)))
  await owe(books.hongda, '100', { on: '2026-03-01', order })
  const accountant = accountantAt(books.xiaoli, noon('2026-03-02'))
  await pay(accountant, books.hongda, '40', { on: '2026-03-02' })
  expect(await payment()).toMatchObject({ state: 'partly_paid', allocations: [{ amount: '40.00' }] })
  await pay(accountant, books.hongda, '60', { on: '2026-03-02' })
  expect(await payment()).toMatchObject({ state: 'paid', owed: new Decimal(100), paid: new Decimal(100) })
  expect((await paymentOf(db, [other])).get(other)).toMatchObject({ state: 'nothing_owed', receivables: [] })
})

test('an order that is cancelled is no longer expected, in part or whole', async () => {
  const orderId = newId()
  const confirmed = {
    customerId: books.hongda,
    orderId,
    orderNumber: 'SO202603-00002',
    amount: new Decimal('100.01'),
    termCode: 'deposit_30',
    orderedOn: '2026-03-01',
    promisedOn: null,
  }
  const remaining = async () => (await accountOf(books.hongda)).amounts?.expected.map((part) => part.remaining)
  await inTransaction((tx) => addOrdered(tx, books.hongda, new Decimal('100.01')))
  await inTransaction((tx) => expectOrder(tx, house, confirmed))
  await inTransaction((tx) => expectOrder(tx, house, confirmed))
  expect(await remaining()).toEqual(['30.00', '70.01'])
  await inTransaction((tx) => dropExpected(tx, orderId, new Decimal('0.01')))
  expect((await remaining())?.reduce((sum, part) => sum + Number(part), 0)).toBe(100)
  await inTransaction((tx) => dropExpected(tx, orderId, 'all'))
  expect(await remaining()).toEqual([])
})
