import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { accountantAt, type Books, noon, openBooks } from './fixtures/books.ts'
import { owe, pay } from './fixtures/deeds.ts'
import { financeInvariants } from './index.ts'

afterAll(closeNumbers)

let books: Books
let receivable: { id: string; sourceNumber: string }
let receipt: { id: string; number: string }

beforeAll(async () => {
  books = await openBooks(db, noon('2026-01-01'))
  await owe(books.hongda, '100', { on: '2026-01-05' })
  await owe(books.hongda, '200', { on: '2026-01-06' })
  const paid = await pay(accountantAt(newId(), noon('2026-01-10')), books.hongda, '150', { on: '2026-01-10' })
  await pay(accountantAt(newId(), noon('2026-01-10')), books.jianan, '25', { on: '2026-01-10' })
  receipt = { id: paid.receipt.id, number: paid.receipt.number ?? '' }
  receivable = await db.receivable.findFirstOrThrow({ where: { customerId: books.hongda, settled: 50 } })
})

class Undo extends Error {}

/** Corrupts the books as no code of ours can, and answers which invariants then fail, and where; all is undone after. */
async function failing(corrupt: (tx: Tx) => Promise<unknown>): Promise<Record<string, string>> {
  const failed: Record<string, string> = {}
  await db
    .$transaction(async (tx) => {
      await tx.$executeRaw`set local session_replication_role = replica`
      await tx.$executeRaw`alter table receivable drop constraint receivable_settled`
      await tx.$executeRaw`alter table receipt drop constraint receipt_unallocated`
      await tx.$executeRaw`alter table expected_receivable drop constraint expected_receivable_remaining`
      await corrupt(tx)
      for (const { id, find } of financeInvariants) {
        const broken = await find(tx)
        if (broken) failed[id] = `${broken.document} ${broken.number}`
      }
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  return failed
}

const hongdaNumber = () => `customer C-${books.hongda}`

test('books that were kept by our own code hold everywhere', async () => {
  expect(await failing(async () => {})).toEqual({})
})

test('a balance that is off by a fen is found at its customer', async () => {
  const failed = await failing(
    (tx) => tx.$executeRaw`update customer_exposure set owed = owed + 0.01 where customer_id = ${books.hongda}::uuid`,
  )
  expect(failed).toEqual({ 'I5.customer': hongdaNumber(), I7: hongdaNumber() })
})

test('an advance that is off is found too', async () => {
  const failed = await failing(
    (tx) => tx.$executeRaw`update customer_exposure set advance = 0 where customer_id = ${books.jianan}::uuid`,
  )
  expect(failed['I5.customer']).toBe(`customer C-${books.jianan}`)
})

test('a receivable that says it is settled is found', async () => {
  const failed = await failing(
    (tx) => tx.$executeRaw`update receivable set settled = amount where id = ${receivable.id}::uuid`,
  )
  expect(failed).toMatchObject({ 'I5.receivable': `receivable ${receivable.sourceNumber}`, I7: hongdaNumber() })
})

test('a receipt that says it is not used is found', async () => {
  const failed = await failing(
    (tx) => tx.$executeRaw`update receipt set unallocated = amount where id = ${receipt.id}::uuid`,
  )
  expect(failed).toEqual({ 'I5.receipt': `receipt ${receipt.number}` })
})

test('an allocation beyond the receivable is found, even when all else was bent to it', async () => {
  const failed = await failing(async (tx) => {
    await tx.$executeRaw`
      update receivable_entry set amount = amount * 3
      where kind = 'allocation' and receivable_id = ${receivable.id}::uuid and receipt_id = ${receipt.id}::uuid`
    await tx.$executeRaw`update receivable_entry set amount = -200.01
      where kind = 'allocation' and receivable_id = ${receivable.id}::uuid`
    await tx.$executeRaw`update receivable set settled = 200.01 where id = ${receivable.id}::uuid`
  })
  expect(failed).toMatchObject({ I6: `receivable ${receivable.sourceNumber}` })
})

test('money set against a debt before it came in is found', async () => {
  const failed = await failing(
    (tx) =>
      tx.$executeRaw`update receivable_entry set effective_on = '2026-01-08' where kind = 'allocation' and receipt_id = ${receipt.id}::uuid`,
  )
  expect(failed).toEqual({ I6: `receipt ${receipt.number}` })
})

test('an ageing that leaves something out is found', async () => {
  const failed = await failing(
    (tx) => tx.$executeRaw`update receivable set customer_id = ${books.jianan}::uuid where id = ${receivable.id}::uuid`,
  )
  expect(failed['I7']).toMatch(/^customer C-/)
})

test('a ledger line whose document is gone is found', async () => {
  const failed = await failing((tx) => tx.$executeRaw`delete from receipt where id = ${receipt.id}::uuid`)
  expect(failed).toMatchObject({ 'I10.entry': `receipt ${receipt.number}` })
})

test('a receipt that never reached the ledger is found, and one that is reversed only in name', async () => {
  const missing = await failing(
    (tx) => tx.$executeRaw`delete from receivable_entry where kind = 'receipt' and receipt_id = ${receipt.id}::uuid`,
  )
  expect(missing).toMatchObject({ 'I10.document': `receipt ${receipt.number}` })
  const reversed = await failing(
    (tx) => tx.$executeRaw`update receipt set state = 'reversed', unallocated = 0 where id = ${receipt.id}::uuid`,
  )
  expect(reversed).toEqual({ 'I10.document': `receipt ${receipt.number}` })
})

test('an order of which more is expected than was ordered is found', async () => {
  const orderId = newId()
  const failed = await failing(
    (tx) => tx.$executeRaw`
      insert into expected_receivable (id, customer_id, order_id, order_number, ordered_on, part, amount, remaining, due_on)
      values (${newId()}::uuid, ${books.hongda}::uuid, ${orderId}::uuid, 'SO-1', '2026-01-01', 1, 10, 10, '2026-02-01')`,
  )
  expect(failed).toEqual({ 'I5.expected': 'sales_order SO-1' })
})

test('the database itself lets nobody change a ledger line, or allocate what is not there', async () => {
  const entry = { where: { receivableId: receivable.id } }
  await expect(db.receivableEntry.updateMany({ ...entry, data: { amount: 1 } })).rejects.toThrow(/never changed/)
  await expect(db.receivableEntry.deleteMany(entry)).rejects.toThrow(/never changed/)
  await expect(db.receivable.update({ where: { id: receivable.id }, data: { settled: 200.01 } })).rejects.toThrow(
    /receivable_settled/,
  )
  await expect(db.receipt.update({ where: { id: receipt.id }, data: { unallocated: -0.01 } })).rejects.toThrow(
    /receipt_unallocated/,
  )
  await expect(db.customerExposure.updateMany({ data: { advance: -1 } })).rejects.toThrow(/customer_exposure_parts/)
})
