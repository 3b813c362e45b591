import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { accountantAt, noon, openBooks } from './fixtures/books.ts'
import { owe, pay } from './fixtures/deeds.ts'

afterAll(closeNumbers)

let receivableId: string
let receiptId: string
beforeAll(async () => {
  const { hongda } = await openBooks(db, noon('2026-01-01'))
  await owe(hongda, '200', { on: '2026-01-06' })
  const { receipt } = await pay(accountantAt(newId(), noon('2026-01-10')), hongda, '150', { on: '2026-01-10' })
  receiptId = receipt.id
  receivableId = (await db.receivable.findFirstOrThrow({ where: { customerId: hongda } })).id
})

test('the database itself lets nobody change a ledger line, or allocate what is not there', async () => {
  const entry = { where: { receivableId } }
  await expect(db.receivableEntry.updateMany({ ...entry, data: { amount: 1 } })).rejects.toThrow(/never changed/)
  await expect(db.receivableEntry.deleteMany(entry)).rejects.toThrow(/never changed/)
  await expect(db.receivable.update({ where: { id: receivableId }, data: { settled: 200.01 } })).rejects.toThrow(
    /receivable_settled/,
  )
  await expect(db.receipt.update({ where: { id: receiptId }, data: { unallocated: -0.01 } })).rejects.toThrow(
    /receipt_unallocated/,
  )
  await expect(db.customerExposure.updateMany({ data: { advance: -1 } })).rejects.toThrow(/customer_exposure_parts/)
})
