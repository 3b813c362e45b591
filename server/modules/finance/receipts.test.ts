import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { db, inTransaction } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { ask, perform } from '#kernel/perform'
import { account } from './account.ts'
import { allocateReceipt } from './allocate-receipt.ts'
import { accountantAt, type Books, callerWith, noon, openBooks, sellerAt } from './fixtures/books.ts'
import { owe, pay, refusal } from './fixtures/deeds.ts'
import { receivable, receivables } from './list-receivables.ts'
import { receipts } from './list-receipts.ts'
import { assertOpen, closePeriod, openPeriod } from './period.ts'
import { receipt } from './receipt-answer.ts'
import { reverseReceipt } from './reverse-receipt.ts'
import { changeSettings, postingMoment } from './settings.ts'
import { statement } from './statement.ts'

const clerk = newId()
const accountant = (day: string) => accountantAt(clerk, noon(day))
const anyReceipts = { unallocated: false, limit: 50 }
const open = { openOnly: true, overdue: false, limit: 50 }

afterAll(closeNumbers)

let books: Books
beforeEach(async () => {
  books = await openBooks(db, noon('2026-01-01'))
})

const openOf = async (customerId: string, day: string) =>
  (await ask(accountant(day), receivables, { ...open, customerId })).rows.map((row) => [row.dueOn, row.open])

describe('a receipt', () => {
  test('settles what is due first and keeps what is over as an advance', async () => {
    await owe(books.hongda, '500.00', { on: '2026-01-20' })
    await owe(books.hongda, '300.00', { on: '2026-01-05' })

    const first = await pay(accountant('2026-02-01'), books.hongda, '400', { on: '2026-02-01' })
    expect(first.allocations.map((one) => [one.dueOn, one.amount])).toEqual([
      ['2026-02-04', '300.00'],
      ['2026-02-19', '100.00'],
    ])
    expect(await openOf(books.hongda, '2026-02-01')).toEqual([['2026-02-19', '400.00']])

    const second = await pay(accountant('2026-02-02'), books.hongda, '1000.00', { on: '2026-02-02' })
    expect(second.receipt).toMatchObject({ unallocated: '600.00', state: 'posted', can: ['allocate', 'reverse'] })
    expect(second.receipt.number).toMatch(/^RC202602-\d{5}$/)
    const { amounts, credit } = await ask(accountant('2026-02-02'), account, { id: books.hongda })
    expect(amounts).toMatchObject({ owed: '0.00', advance: '600.00', nextDue: null })
    expect(credit).toMatchObject({ exposure: '-600.00', usedPercent: '0.00', left: '100600.00' })
  })

  test('goes where it was told to go', async () => {
    await owe(books.hongda, '300.00', { on: '2026-01-05' })
    await owe(books.hongda, '500.00', { on: '2026-01-20' })
    const later = (await ask(accountant('2026-02-01'), receivables, { ...open, customerId: books.hongda })).rows[1]!

    const { receipt: paid, allocations } = await pay(accountant('2026-02-01'), books.hongda, '400', {
      on: '2026-02-01',
      allocations: [{ receivableId: later.id, amount: '250' }],
    })
    expect(paid.unallocated).toBe('150.00')
    expect(allocations).toMatchObject([{ receivableId: later.id, amount: '250.00', on: '2026-02-01' }])
    const seen = await ask(accountant('2026-02-01'), receivable, { id: later.id })
    expect(seen).toMatchObject({ receivable: { open: '250.00', settled: '250.00', state: 'not_due' }, allocations })
  })

  test('that is told to settle too much is refused, and nothing of it stays', async () => {
    await owe(books.hongda, '300.00', { on: '2026-01-05' })
    const [item] = (await ask(accountant('2026-02-01'), receivables, { ...open, customerId: books.hongda })).rows
    const tell = (customerId: string, amount: string) =>
      refusal(
        pay(accountant('2026-02-01'), customerId, '400', {
          on: '2026-02-01',
          allocations: [{ receivableId: item!.id, amount }],
        }),
      )

    expect(await tell(books.hongda, '300.01')).toBe('over_allocated')
    expect(await tell(books.hongda, '400.01')).toBe('over_allocated')
    expect(await tell(books.jianan, '10')).toBe('not_found')
    const all = await ask(accountant('2026-02-01'), receipts, { ...anyReceipts, customerId: books.hongda })
    expect(all.rows).toEqual([])
    expect(await openOf(books.hongda, '2026-02-01')).toEqual([['2026-02-04', '300.00']])
  })

  test('kept as an advance is allocated later, and waits for somebody to see that', async () => {
    await owe(books.hongda, '300.00', { on: '2026-01-05' })
    const { receipt: kept } = await pay(accountant('2026-01-10'), books.hongda, '200', {
      on: '2026-01-10',
      allocations: 'none',
    })
    expect(kept.unallocated).toBe('200.00')
    const waiting = await ask(accountant('2026-01-11'), receipts, {
      unallocated: true,
      limit: 9,
      customerId: books.hongda,
    })
    expect(waiting.rows.map((row) => row.id)).toEqual([kept.id])

    const used = await perform(accountant('2026-01-12'), allocateReceipt, {
      id: kept.id,
      version: 1,
      allocations: 'oldest',
    })
    expect(used.receipt).toMatchObject({ unallocated: '0.00', version: 2, can: ['reverse'] })
    expect(used.allocations).toMatchObject([{ amount: '200.00', on: '2026-01-12' }])
    expect(used.timeline.map((entry) => entry.action)).toEqual(['create', 'allocate'])
    const again = { id: kept.id, version: 2, allocations: 'oldest' as const }
    expect(await refusal(perform(accountant('2026-01-12'), allocateReceipt, again))).toBe('receipt_exhausted')
  })

  test('with nothing to settle says so', async () => {
    const { receipt: kept } = await pay(accountant('2026-01-10'), books.hongda, '200', { on: '2026-01-10' })
    const input = { id: kept.id, version: 1, allocations: 'oldest' as const }
    expect(await refusal(perform(accountant('2026-01-12'), allocateReceipt, input))).toBe('nothing_open')
  })

  test('that is reversed gives back what it had settled, and is done with', async () => {
    await owe(books.hongda, '300.00', { on: '2026-01-05' })
    const { receipt: paid } = await pay(accountant('2026-01-10'), books.hongda, '500', { on: '2026-01-10' })
    const { version } = (await ask(accountant('2026-01-10'), receipt, { id: paid.id })).receipt

    const undone = await perform(accountant('2026-01-15'), reverseReceipt, { id: paid.id, version })
    expect(undone.receipt).toMatchObject({ state: 'reversed', unallocated: '0.00', can: [] })
    expect(undone.allocations).toEqual([])
    expect(await openOf(books.hongda, '2026-01-15')).toEqual([['2026-02-04', '300.00']])
    const { amounts } = await ask(accountant('2026-01-15'), account, { id: books.hongda })
    expect(amounts).toMatchObject({ owed: '300.00', advance: '0.00' })
    const again = { id: paid.id, version: version + 1 }
    expect(await refusal(perform(accountant('2026-01-15'), reverseReceipt, again))).toBe('wrong_state')
  })

  test('written down late settles a debt that was given back only after that was given back', async () => {
    await owe(books.hongda, '300.00', { on: '2026-01-05' })
    const { receipt: bounced } = await pay(accountant('2026-01-10'), books.hongda, '300', { on: '2026-01-10' })
    const { version } = (await ask(accountant('2026-01-20'), receipt, { id: bounced.id })).receipt
    await perform(accountant('2026-01-20'), reverseReceipt, { id: bounced.id, version })
    const late = await pay(accountant('2026-01-25'), books.hongda, '300', { on: '2026-01-15' })
    expect(late.allocations).toMatchObject([{ on: '2026-01-20', amount: '300.00' }])
  })

  test('is not changed by who has not seen its last change', async () => {
    const { receipt: paid } = await pay(accountant('2026-01-10'), books.hongda, '500', { on: '2026-01-10' })
    await owe(books.hongda, '300.00', { on: '2026-01-10' })
    expect(await refusal(perform(accountant('2026-01-15'), reverseReceipt, { id: paid.id, version: 1 }))).toBe('stale')
  })

  test('asked for twice with one key is posted once, and its id never makes two', async () => {
    const caller = { ...accountant('2026-01-10'), key: newId() }
    const id = newId()
    const [one, two] = await Promise.all([
      pay(caller, books.hongda, '500', { on: '2026-01-10', id }),
      pay(caller, books.hongda, '500', { on: '2026-01-10', id }),
    ])
    expect(two).toEqual(one)
    const other = pay({ ...caller, key: newId() }, books.hongda, '500', { on: '2026-01-10', id })
    expect(await refusal(other)).toBe('stale')
    const { amounts } = await ask(accountant('2026-01-10'), account, { id: books.hongda })
    expect(amounts?.advance).toBe('500.00')
  })
})

describe('an advance', () => {
  test('is taken by a new receivable while the company wants that', async () => {
    await pay(accountant('2026-01-10'), books.hongda, '200', { on: '2026-01-10' })
    await owe(books.hongda, '300.00', { on: '2026-01-12' })
    expect(await openOf(books.hongda, '2026-01-12')).toEqual([['2026-02-11', '100.00']])
  })

  test('is left alone when the company does not', async () => {
    const admin = callerWith(clerk, noon('2026-01-10'), { actions: ['org.admin'] })
    await perform(admin, changeSettings, { autoAllocate: false })
    await pay(accountant('2026-01-10'), books.hongda, '200', { on: '2026-01-10' })
    await owe(books.hongda, '300.00', { on: '2026-01-12' })
    expect(await openOf(books.hongda, '2026-01-12')).toEqual([['2026-02-11', '300.00']])
    await perform(admin, changeSettings, { autoAllocate: true })
  })
})

describe('at the same moment', () => {
  test('two receipts told to settle one receivable never settle more than it is', async () => {
    await owe(books.hongda, '300.00', { on: '2026-01-05' })
    const [item] = (await ask(accountant('2026-01-06'), receivables, { ...open, customerId: books.hongda })).rows
    const told = { on: '2026-01-06', allocations: [{ receivableId: item!.id, amount: '200.00' }] }
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => refusal(pay(accountant('2026-01-06'), books.hongda, '200', told))),
    )
    expect(outcomes.filter((outcome) => outcome === 'over_allocated')).toHaveLength(2)
    expect(await openOf(books.hongda, '2026-01-06')).toEqual([['2026-02-04', '100.00']])
  })

  test('receipts and deliveries of one customer settle all that they can', async () => {
    await Promise.all([
      ...['100', '250', '75.5'].map((amount) =>
        pay(accountant('2026-01-06'), books.hongda, amount, { on: '2026-01-06' }),
      ),
      ...['80', '200', '60.3'].map((amount) => owe(books.hongda, amount, { on: '2026-01-06' })),
    ])
    const { amounts } = await ask(accountant('2026-01-06'), account, { id: books.hongda })
    expect(amounts).toMatchObject({ ageing: { balance: '-85.20' } })
  })
})

describe('bad input', () => {
  test('a receipt of nothing, or of a day that has not come, is refused', async () => {
    const post = (amount: string, on: string) => refusal(pay(accountant('2026-01-10'), books.hongda, amount, { on }))
    expect(await post('0.00', '2026-01-10')).toBe('malformed')
    expect(await post('-5', '2026-01-10')).toBe('malformed')
    expect(await post('5', '2026-01-11')).toBe('day_ahead')
  })

  test('nothing takes effect in a closed period until it is opened again', async () => {
    const caller = accountant('2026-02-10')
    const { receipt: kept } = await pay(caller, books.hongda, '50', { on: '2026-01-31' })
    expect(await refusal(perform(caller, closePeriod, { until: '2026-02-10' }))).toBe('period_not_over')
    await perform(caller, closePeriod, { until: '2026-01-31' })
    expect(await refusal(pay(caller, books.hongda, '50', { on: '2026-01-31' }))).toBe('closed_period')
    expect(await refusal(owe(books.hongda, '50', { on: '2026-01-31' }))).toBe('closed_period')
    expect(await refusal(perform(caller, closePeriod, { until: '2026-01-15' }))).toBe('period_closed_already')

    // What happened in it is undone after it.
    await perform(caller, reverseReceipt, { id: kept.id, version: 1 })
    expect(await refusal(perform(sellerAt(books.xiaoli, noon('2026-02-10')), openPeriod, { until: null }))).toBe(
      'forbidden',
    )
    await perform(caller, openPeriod, { until: null })
    await pay(caller, books.hongda, '50', { on: '2026-01-31' })
    expect(await refusal(perform(caller, openPeriod, { until: null }))).toBe('nothing_to_open')
  })

  test('whoever has looked at the settings before the books were closed hears of it when he posts', async () => {
    await inTransaction(async (tx) => {
      await postingMoment(tx)
      await perform(accountant('2026-02-10'), closePeriod, { until: '2026-01-31' })
      expect(await refusal(assertOpen(tx, '2026-01-31'))).toBe('closed_period')
    })
    await perform(accountant('2026-02-10'), openPeriod, { until: null })
  })

  test('a document of a closed period takes effect in the next one where somebody says so; it keeps its day and is marked', async () => {
    const caller = accountant('2026-02-10')
    const statementTo = (to: string) => ask(caller, statement, { id: books.hongda, from: '2026-01-01', to })
    await perform(caller, closePeriod, { until: '2026-01-31' })
    const late = await pay(caller, books.hongda, '80', { on: '2026-01-31', intoNextPeriod: true })
    expect(late).toMatchObject({ effectiveOn: '2026-02-01', receipt: { receivedOn: '2026-01-31' } })
    expect((await statementTo('2026-01-31')).closing).toBe('0.00')
    expect((await statementTo('2026-02-28')).entries).toMatchObject([{ on: '2026-02-01', documentOn: '2026-01-31' }])

    // The company may say so for all of them; what is owed is still due by the day of its goods.
    const admin = callerWith(clerk, noon('2026-02-10'), { actions: ['org.admin'] })
    await perform(admin, changeSettings, { lateDocuments: 'next_period' })
    await owe(books.hongda, '50', { on: '2026-01-30', at: '2026-02-10' })
    await perform(admin, changeSettings, { lateDocuments: 'refuse' })
    const [owed] = (await ask(caller, receivables, { ...open, openOnly: false, customerId: books.hongda })).rows
    expect(owed).toMatchObject({ postedOn: '2026-02-01', dueOn: '2026-03-01', settled: '50.00' })
    expect((await ask(caller, receivable, { id: owed!.id })).documentOn).toBe('2026-01-30')

    // Money that took effect in February settles nothing in January, though its own day and the debt are of January.
    await perform(caller, openPeriod, { until: null })
    await owe(books.hongda, '20', { on: '2026-01-15', at: '2026-02-10' })
    expect((await statementTo('2026-01-31')).closing).toBe('20.00')
    const { allocations } = await ask(caller, receipt, { id: late.receipt.id })
    const settled = allocations.find(({ amount }) => amount === '20.00')
    expect(settled?.on).toBe('2026-02-01')
  })
})

describe('who may', () => {
  test('a seller sees the money of his own customers and finds no others', async () => {
    await owe(books.hongda, '300.00', { on: '2026-01-05' })
    await owe(books.jianan, '400.00', { on: '2026-01-05' })
    const { receipt: foreign } = await pay(accountant('2026-01-06'), books.jianan, '10', { on: '2026-01-06' })
    const seller = sellerAt(books.xiaoli, noon('2026-01-10'))

    const { rows } = await ask(seller, receivables, open)
    expect(rows.map((row) => row.customerId)).toEqual([books.hongda])
    expect(rows[0]).toMatchObject({ names: { customerId: '宏达', ownerId: '小李' }, open: '300.00' })
    expect((await ask(seller, receivables, { ...open, customerId: books.jianan })).rows).toEqual([])
    expect((await ask(seller, receivables, { ...open, ownerId: books.xiaohe })).rows).toEqual([])
    expect((await ask(seller, receipts, anyReceipts)).rows).toEqual([])
    const [other] = (await ask(accountant('2026-01-10'), receivables, { ...open, customerId: books.jianan })).rows
    expect(await refusal(ask(seller, account, { id: books.jianan }))).toBe('not_found')
    expect(await refusal(ask(seller, account, { id: newId() }))).toBe('not_found')
    expect(await refusal(ask(seller, receipt, { id: foreign.id }))).toBe('not_found')
    expect(await refusal(ask(seller, receivable, { id: other!.id }))).toBe('not_found')
    expect(await refusal(pay(seller, books.hongda, '10', { on: '2026-01-10' }))).toBe('forbidden')
  })

  test('amounts and credit are shown to who may read them', async () => {
    await owe(books.hongda, '300.00', { on: '2026-01-05' })
    const rights = { actions: ['receivable.read'], scopes: { receivable: 'all' as const } }
    const onlyCredit = callerWith(clerk, noon('2026-01-10'), { ...rights, reads: new Set(['credit']) })
    const seen = await ask(onlyCredit, account, { id: books.hongda })
    expect(seen.credit?.exposure).toBe('300.00')
    expect(seen.amounts).toBeUndefined()
    const [row] = (await ask(onlyCredit, receivables, { ...open, customerId: books.hongda })).rows
    expect(row).toMatchObject({ dueOn: '2026-02-04' })
    expect(row).not.toHaveProperty('open')
    const onlyAmounts = callerWith(clerk, noon('2026-01-10'), { ...rights, reads: new Set(['amount']) })
    expect((await ask(onlyAmounts, account, { id: books.hongda })).credit).toBeUndefined()
  })
})
