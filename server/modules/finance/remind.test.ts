import { beforeEach, expect, test } from 'vitest'
import { systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { addDays } from '#kernel/days'
import { perform } from '#kernel/perform'
import type { PaymentDue, PaymentOverdue } from './facts.ts'
import { type Books, noon, openBooks } from './fixtures/books.ts'
import { owe } from './fixtures/deeds.ts'
import { financeJobs, remind } from './index.ts'
import { leaveBooksUnproven } from '../../test/books.ts'

leaveBooksUnproven('Debts are written here without the deliveries and ledger lines that would make them.')

let books: Books
beforeEach(async () => {
  books = await openBooks(db, noon('2026-01-01'))
})

/** What the job announces of one customer on a day. */
async function announced(customerId: string, day: string) {
  const before = await db.event.count()
  await perform(systemCaller(noon(day)), remind, undefined)
  const events = await db.event.findMany({ orderBy: { id: 'asc' }, skip: before })
  return events
    .filter((event) => event.name.startsWith('finance.payment-'))
    .map((event) => ({ name: event.name, ...(event.body as unknown as (PaymentDue | PaymentOverdue)['body']) })) // as published
    .filter((reminder) => reminder.customerId === customerId)
}

test('each stage is announced once, to whom it concerns', async () => {
  await owe(books.hongda, '100', { on: '2026-01-01' })
  const due = '2026-01-31'
  const stages = async (days: number) =>
    (await announced(books.hongda, addDays(due, days))).map((one) => [one.name, one.stage, one.audience])

  expect(await stages(-8)).toEqual([])
  expect(await stages(-7)).toEqual([['finance.payment-due', 'before-7', 'owner']])
  expect(await stages(-7)).toEqual([])
  expect(await stages(0)).toEqual([])
  expect(await stages(1)).toEqual([['finance.payment-overdue', 'overdue-1', 'owner']])
  expect(await stages(14)).toEqual([])
  expect(await stages(15)).toEqual([['finance.payment-overdue', 'overdue-15', 'manager']])
  expect(await stages(30)).toEqual([['finance.payment-overdue', 'overdue-30', 'director']])
  expect(await stages(200)).toEqual([])
})

test('what a customer owes at one stage is told together, with its seller, sum and oldest day', async () => {
  await owe(books.hongda, '100.50', { on: '2026-01-01', termCode: 'on_delivery' })
  await owe(books.hongda, '200', { on: '2026-01-03', termCode: 'on_delivery' })
  await owe(books.hongda, '400', { on: '2026-01-05', termCode: 'on_delivery' })
  const [reminder, ...others] = await announced(books.hongda, '2026-01-05')

  expect(others.map((one) => one.stage)).toEqual(['overdue-1'])
  expect(reminder).toMatchObject({
    stage: 'before-7',
    ownerId: books.xiaoli,
    amount: '400.00',
    oldestDueOn: '2026-01-05',
  })
  expect(others[0]).toMatchObject({ amount: '300.50', oldestDueOn: '2026-01-01' })
  expect(others[0]?.receivableIds).toHaveLength(2)
})

test('a day on which the job did not run is made up for, without the stages that have passed', async () => {
  await owe(books.hongda, '100', { on: '2026-01-01' })
  expect((await announced(books.hongda, '2026-02-20')).map((one) => one.stage)).toEqual(['overdue-15'])
})

test('what is paid is not asked for, and two jobs at one moment ask once', async () => {
  await owe(books.jianan, '100', { on: '2026-01-01' })
  const before = await db.event.count()
  const job = financeJobs[0]!
  await Promise.all([job.run(systemCaller(noon('2026-02-01'))), job.run(systemCaller(noon('2026-02-01')))])
  const events = await db.event.findMany({ orderBy: { id: 'asc' }, skip: before })
  const ofJianan = events.filter((event) => (event.body as { customerId?: string }).customerId === books.jianan) // as published
  expect(ofJianan.map((event) => event.name)).toEqual(['finance.payment-overdue'])

  await db.receivable.updateMany({ where: { customerId: books.jianan }, data: { settled: 100 } })
  expect(await announced(books.jianan, '2026-03-20')).toEqual([])
})
