import { Decimal } from '#contract'
import type { AsKnownAt } from '#contract/modules/finance'
import type { Day } from '#kernel/days'
import { noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { Keys } from '#kernel/paging'
import { dayOf, isLate, unknownFrom } from '#server/modules/finance'
import { linesUntil } from './checkpoint-store.ts'
import { type ListedMove, movesFrom } from './move-list-store.ts'
import { within } from './warehouse-store.ts'

/** In these warehouses; null: in all. */
type Reach = readonly string[] | null
type Scope = { itemIds?: readonly string[]; warehouses: Reach }
/** The end of a day, as it is known now or was known then. */
export type Then = { day: Day; asKnownAt?: AsKnownAt }

/** `later`: what has been recorded since that took effect by then. */
export type StoodAt = { itemId: string; code: string; rank: number; onHand: Decimal; value: Decimal; later: Decimal }

const sums = sql`
  coalesce(sum(quantity) filter (where is_known), 0) as on_hand, coalesce(sum(value) filter (where is_known), 0) as value,
  coalesce(sum(quantity) filter (where not is_known), 0) as later`

/** What items stood at. Items that stood at nothing, then as now, are left out. */
export async function listStoodAt(
  tx: Tx,
  { day, asKnownAt }: Then,
  { itemIds, warehouses }: Scope,
  after: Keys | undefined,
  limit: number,
): Promise<StoodAt[]> {
  const chosen = sql`${itemIds ? sql`and item_id = any(${[...itemIds]}::uuid[])` : noSql} ${within(warehouses, sql`warehouse_id`)}`
  const rank = itemIds ? sql`array_position(${[...itemIds]}::uuid[], i.id)` : sql`0`
  const rows = await tx.$queryRaw<Shown<StoodAt>[]>`
    with ${linesUntil(day, unknownFrom(asKnownAt), chosen)},
    stood as (select item_id, ${sums} from line group by item_id),
    found as (
      select i.id as "itemId", i.code, ${rank} as rank, on_hand, value, later from stood join item i on i.id = item_id
      where on_hand <> 0 or later <> 0)
    select "itemId", code, rank, on_hand::text as "onHand", value::text, later::text from found
    where ${after ? sql`(rank, code) > (${after[0]}::int, ${after[1]})` : sql`true`}
    order by rank, code limit ${limit + 1}`
  return rows.map(exact)
}

type Shown<T> = { [K in keyof T]: T[K] extends Decimal ? string : T[K] }
type Figures = { onHand: Decimal; value: Decimal; later: Decimal }
const exact = <T extends Shown<Figures>>(row: T): Omit<T, keyof Figures> & Figures => ({
  ...row,
  onHand: new Decimal(row.onHand),
  value: new Decimal(row.value),
  later: new Decimal(row.later),
})

type PlaceStood = { id: string; name: string } & Figures
type LotStood = { id: string; code: string; warehouse: string } & Figures

/** What one item stood at, by warehouse and by lot. */
export async function placesStoodAt(
  tx: Tx,
  itemId: string,
  { day, asKnownAt }: Then,
  reach: Reach,
): Promise<{ warehouses: PlaceStood[]; lots: LotStood[] }> {
  const lines = linesUntil(
    day,
    unknownFrom(asKnownAt),
    sql`and item_id = ${itemId}::uuid ${within(reach, sql`warehouse_id`)}`,
  )
  const figures = sql`on_hand::text as "onHand", value::text, later::text`
  const warehouses = await tx.$queryRaw<Shown<PlaceStood>[]>`
    with ${lines}, stood as (select warehouse_id, ${sums} from line group by warehouse_id)
    select w.id, w.name, ${figures} from stood join warehouse w on w.id = warehouse_id
    where on_hand <> 0 or value <> 0 or later <> 0 order by w.position, w.code`
  const lots = await tx.$queryRaw<Shown<LotStood>[]>`
    with ${lines}, stood as (select warehouse_id, lot_id, ${sums} from line where lot_id is not null group by warehouse_id, lot_id)
    select l.id, l.code, w.name as warehouse, ${figures}
    from stood join lot l on l.id = lot_id join warehouse w on w.id = warehouse_id
    where on_hand <> 0 or later <> 0 order by l.expires_on nulls last, l.code, w.position`
  return { warehouses: warehouses.map(exact), lots: lots.map(exact) }
}

/**
 * What took effect by the end of a day and was recorded from a moment on, the last first; one move more than the limit. Two ways to the same lines:
 * what took effect after the moment by its day, what took effect before by the index of late lines.
 */
export function laterMoves(
  tx: Tx,
  { day, asKnownAt }: Required<Then>,
  { itemId, warehouses }: { itemId?: string; warehouses: Reach },
  limit: number,
  before?: [at: string, id: string],
): Promise<ListedMove[]> {
  const moment = unknownFrom(asKnownAt)
  const chosen = sql`effective_on <= ${day}::date and recorded_at >= ${moment} ${within(warehouses, sql`warehouse_id`)}
    ${itemId ? sql`and item_id = ${itemId}::uuid` : noSql}
    ${before ? sql`and (recorded_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : noSql}`
  const later: Sql = sql`(
    select * from stock_move where effective_on >= ${dayOf(moment)} and ${chosen}
    union all
    select * from stock_move where effective_on < ${dayOf(moment)} and ${isLate} and ${chosen})`
  return movesFrom(tx, later, sql`order by m.recorded_at desc, m.id desc limit ${limit + 1}`)
}
