import { sql, type Tx } from '#kernel/db'
import type { Use } from '#server/engines/imports'

export type KnownItem = { id: string; code: string; name: string; spec: string; barcodes: string[] }

type ItemKeys = {
  codes: readonly string[]
  called: readonly { name: string; spec: string }[]
  barcodes: readonly string[]
}

/** The items that have one of these codes, names with their specification, or barcodes. */
export const findAlikeItems = (tx: Tx, { codes, called, barcodes }: ItemKeys): Promise<KnownItem[]> =>
  tx.$queryRaw`
    with alike as (
      select id from item where code = any(${codes})
      union select id from item where (name, spec) in (
        select name, spec from unnest(${called.map(({ name }) => name)}::text[], ${called.map(({ spec }) => spec)}::text[]) as called(name, spec))
      union select item_id from barcode where code = any(${barcodes}))
    select i.id, i.code, i.name, i.spec, array(select b.code from barcode b where b.item_id = i.id) as barcodes
    from alike join item i using (id) order by i.code`

/** Takes items away with all that only they have. Their history of prices goes with them, as its trigger allows. */
export async function deleteItems(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`delete from barcode where item_id = any(${ids}::uuid[])`
  await tx.$executeRaw`delete from item_unit where item_id = any(${ids}::uuid[])`
  await tx.$executeRaw`delete from item where id = any(${ids}::uuid[])`
  await tx.$executeRaw`delete from price_change where item_id = any(${ids}::uuid[])`
}

const changed = { zh: '导入后改过', en: 'changed since' }
const listed = { zh: '在价格表里', en: 'on a price list' }

/** What in this module speaks of items and customers. */
export const catalogUses: Use[] = [
  { of: 'item', what: changed, ids: sql`select id from item where version > 1` },
  { of: 'item', what: listed, ids: sql`select item_id as id from price_rule` },
  {
    of: 'customer',
    what: { zh: '有专用价格表', en: 'has a price list' },
    ids: sql`select customer_id as id from price_list`,
  },
]
