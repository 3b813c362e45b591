import { afterAll, beforeAll, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { ask, perform } from '#kernel/perform'
import { leaveBooksUnproven } from '../../test/books.ts'
import { accountantAt, type Books, noon, openBooks, sellerAt } from './fixtures/books.ts'
import { owe, pay, refusal } from './fixtures/deeds.ts'
import { financeActions, overdueOf } from './index.ts'

leaveBooksUnproven('A receipt of May 2 pays here what is owed from May 31 on, before that day has come.')

const clerk = newId()
const accountant = accountantAt(clerk, noon('2026-06-30'))
const ages = { by: 'customer' as const, limit: 30 }
afterAll(closeNumbers)

let books: Books
let reversed: string

// Due on delivery, seen on June 30: 60, 30, 29, 0 days overdue, one not due; a receipt for the oldest, one too many, one reversed.
beforeAll(async () => {
  books = await openBooks(db, noon('2026-01-01'))
  const cash = { termCode: 'on_delivery' }
  await owe(books.hongda, '100', { on: '2026-03-31', ...cash })
  await owe(books.hongda, '200', { on: '2026-05-01', ...cash })
  await owe(books.hongda, '400', { on: '2026-05-31', ...cash })
  await owe(books.hongda, '800', { on: '2026-06-01', ...cash })
  await owe(books.hongda, '1600', { on: '2026-06-30', ...cash })
  await owe(books.hongda, '3200', { on: '2026-06-20' })
  await owe(books.jianan, '50', { on: '2026-06-01', ...cash })
  await pay(accountantAt(clerk, noon('2026-04-10')), books.hongda, '30', { on: '2026-04-08' })
  await pay(accountantAt(clerk, noon('2026-06-10')), books.jianan, '70', { on: '2026-06-10' })
  const { receipt } = await pay(accountantAt(clerk, noon('2026-05-02')), books.hongda, '500', { on: '2026-05-02' })
  const version = (await ask(accountant, financeActions.receipt, { id: receipt.id })).receipt.version
  await perform(accountantAt(clerk, noon('2026-06-15')), financeActions.reverseReceipt, { id: receipt.id, version })
  reversed = receipt.number ?? ''
})

test('what is owed falls into its age by the days since it was due', async () => {
  const { rows } = await ask(accountant, financeActions.ageing, ages)
  expect(rows.map((row) => row.name)).toEqual(['宏达', '建安'])
  expect(rows[0]).toMatchObject({
    notDue: '4800.00',
    upTo30: '1200.00',
    upTo60: '200.00',
    upTo90: '0.00',
    over90: '70.00',
    owed: '6270.00',
    balance: '6270.00',
  })
  expect(rows[1]).toMatchObject({ owed: '0.00', advance: '20.00', balance: '-20.00' })
})

test('as at an earlier day it is what was known to have happened by then', async () => {
  const asAt = async (asOf: string) => {
    const { rows } = await ask(accountant, financeActions.ageing, { ...ages, asOf })
    return rows.find((row) => row.id === books.hongda)
  }
  expect(await asAt('2026-03-30')).toBeUndefined()
  expect(await asAt('2026-04-07')).toMatchObject({ upTo30: '100.00', balance: '100.00' })
  expect(await asAt('2026-04-08')).toMatchObject({ upTo30: '70.00', balance: '70.00' })
  // The receipt of May 2 settled what was due then; the rest of it waited for the next deliveries.
  expect(await asAt('2026-05-02')).toMatchObject({ owed: '0.00', advance: '230.00', balance: '-230.00' })
  expect(await asAt('2026-06-14')).toMatchObject({ upTo30: '970.00', advance: '0.00' })
  expect(await asAt('2026-06-15')).toMatchObject({ upTo30: '1200.00', upTo60: '200.00', upTo90: '70.00' })
})

test('today read from the ledger is today read from what is open, and every day adds up to the statement', async () => {
  const tomorrow = accountantAt(clerk, noon('2026-07-01'))
  const today = await ask(accountant, financeActions.ageing, ages)
  expect(await ask(tomorrow, financeActions.ageing, { ...ages, asOf: '2026-06-30' })).toEqual(today)

  for (const asOf of ['2026-04-07', '2026-05-02', '2026-05-31', '2026-06-14', '2026-06-15', '2026-06-30']) {
    const { rows, totals } = await ask(accountant, financeActions.ageing, { ...ages, asOf })
    for (const row of [...rows, totals]) {
      const buckets = Decimal.sum(row.notDue, row.upTo30, row.upTo60, row.upTo90, row.over90)
      expect(buckets.toFixed(2)).toBe(row.owed)
      expect(buckets.minus(row.advance).toFixed(2)).toBe(row.balance)
    }
    for (const id of [books.hongda, books.jianan]) {
      const statement = await ask(accountant, financeActions.statement, { id, from: '2026-01-01', to: asOf })
      expect(statement.closing).toBe(rows.find((row) => row.id === id)?.balance ?? '0.00')
    }
  }
})

test('by seller it adds up to the same, and a seller sees his own', async () => {
  const byOwner = await ask(accountant, financeActions.ageing, { ...ages, by: 'owner' })
  expect(byOwner.rows.map((row) => [row.name, row.owed])).toEqual([
    ['小李', '6270.00'],
    ['小何', '0.00'],
  ])
  expect(byOwner.totals).toEqual((await ask(accountant, financeActions.ageing, ages)).totals)
  const own = await ask(sellerAt(books.xiaohe, noon('2026-06-30')), financeActions.ageing, ages)
  expect(own.rows.map((row) => row.id)).toEqual([books.jianan])
  expect(own.totals.balance).toBe('-20.00')
})

test('page by page it is the same list', async () => {
  const first = await ask(accountant, financeActions.ageing, { ...ages, limit: 1 })
  const second = await ask(accountant, financeActions.ageing, { ...ages, limit: 1, cursor: first.cursor ?? '' })
  expect([...first.rows, ...second.rows]).toEqual((await ask(accountant, financeActions.ageing, ages)).rows)
  expect(second.cursor).toBeNull()
  const cursor = Buffer.from('["x","y"]').toString('base64url')
  expect(await refusal(ask(accountant, financeActions.ageing, { ...ages, cursor }))).toBe('malformed')
})

test('receivables come page by page, earliest due first, and only those asked for', async () => {
  const list = { openOnly: true, overdue: false, limit: 2, customerId: books.hongda }
  const seen: (string | null | undefined)[] = []
  for (let cursor: string | undefined; ;) {
    const page = await ask(accountant, financeActions.receivables, { ...list, cursor })
    seen.push(...page.rows.map((row) => row.dueOn))
    if (!page.cursor) break
    cursor = page.cursor
  }
  expect(seen).toEqual(['2026-03-31', '2026-05-01', '2026-05-31', '2026-06-01', '2026-06-30', '2026-07-20'])

  const due = async (filter: object) =>
    (await ask(accountant, financeActions.receivables, { ...list, limit: 9, ...filter })).rows.map((row) => row.open)
  expect(await due({ overdue: true })).toEqual(['70.00', '200.00', '400.00', '800.00'])
  expect(await due({ overdue: true, dueFrom: '2026-05-31' })).toEqual(['400.00', '800.00'])
  expect(await due({ dueFrom: '2026-06-30', dueTo: '2026-07-19' })).toEqual(['1600.00'])
  expect(await due({ customerId: books.jianan, openOnly: false })).toEqual(['0.00'])
})

test('what is overdue is told by amount, days and count', async () => {
  const overdue = await overdueOf(db, [books.hongda, books.jianan], '2026-06-30')
  expect(overdue.get(books.hongda)).toEqual({ amount: new Decimal(1470), days: 91, count: 4 })
  expect(overdue.get(books.jianan)).toEqual({ amount: new Decimal(0), days: 0, count: 0 })
})

test('a statement tells what moved the balance, and runs from opening to closing', async () => {
  const statement = await ask(accountant, financeActions.statement, {
    id: books.hongda,
    from: '2026-05-01',
    to: '2026-06-15',
  })
  expect(statement).toMatchObject({ opening: '70.00', charged: '1900.00', paid: '500.00', closing: '1470.00' })
  expect(statement.entries.map((entry) => [entry.on, entry.kind, entry.amount, entry.balance])).toEqual([
    ['2026-05-01', 'delivery', '200.00', '270.00'],
    ['2026-05-02', 'receipt', '-500.00', '-230.00'],
    ['2026-05-31', 'delivery', '400.00', '170.00'],
    ['2026-06-01', 'delivery', '800.00', '970.00'],
    ['2026-06-15', 'reversal', '500.00', '1470.00'],
  ])
  expect(statement.entries[1]?.sourceNumber).toBe(reversed)
  const asked = (from: string, to: string) =>
    refusal(ask(accountant, financeActions.statement, { id: books.hongda, from, to }))
  expect(await asked('2026-06-02', '2026-06-01')).toBe('statement_too_long')
  expect(await asked('2025-06-01', '2026-06-02')).toBe('statement_too_long')
  const foreign = ask(sellerAt(books.xiaohe, noon('2026-06-30')), financeActions.statement, { id: books.hongda })
  expect(await refusal(foreign)).toBe('not_found')
})
