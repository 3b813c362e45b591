import type { Tx } from '#kernel/db'

/** The units in which our documents speak of an item, and its base unit as soon as anything of it was ever moved or held. */
export async function unitsUsed(tx: Tx, itemId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ unit: string }[]>`
    select i.base_unit as unit from item i
    where i.id = ${itemId}::uuid and (exists (select from stock_balance b where b.item_id = i.id)
      or exists (select from stock_move m where m.item_id = i.id))
    union
    select part.unit from (
      select entered from goods_receipt_line where item_id = ${itemId}::uuid
      union all select entered from stock_transfer_line where item_id = ${itemId}::uuid
      union all select entered from stock_adjustment_line where item_id = ${itemId}::uuid) line,
      jsonb_to_recordset(line.entered) as part(unit text)`
  return rows.map(({ unit }) => unit)
}
