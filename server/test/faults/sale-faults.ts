import { type Sql, sql } from '#kernel/db'
import type { Fault, FaultyCompany } from './company.ts'

const line =
  (change: Sql) =>
  ({ sold }: FaultyCompany): Sql[] => [sql`update sales_order_line set ${change} where order_id = ${sold.id}::uuid`]
const ofOrder =
  (change: Sql) =>
  ({ sold }: FaultyCompany): Sql[] => [sql`update sales_order set ${change} where id = ${sold.id}::uuid`]
const ofNote =
  (change: Sql) =>
  ({ note }: FaultyCompany): Sql[] => [sql`update delivery set ${change} where id = ${note.id}::uuid`]
const order = ({ sold }: FaultyCompany): string => `sales_order ${sold.number}`
const note = ({ note: one }: FaultyCompany): string => `delivery ${one.number}`
const returned = ({ back }: FaultyCompany): string => `sales_return ${back.number}`

/** How quotations, orders, delivery notes and returns may go wrong. */
export const saleFaults: Fault[] = [
  {
    breaks: 'I8',
    what: 'a line that is worth more than the order says',
    damage: line(sql`gross = 11, tax = 11 - net`),
    found: order,
  },
  {
    breaks: 'I8.line',
    what: 'a price that the amounts do not follow from',
    damage: line(sql`price = price * 2`),
    found: order,
  },
  {
    breaks: 'I9',
    what: 'a piece more delivered than the notes say',
    damage: line(sql`delivered = 5, reserved = 5`),
    found: order,
  },
  { breaks: 'I9', what: 'more delivered than was ordered', damage: line(sql`quantity = 3`), found: order },
  {
    breaks: 'I9.state',
    what: 'a state that is ahead of the goods',
    damage: ofOrder(sql`state = 'delivered', exposed = 0`),
    found: order,
  },
  {
    breaks: 'I9.cost',
    what: 'a delivery that cost something else',
    damage: ofNote(sql`cost_total = cost_total + 1`),
    found: note,
  },
  {
    breaks: 'I10.shipped',
    what: 'goods on a note that never left the stock',
    damage: ({ note: one }) => [sql`update delivery_line set picked = picked - 1 where delivery_id = ${one.id}::uuid`],
    found: note,
  },
  {
    breaks: 'I10.owed',
    what: 'goods that left and that nobody owes',
    damage: ({ note: one }) => [sql`delete from receivable where source_id = ${one.id}::uuid`],
    found: note,
  },
  {
    breaks: 'I9.returned',
    what: 'a piece that came back of which the note knows nothing',
    damage: ({ note: one }) => [sql`update delivery_line set returned = 0 where delivery_id = ${one.id}::uuid`],
    found: note,
  },
  {
    breaks: 'I9.returned',
    what: 'more that came back than had left',
    damage: ({ note: one, back }) => [
      sql`update delivery_line set returned = 9 where delivery_id = ${one.id}::uuid`,
      sql`update sales_return_line set received = 9 where return_id = ${back.id}::uuid`,
    ],
    found: note,
  },
  {
    breaks: 'I10.returned',
    what: 'goods that came back and are not in the stock',
    damage: ({ back }) => [sql`delete from stock_move where source_id = ${back.id}::uuid`],
    found: returned,
  },
  {
    breaks: 'I10.returned',
    what: 'goods that came back at another cost than they had left at',
    damage: ({ back }) => [sql`update sales_return_line set cost = cost + 0.01 where return_id = ${back.id}::uuid`],
    found: returned,
  },
  {
    breaks: 'I10.credited',
    what: 'goods that came back for which nothing was credited',
    damage: ({ back }) => [sql`delete from receivable_entry where source_id = ${back.id}::uuid and kind = 'return'`],
    found: returned,
  },
  {
    breaks: 'I12.document',
    what: 'an order that went on while it waits for its approval',
    damage: ({ waiting }) => [sql`update sales_order set state = 'confirmed' where id = ${waiting.id}::uuid`],
    found: ({ waiting }) => `sales_order ${waiting.number}`,
  },
  {
    breaks: 'I12.document',
    what: 'an order that went on against its approval',
    damage: ({ agreed }) => [sql`update approval set state = 'rejected' where document_id = ${agreed.id}::uuid`],
    found: ({ agreed }) => `sales_order ${agreed.number}`,
  },
  {
    breaks: 'I15.deed',
    what: 'goods that left without anybody written down',
    damage: ({ note: one }) => [sql`delete from audit_entry where document_id = ${one.id}::uuid and action = 'ship'`],
    found: note,
  },
  {
    breaks: 'I15.sales',
    what: 'an order that was closed in secret',
    damage: ofOrder(sql`state = 'closed', exposed = 0`),
    found: order,
  },
  {
    breaks: 'I15.sales',
    what: 'a step of the audit trail that is gone',
    damage: ({ agreed }) => [
      sql`delete from audit_entry where document_id = ${agreed.id}::uuid and action = 'confirm'`,
    ],
    found: ({ agreed }) => `sales_order ${agreed.number}`,
  },
  {
    breaks: 'S1',
    what: 'a hold that the stock does not know',
    damage: ({ sold }) => [sql`delete from reservation where source_id = ${sold.id}::uuid`],
    found: order,
  },
  {
    breaks: 'S2',
    what: 'more planned than is held',
    damage: ({ sold }) => [
      sql`update delivery_line set planned = planned + 1
        where delivery_id in (select id from delivery where order_id = ${sold.id}::uuid and state = 'planned')`,
    ],
    found: order,
  },
  {
    breaks: 'S3',
    what: 'an exposure that no order explains',
    damage: ({ customer }) => [
      sql`update customer_exposure set ordered = ordered + 1 where customer_id = ${customer}::uuid`,
    ],
    found: () => 'customer',
  },
  { breaks: 'S4', what: 'an order that counts with another amount', damage: ofOrder(sql`exposed = 5`), found: order },
  {
    breaks: 'S5',
    what: 'an order of which nothing is expected any more',
    damage: ({ sold }) => [sql`delete from expected_receivable where order_id = ${sold.id}::uuid`],
    found: order,
  },
  {
    breaks: 'S6',
    what: 'an order that has forgotten its quotation',
    damage: ({ accepted }) => [
      sql`update sales_order set quotation_id = null where quotation_id = ${accepted.id}::uuid`,
    ],
    found: ({ accepted }) => `quotation ${accepted.number}`,
  },
  {
    breaks: 'S6',
    what: 'a quotation that has forgotten its order',
    damage: ({ accepted }) => [
      sql`update quotation set order_id = null, state = 'approved' where id = ${accepted.id}::uuid`,
    ],
    found: () => 'sales_order',
  },
  {
    breaks: 'S7',
    what: 'a lost quotation that still holds stock',
    damage: ({ quotation }) => [sql`update quotation set state = 'lost' where id = ${quotation.id}::uuid`],
    found: ({ quotation }) => `quotation ${quotation.number}`,
  },
]
