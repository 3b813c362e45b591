import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { ask } from '#kernel/perform'
import { accountantAt, type Books, noon, openBooks } from './fixtures/books.ts'
import { owe, pay } from './fixtures/deeds.ts'
import { financeActions } from './index.ts'

afterAll(closeNumbers)

const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Apia']
const home = process.env.TZ
afterAll(() => {
  process.env.TZ = home
})

let books: Books
beforeAll(async () => {
  books = await openBooks(db, noon('2026-01-01'))
})

test('due days are days of the calendar, whatever the time zone of the process', async () => {
  const dueDays = async (zone: string) => {
    process.env.TZ = zone
    const { hongda } = await openBooks(db, noon('2026-01-01'))
    for (const termCode of ['net_30', 'month_end_30', 'next_month_25']) {
      await owe(hongda, '10', { on: '2027-12-31', termCode })
      await owe(hongda, '10', { on: '2028-01-30', termCode })
      await owe(hongda, '10', { on: '2028-02-29', termCode })
    }
    const list = { customerId: hongda, openOnly: true, overdue: false, limit: 20 }
    const { rows } = await ask(accountantAt(hongda, noon('2028-03-01')), financeActions.receivables, list)
    return rows.map((row) => row.dueOn)
  }
  const expected = [
    '2028-01-25',
    '2028-01-30',
    '2028-01-30',
    '2028-02-25',
    '2028-02-29',
    '2028-03-01',
    '2028-03-25',
    '2028-03-30',
    '2028-03-30',
  ]
  for (const zone of zones) expect(await dueDays(zone)).toEqual(expected)
})

test('what is due today is overdue from midnight in Shanghai, not before', async () => {
  await owe(books.hongda, '10', { on: '2026-05-31', termCode: 'on_delivery' })
  const overdueAt = async (instant: string) => {
    const caller = accountantAt(books.xiaoli, new Date(instant))
    return (await ask(caller, financeActions.account, { id: books.hongda })).amounts?.overdue.days
  }
  for (const zone of zones) {
    process.env.TZ = zone
    expect(await overdueAt('2026-05-31T23:59:59.999+08:00')).toBe(0)
    expect(await overdueAt('2026-06-01T00:00:00+08:00')).toBe(1)
  }
})

test('a receipt keeps its day in every time zone of the process and of the database session', async () => {
  for (const zone of zones) {
    process.env.TZ = zone
    const caller = accountantAt(books.xiaoli, new Date('2026-03-01T00:30:00+08:00'))
    const { receipt } = await pay(caller, books.jianan, '1', { on: '2026-03-01', allocations: 'none' })
    expect(receipt.receivedOn).toBe('2026-03-01')
    const seen = await db.$transaction(async (tx) => {
      await tx.$executeRaw`select set_config('TimeZone', ${zone}, true)`
      return financeActions.receipt(tx, caller, { id: receipt.id })
    })
    expect(seen.receipt.receivedOn).toBe('2026-03-01')
  }
})
