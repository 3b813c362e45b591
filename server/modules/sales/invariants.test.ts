import { afterAll, beforeAll, expect, test } from 'vitest'
import { db, type Tx } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import {
  aCustomer,
  anItem,
  as,
  assertSound,
  call,
  openCompany,
  order,
  stock,
  type TestItem,
} from './fixtures/company.ts'
import { salesInvariants } from './index.ts'

let bolts: TestItem
let orderId: string
let number: string

beforeAll(async () => {
  await openCompany()
  bolts = await anItem({ listPrice: '1' })
  await stock(bolts, { quantity: '1000' })
  const { order: made } = await order('li', await aCustomer(), [{ item: bolts, quantity: '10' }], { submit: true })
  orderId = made.id
  number = made.number!
  const { rows } = await call(await as('zhao'), 'deliveries', { orderId })
  await call(await as('zhao'), 'shipDelivery', {
    id: rows[0]!.id,
    version: 1,
    lines: [{ lineId: rows[0]!.lines[0]!.id, quantity: '4' }],
  })
})
afterAll(closeNumbers)

class Undone extends Error {}

/** The invariants that a damage breaks; the damage itself is undone. */
async function brokenBy(damage: (tx: Tx) => Promise<number>): Promise<string[]> {
  const broken: string[] = []
  await db
    .$transaction(async (tx) => {
      await damage(tx)
      for (const { id, find } of salesInvariants) {
        const found = await find(tx)
        if (found) broken.push(id)
        if (found && found.document === 'sales_order') expect(found.number).toBe(number)
      }
      throw new Undone()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error
    })
  return broken
}

const damages: [what: string, damage: (tx: Tx) => Promise<number>, id: string][] = [
  [
    'a line that is worth more than the order says',
    (tx) => tx.$executeRaw`update sales_order_line set gross = 11, tax = 11 - net where order_id = ${orderId}::uuid`,
    'I8',
  ],
  [
    'a piece more delivered than the notes say',
    (tx) => tx.$executeRaw`update sales_order_line set delivered = 5, reserved = 5 where order_id = ${orderId}::uuid`,
    'I9',
  ],
  [
    'a state that is ahead of the goods',
    (tx) => tx.$executeRaw`update sales_order set state = 'delivered', exposed = 0 where id = ${orderId}::uuid`,
    'I9.state',
  ],
  [
    'a delivery that cost something else',
    (tx) =>
      tx.$executeRaw`update delivery set cost_total = cost_total + 1 where order_id = ${orderId}::uuid and state = 'shipped'`,
    'I9.cost',
  ],
  [
    'a hold that the stock does not know',
    (tx) => tx.$executeRaw`delete from reservation where source_id = ${orderId}::uuid`,
    'S1',
  ],
  [
    'more planned than is held',
    (tx) => tx.$executeRaw`
      update delivery_line set planned = planned + 1
      where delivery_id in (select id from delivery where order_id = ${orderId}::uuid and state = 'planned')`,
    'S2',
  ],
  [
    'an exposure that no order explains',
    (tx) => tx.$executeRaw`update customer_exposure set ordered = ordered + 1`,
    'S3',
  ],
  [
    'an order that counts with another amount',
    (tx) => tx.$executeRaw`update sales_order set exposed = 5 where id = ${orderId}::uuid`,
    'S4',
  ],
]

test.each(damages)('reconciliation finds %s', async (_, damage, id) => {
  await assertSound()
  expect(await brokenBy(damage)).toContain(id)
  await assertSound()
})
