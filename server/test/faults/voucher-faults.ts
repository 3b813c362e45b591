import { type Sql, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Fault, FaultyCompany } from './company.ts'

/** The voucher of the cost of the goods that left. */
const ofNote = ({ note }: FaultyCompany): Sql =>
  sql`(select id from voucher where source_id = ${note.id}::uuid and event = 'delivery_cost')`
const onAccount = (account: string, change: Sql) => (c: FaultyCompany) => [
  sql`update voucher_line set ${change} where voucher_id in (select id from voucher where source_id = ${c.note.id}::uuid) and account = ${account}`,
]

/** How vouchers may go wrong. */
export const voucherFaults: Fault[] = [
  {
    breaks: 'V1',
    what: 'a debit that is a fen too much',
    damage: onAccount('6401', sql`debit = debit + 0.01`),
    found: () => 'voucher',
  },
  {
    breaks: 'V1',
    what: 'a voucher without lines',
    damage: (c) => [sql`delete from voucher_line where voucher_id = ${ofNote(c)}`],
    found: () => 'voucher',
  },
  {
    breaks: 'V1',
    what: 'a line of another day',
    damage: onAccount('1405', sql`"on" = "on" - 1`),
    found: () => 'voucher',
  },
  {
    breaks: 'V2',
    what: 'goods that left long ago, of which no voucher tells',
    damage: ({ note }) => [
      sql`insert into stock_move (id, item_id, warehouse_id, quantity, cost, kind, source_document, source_id, source_number, effective_on, recorded_at, by)
        select '01900000-0000-7000-8000-000000000000', item_id, warehouse_id, quantity, cost, kind, source_document, source_id, source_number,
          effective_on, recorded_at, by from stock_move where source_id = ${note.id}::uuid limit 1`,
    ],
    found: ({ note }) => `delivery ${note.number}`,
  },
  {
    breaks: 'V2.source',
    what: 'a voucher that somebody made up',
    damage: ({ li }) => [
      sql`insert into voucher (id, number, "on", event, source_document, source_id, source_number, amount, made_at, by)
        values (${newId()}::uuid, '记-202611-99999', '2026-11-20', 'sale', 'delivery', ${newId()}::uuid, 'DN-1', 1, now(), ${li}::uuid)`,
    ],
    found: () => 'voucher 记-202611-99999',
  },
  {
    breaks: 'V3',
    what: 'a debt that is booked for somebody else',
    damage: (c) => onAccount('1122', sql`customer_id = ${c.payer}::uuid`)(c),
    found: () => 'voucher',
  },
  {
    breaks: 'V3',
    what: 'an advance that is booked as a debt',
    damage: ({ payer }) => [
      sql`update voucher_line set account = '1122' where account = '2203' and customer_id = ${payer}::uuid`,
    ],
    found: () => 'voucher',
  },
  {
    breaks: 'V4',
    what: 'goods that are worth another sum in the accounts',
    damage: onAccount('1405', sql`credit = credit + 1`),
    found: () => 'voucher',
  },
  {
    breaks: 'V5',
    what: 'a month in which a fen was lost',
    damage: onAccount('6001', sql`credit = credit - 0.01`),
    found: () => 'trial_balance 2026-11',
  },
]
