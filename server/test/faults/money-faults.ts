import { type Sql, sql } from '#kernel/db'
import type { Fault } from './company.ts'

const ofCustomer = (id: string, change: Sql): Sql[] => [
  sql`update customer_exposure set ${change} where customer_id = ${id}::uuid`,
]
/** The debt of 200 from before, of which 150 is paid, and what paid it. */
const debt = (id: string): Sql => sql`(select id from receivable where customer_id = ${id}::uuid and amount = 200)`
const money = (id: string): Sql => sql`(select id from receipt where customer_id = ${id}::uuid and method <> 'return')`

/** How receivables and receipts may go wrong. */
export const moneyFaults: Fault[] = [
  {
    breaks: 'I5.customer',
    what: 'a balance that is off by a fen',
    damage: ({ customer }) => ofCustomer(customer, sql`owed = owed + 0.01`),
    found: () => 'customer',
  },
  {
    breaks: 'I5.customer',
    what: 'an advance that is off',
    damage: ({ payer }) => ofCustomer(payer, sql`advance = 0`),
    found: () => 'customer',
  },
  {
    breaks: 'I5.receivable',
    what: 'a debt that says it is settled',
    damage: ({ customer }) => [sql`update receivable set settled = amount where id = ${debt(customer)}`],
    found: ({ customer }) => `receivable OB-${customer.slice(-6)}`,
  },
  {
    breaks: 'I5.receipt',
    what: 'a receipt that says it is not used',
    damage: ({ customer }) => [sql`update receipt set unallocated = amount where id = ${money(customer)}`],
    found: () => 'receipt',
  },
  {
    breaks: 'I5.expected',
    what: 'an order of which more is expected than was ordered',
    damage: ({ sold }) => [
      sql`update expected_receivable set remaining = 999, amount = 999 where order_id = ${sold.id}::uuid`,
    ],
    found: () => 'sales_order',
  },
  {
    breaks: 'I5.checkpoint',
    what: 'a checkpoint with a fen too many',
    damage: ({ payer }) => [
      sql`insert into receivable_checkpoint (day, taken_at) values ('2026-11-20', now())`,
      sql`insert into receivable_checkpoint_line (day, customer_id, receivable_id, amount)
        values ('2026-11-20', ${payer}::uuid, '00000000-0000-0000-0000-000000000000', -25.01)`,
    ],
    found: () => 'customer',
  },
  {
    breaks: 'I6',
    what: 'an allocation beyond the debt',
    damage: ({ customer }) => [
      sql`update receivable_entry set amount = amount * 3 where kind = 'allocation' and receivable_id = ${debt(customer)}`,
    ],
    found: ({ customer }) => `receivable OB-${customer.slice(-6)}`,
  },
  {
    breaks: 'I6',
    what: 'money set against a debt before it came in',
    damage: ({ customer }) => [
      sql`update receivable_entry set effective_on = '2026-11-12' where kind = 'allocation' and receipt_id = ${money(customer)}`,
    ],
    found: () => 'receipt',
  },
  {
    breaks: 'I7',
    what: 'an ageing that leaves something out',
    damage: ({ customer, payer }) => [
      sql`update receivable set customer_id = ${payer}::uuid where id = ${debt(customer)}`,
    ],
    found: () => 'customer',
  },
  {
    breaks: 'I10.entry',
    what: 'a ledger line whose document is gone',
    damage: ({ payer }) => [sql`delete from receipt where id = ${money(payer)}`],
    found: () => 'receipt',
  },
  {
    breaks: 'I10.document',
    what: 'a receipt that never reached the ledger',
    damage: ({ payer }) => [sql`delete from receivable_entry where kind = 'receipt' and receipt_id = ${money(payer)}`],
    found: () => 'receipt',
  },
  {
    breaks: 'I10.document',
    what: 'a receipt that is reversed only in name',
    damage: ({ payer }) => [sql`update receipt set state = 'reversed', unallocated = 0 where id = ${money(payer)}`],
    found: () => 'receipt',
  },
  {
    breaks: 'I11',
    what: 'an allocation of which only the debt knows',
    damage: ({ customer }) => [
      sql`delete from receivable_entry where kind = 'allocation' and receivable_id is null and receipt_id = ${money(customer)}`,
    ],
    found: () => 'receipt',
  },
  {
    breaks: 'I15.money',
    what: 'a receipt that was reversed in secret',
    damage: ({ payer }) => [sql`update receipt set state = 'reversed', unallocated = 0 where id = ${money(payer)}`],
    found: () => 'receipt',
  },
]
