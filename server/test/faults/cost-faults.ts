import { type Sql, sql } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Fault, FaultyCompany } from './company.ts'

/** Ten pieces that came in at one each, of which so many are still there. */
const layer = (remaining: number, { bolt }: FaultyCompany): Sql => sql`
  insert into cost_layer (id, item_id, opened_on, quantity, value, remaining, remaining_value, source_document, source_id, source_number)
  values (${newId()}::uuid, ${bolt.id}::uuid, '2026-11-20', 10, 10, ${remaining}, ${remaining}, 'goods_receipt', ${newId()}::uuid, 'GR-1')`

/** How costs may go wrong. */
export const costFaults: Fault[] = [
  {
    breaks: 'I4.layers',
    what: 'a cost layer of an item that has none',
    damage: (c) => [layer(10, c)],
    found: ({ bolt }) => `item ${bolt.number}`,
  },
  {
    breaks: 'I4.uses',
    what: 'half a layer that nothing took',
    damage: (c) => [layer(5, c)],
    found: () => 'goods_receipt GR-1',
  },
  {
    breaks: 'I4.moves',
    what: 'goods that cost more than was taken for them',
    damage: ({ note }) => [
      sql`insert into cost_layer_use (id, move_id, quantity, value)
        select ${newId()}::uuid, id, -quantity, -cost - 0.01 from stock_move where source_id = ${note.id}::uuid`,
    ],
    found: ({ note }) => `delivery ${note.number}`,
  },
  {
    breaks: 'I9.margin',
    what: 'goods that left at a cost that is not theirs',
    damage: ({ note }) => [
      sql`update delivery_line set net_cost = net_cost + 0.01 where delivery_id = ${note.id}::uuid`,
    ],
    found: ({ sold }) => `sales_order ${sold.number}`,
  },
  {
    breaks: 'I9.agreed',
    what: 'an agreed cost that no unit cost explains',
    damage: ({ sold }) => [
      sql`update sales_order_line set cost = cost + 1 where order_id = ${sold.id}::uuid`,
      sql`update sales_order set cost_total = cost_total + 1 where id = ${sold.id}::uuid`,
    ],
    found: ({ sold }) => `sales_order ${sold.number}`,
  },
  {
    breaks: 'I10.landed',
    what: 'freight that fell on nothing',
    damage: ({ li }) => [
      sql`insert into landed_cost (id, number, state, kind, amount, basis, posted_on, created_at, created_by)
        values (${newId()}::uuid, 'LC-1', 'posted', 'freight', 5, 'value', '2026-11-20', now(), ${li}::uuid)`,
    ],
    found: () => 'landed_cost LC-1',
  },
]
