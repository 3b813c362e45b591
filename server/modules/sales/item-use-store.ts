import type { Tx } from '#kernel/db'

/** The units in which quotations and orders speak of an item. */
export async function unitsSold(tx: Tx, itemId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ unit: string }[]>`
    select distinct part.unit from (
      select entered from sales_order_line where item_id = ${itemId}::uuid
      union all select entered from quotation_line where item_id = ${itemId}::uuid) line,
      jsonb_to_recordset(line.entered) as part(unit text)`
  return rows.map(({ unit }) => unit)
}
