import { sql, type Tx } from '#kernel/db'
import type { Use } from '#server/engines/imports'

/** The units in which quotations and orders speak of an item. */
export async function unitsSold(tx: Tx, itemId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ unit: string }[]>`
    select distinct part.unit from (
      select entered from sales_order_line where item_id = ${itemId}::uuid
      union all select entered from quotation_line where item_id = ${itemId}::uuid) line,
      jsonb_to_recordset(line.entered) as part(unit text)`
  return rows.map(({ unit }) => unit)
}

const ordered = { zh: '有销售订单', en: 'has sales orders' }
const quoted = { zh: '有报价单', en: 'has quotations' }

/** What in this module speaks of items and customers. Deliveries and returns follow an order. */
export const salesUses: Use[] = [
  { of: 'item', what: ordered, ids: sql`select item_id as id from sales_order_line` },
  { of: 'item', what: quoted, ids: sql`select item_id as id from quotation_line` },
  { of: 'customer', what: ordered, ids: sql`select customer_id as id from sales_order` },
  { of: 'customer', what: quoted, ids: sql`select customer_id as id from quotation` },
]
