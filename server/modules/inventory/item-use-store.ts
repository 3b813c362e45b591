import { sql, type Tx } from '#kernel/db'
import type { Use } from '#server/engines/imports'

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

const stocked = { zh: '有库存记录', en: 'has stock records' }

/** What in this module speaks of items. */
export const inventoryUses: Use[] = [
  {
    of: 'item',
    what: stocked,
    ids: sql`select item_id as id from stock_balance union all select item_id from stock_move`,
  },
  {
    of: 'item',
    what: { zh: '有入库单', en: 'has goods receipts' },
    ids: sql`select item_id as id from goods_receipt_line`,
  },
  {
    of: 'item',
    what: { zh: '有调拨或盘点单', en: 'has transfers or adjustments' },
    ids: sql`select item_id as id from stock_transfer_line union all select item_id from stock_adjustment_line`,
  },
  {
    of: 'item',
    what: { zh: '有货位、批次或序列号', en: 'has bins, lots or serial numbers' },
    ids: sql`select item_id as id from item_bin union all select item_id from lot union all select item_id from serial`,
  },
]
