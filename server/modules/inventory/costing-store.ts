import { z } from 'zod'
import { Instant } from '#contract'
import type { Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { readSetting, type Setting } from '#kernel/settings'
import { CostingMethod } from './stock.document.ts'

/** What the cost of an issue is, company-wide, and since when. Each item's row repeats the method: that one decides. */
export const costingSetting: Setting<{ method: CostingMethod; since: string | null }> = {
  key: 'inventory.costing',
  schema: z.object({ method: CostingMethod, since: Instant.nullable() }),
  initial: { method: 'average', since: null },
}

const switching = 'inventory.costing'

/** Items that have never moved get a row of their worth, in the company's method; never while it is being changed. */
export async function newItemCosts(tx: Tx, itemIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${switching}, 0))`
  await tx.$executeRaw`
    insert into item_cost (item_id, method)
    select id, coalesce((select value ->> 'method' from setting where key = ${costingSetting.key}), 'average')
    from unnest(${[...itemIds]}::uuid[]) as id order by id on conflict do nothing`
}

type ToOpen = { id: string; itemId: string; quantity: string; value: string }

/** Holds the worth of all items, in their one order, so that nothing is posted until the method has changed. */
export async function lockAllWorths(tx: Tx): Promise<ToOpen[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${switching}, 0))`
  const rows = await tx.$queryRaw<Omit<ToOpen, 'id'>[]>`
    select item_id as "itemId", quantity::text, value::text from item_cost order by item_id for update`
  return rows.map((row) => ({ ...row, id: newId() }))
}

export const readCosting = (tx: Tx) => readSetting(tx, costingSetting)

/** What is there becomes one layer of each item, at its average. */
export async function openFromAverage(tx: Tx, worths: readonly ToOpen[], on: Day): Promise<void> {
  await tx.$executeRaw`update item_cost set method = 'fifo'`
  await tx.$executeRaw`
    insert into cost_layer (id, item_id, opened_on, quantity, value, remaining, remaining_value, source_document, source_id, source_number)
    select id, "itemId", ${on}::date, quantity, value, quantity, value, 'item', "itemId", ''
    from jsonb_to_recordset(${JSON.stringify(worths)}::jsonb) as w(id uuid, "itemId" uuid, quantity numeric, value numeric)
    where quantity > 0`
}

/** What is left in layers goes into the average. */
export async function closeIntoAverage(tx: Tx): Promise<void> {
  await tx.$executeRaw`update item_cost set method = 'average'`
  await tx.$executeRaw`
    with closed as (
      insert into cost_layer_use (id, layer_id, quantity, value)
      select gen_random_uuid(), id, remaining, remaining_value from cost_layer where remaining > 0 returning layer_id)
    update cost_layer l set remaining = 0, remaining_value = 0 from closed c where l.id = c.layer_id`
}
