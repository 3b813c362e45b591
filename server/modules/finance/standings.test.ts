import { afterAll, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { ask } from '#kernel/perform'
import { accountantAt, callerWith, noon, openBooks, sellerAt } from './fixtures/books.ts'
import { owe, refusal } from './fixtures/deeds.ts'
import { financeActions } from './index.ts'

afterAll(closeNumbers)

test('somebody who reads a list is told what the customers he sees owe, and nothing of the others', async () => {
  const books = await openBooks(db, noon('2026-01-01'))
  await owe(books.hongda, '300.00', { on: '2026-01-05' })
  await owe(books.jianan, '80.00', { on: '2026-02-20' })
  const asked = { customers: [books.hongda, books.jianan] }
  const at = noon('2026-02-24')

  const { rows } = await ask(accountantAt(books.xiaohe, at), financeActions.standings, asked)
  const hongda = {
    customerId: books.hongda,
    owed: '300.00',
    overdue: '300.00',
    overdueDays: 20,
    creditLeft: '99700.00',
  }
  const jianan = { customerId: books.jianan, owed: '80.00', overdue: '0.00', overdueDays: 0, creditLeft: '99920.00' }
  expect(rows).toHaveLength(2)
  expect(rows).toEqual(expect.arrayContaining([hongda, jianan]))
  expect((await ask(sellerAt(books.xiaoli, at), financeActions.standings, asked)).rows).toEqual([hongda])

  const withoutCredit = callerWith(books.xiaoli, at, {
    actions: ['receivable.read'],
    scopes: { receivable: 'own' },
    reads: new Set(['amount']),
  })
  expect((await ask(withoutCredit, financeActions.standings, asked)).rows[0]).not.toHaveProperty('creditLeft')
  const withoutAmounts = callerWith(books.xiaoli, at, { actions: ['receivable.read'], reads: new Set() })
  expect(await refusal(ask(withoutAmounts, financeActions.standings, asked))).toBe('forbidden')
})
