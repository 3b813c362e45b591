import { type Sql, sql } from '#kernel/db'
import type { Fault, FaultyCompany } from './company.ts'

const item = ({ number }: { number: string }): string => `item ${number}`
const balance = (change: Sql, one: { id: string }, { main }: FaultyCompany): Sql =>
  sql`update stock_balance set ${change} where item_id = ${one.id}::uuid and warehouse_id = ${main}::uuid`
const checkpoint = (quantity: string, { bolt, main }: FaultyCompany): Sql[] => [
  sql`insert into stock_checkpoint (day, taken_at) values ('2026-11-20', now())`,
  sql`insert into stock_checkpoint_line (day, item_id, warehouse_id, lot_id, quantity, value)
    values ('2026-11-20', ${bolt.id}::uuid, ${main}::uuid, '00000000-0000-0000-0000-000000000000', ${quantity}::numeric, 0)`,
]

/** How the stock may go wrong. */
export const stockFaults: Fault[] = [
  {
    breaks: 'I1',
    what: 'a piece too many on hand',
    damage: (c) => [balance(sql`on_hand = on_hand + 1`, c.bolt, c)],
    found: (c) => item(c.bolt),
  },
  {
    breaks: 'I1',
    what: 'a move that is gone',
    damage: ({ note }) => [sql`delete from stock_move where source_id = ${note.id}::uuid`],
    found: (c) => item(c.bolt),
  },
  {
    breaks: 'I1.lot',
    what: 'a lot that grew',
    damage: () => [sql`update lot_balance set on_hand = 6`],
    found: (c) => item(c.sealant),
  },
  {
    breaks: 'I1.serial',
    what: 'a serial number that walked',
    damage: ({ shop }) => [sql`update serial set warehouse_id = ${shop}::uuid where code = 'S1'`],
    found: (c) => item(c.drill),
  },
  {
    breaks: 'I1.tracked',
    what: 'a move that forgot its lot',
    damage: ({ sealant }) => [sql`update stock_move set lot_id = null where item_id = ${sealant.id}::uuid`],
    found: () => 'goods_receipt',
  },
  {
    breaks: 'I1.transit',
    what: 'a serial number on the way that has arrived nowhere',
    damage: () => [sql`update serial set state = 'gone' where code = 'S3'`],
    found: ({ transfer }) => `stock_transfer ${transfer.number}`,
  },
  {
    breaks: 'I1.transit',
    what: 'a serial number on the way with nobody',
    damage: () => [sql`update serial set state = 'in_transit', warehouse_id = null where code = 'S1'`],
    found: (c) => item(c.drill),
  },
  {
    breaks: 'I1.checkpoint',
    what: 'a checkpoint with a piece too many',
    damage: (c) => checkpoint('1001', c),
    found: (c) => item(c.bolt),
  },
  {
    breaks: 'I2',
    what: 'a hold that nobody has',
    damage: (c) => [balance(sql`reserved = reserved + 1`, c.bolt, c)],
    found: ({ sold }) => `sales_order ${sold.number}`,
  },
  {
    breaks: 'I2',
    what: 'holds that are gone',
    damage: () => [sql`delete from reservation`],
    found: (c) => item(c.bolt),
  },
  {
    breaks: 'I2.expired',
    what: 'a quotation that holds for ever',
    damage: ({ quotation }) => [
      sql`update reservation set expires_at = '2026-01-01' where source_id = ${quotation.id}::uuid`,
    ],
    found: ({ quotation }) => `quotation ${quotation.number}`,
  },
  {
    breaks: 'I3',
    what: 'more held than there is',
    damage: (c) => [balance(sql`reserved = on_hand + 1`, c.bolt, c)],
    found: (c) => item(c.bolt),
  },
  {
    breaks: 'I3.history',
    what: 'goods that left before they came',
    damage: ({ note }) => [sql`update stock_move set effective_on = '2026-01-01' where source_id = ${note.id}::uuid`],
    found: ({ note }) => `delivery ${note.number}`,
  },
  {
    breaks: 'I4',
    what: 'lots that do not make up the item',
    damage: (c) => [balance(sql`on_hand = 4`, c.sealant, c)],
    found: (c) => item(c.sealant),
  },
  {
    breaks: 'I4',
    what: 'a serial number beside the item',
    damage: () => [sql`update serial set state = 'gone', warehouse_id = null where code = 'S1'`],
    found: (c) => item(c.drill),
  },
  {
    breaks: 'I4.value',
    what: 'a fen that came from nowhere',
    damage: ({ bolt }) => [sql`update item_cost set value = value + 0.01 where item_id = ${bolt.id}::uuid`],
    found: (c) => item(c.bolt),
  },
  {
    breaks: 'I4.value',
    what: 'value lost on the way',
    damage: ({ transfer }) => [
      sql`update stock_transfer_line set cost = 0 where stock_transfer_id = ${transfer.id}::uuid`,
    ],
    found: (c) => item(c.drill),
  },
  {
    breaks: 'I10.stock',
    what: 'a receipt that says another quantity than came',
    damage: ({ drill }) => [
      sql`update goods_receipt_line set quantity = quantity + 1 where item_id = ${drill.id}::uuid`,
    ],
    found: () => 'goods_receipt',
  },
  {
    breaks: 'I10.stock',
    what: 'a correction without its document',
    damage: () => [sql`update stock_move set source_id = gen_random_uuid() where kind = 'adjustment'`],
    found: ({ adjustment }) => `stock_adjustment ${adjustment.number}`,
  },
  {
    breaks: 'I15.stock',
    what: 'a transfer that was received in secret',
    damage: ({ transfer }) => [sql`update stock_transfer set state = 'received' where id = ${transfer.id}::uuid`],
    found: ({ transfer }) => `stock_transfer ${transfer.number}`,
  },
  {
    breaks: 'I17.stock',
    what: 'a number that was never given',
    damage: ({ adjustment }) => [
      sql`update stock_adjustment set number = 'SA202611-99999' where id = ${adjustment.id}::uuid`,
    ],
    found: () => 'stock_adjustment SA202611-99999',
  },
]
