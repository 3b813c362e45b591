import { Decimal } from '#contract'
import type { Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { Layer } from './cost-layers.model.ts'
import type { Source } from './move-store.ts'
import type { CostedMove, Movement } from './posting.model.ts'

/**
 * Of each layered item the oldest open layers, as many as what goes out can reach, and those that a cost is put upon or
 * that are undone.
 * Asked under the lock of the item's worth: nobody else takes from them meanwhile.
 */
export async function openLayers(
  tx: Tx,
  itemIds: readonly string[],
  movements: readonly Movement[],
): Promise<Map<string, readonly Layer[]>> {
  if (itemIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; itemId: string; quantity: string; value: string }[]>`
    with wanted as (
      select item_id, sum(greatest(-quantity, 0)) as quantity, array_agg(layer_id) as layer_ids
      from jsonb_to_recordset(${JSON.stringify(reaching(itemIds, movements))}::jsonb)
        as m(item_id uuid, quantity numeric, layer_id uuid) group by item_id),
    open as (
      select l.*, sum(l.remaining) over (partition by l.item_id order by l.opened_on, l.id) - l.remaining as older
      from cost_layer l where l.item_id in (select item_id from wanted) and l.remaining > 0)
    select o.id, o.item_id as "itemId", o.remaining::text as quantity, o.remaining_value::text as value
    from open o join wanted w using (item_id)
    where o.older < w.quantity or o.id = any(w.layer_ids)
    order by o.item_id, o.opened_on, o.id`
  const found = new Map<string, Layer[]>(itemIds.map((itemId) => [itemId, []]))
  for (const { id, itemId, quantity, value } of rows)
    found.get(itemId)!.push({ id, quantity: new Decimal(quantity), value: new Decimal(value) })
  return found
}

const reaching = (itemIds: readonly string[], movements: readonly Movement[]) =>
  movements
    .filter(({ itemId }) => itemIds.includes(itemId))
    .map(({ itemId, quantity, upon, undoes }) => ({
      item_id: itemId,
      quantity,
      layer_id: upon?.layerId ?? undoes ?? null,
    }))

/** Keeps what moves opened, took and put upon layers. Moves at moving average do none of it. */
export async function saveLayers(tx: Tx, source: Source, on: Day, moves: readonly CostedMove[]): Promise<void> {
  await insertLayers(tx, source, on, moves)
  await insertUses(tx, moves)
  await addValue(tx, moves)
}

async function insertLayers(tx: Tx, source: Source, on: Day, moves: readonly CostedMove[]): Promise<void> {
  const opened = moves.flatMap((move) => (move.opened ? [{ ...move.opened, itemId: move.itemId }] : []))
  if (opened.length === 0) return
  await tx.$executeRaw`
    insert into cost_layer (id, item_id, opened_on, quantity, value, remaining, remaining_value, source_document, source_id, source_number)
    select id, "itemId", ${on}::date, quantity, value, quantity, value, ${source.document}, ${source.id}::uuid, ${source.number}
    from jsonb_to_recordset(${JSON.stringify(opened)}::jsonb) as l(id uuid, "itemId" uuid, quantity numeric, value numeric)`
}

/** More taken from a layer than is left of it is caught by a CHECK. */
async function insertUses(tx: Tx, moves: readonly CostedMove[]): Promise<void> {
  const uses = moves.flatMap((move) => (move.uses ?? []).map((use) => ({ ...use, id: newId(), moveId: move.id })))
  if (uses.length === 0) return
  await tx.$executeRaw`
    with taken as (
      insert into cost_layer_use (id, layer_id, move_id, quantity, value)
      select id, "layerId", "moveId", quantity, value
      from jsonb_to_recordset(${JSON.stringify(uses)}::jsonb)
        as u(id uuid, "layerId" uuid, "moveId" uuid, quantity numeric, value numeric)
      returning layer_id, quantity, value),
    gone as (select layer_id, sum(quantity) as quantity, sum(value) as value from taken group by layer_id)
    update cost_layer l set remaining = l.remaining - g.quantity, remaining_value = l.remaining_value - g.value
    from gone g where l.id = g.layer_id`
}

async function addValue(tx: Tx, moves: readonly CostedMove[]): Promise<void> {
  const added = moves.flatMap(({ upon, cost }) => (upon?.layerId ? [{ layerId: upon.layerId, cost }] : []))
  if (added.length === 0) return
  await tx.$executeRaw`
    update cost_layer l set value = l.value + a.cost, remaining_value = l.remaining_value + a.cost
    from (
      select "layerId" as id, sum(cost) as cost
      from jsonb_to_recordset(${JSON.stringify(added)}::jsonb) as r("layerId" uuid, cost numeric) group by 1) a
    where l.id = a.id`
}
