import { noSql, sql, type Tx } from '#kernel/db'
import type { PriceTrace } from './contract.ts'

/** Which lists hold on a day, and how particular each is: a customer's own goes before his level's, that before everybody's. */
const holdsOn = (day: string) => sql`
  list.active and (list.starts_on is null or list.starts_on <= ${day}::date) and (list.ends_on is null or list.ends_on >= ${day}::date)`
const kind = sql`case when list.customer_id is not null then 'customer' when list.level is not null then 'level' else 'general' end`
const mostParticularFirst = sql`
  list.customer_id is null, list.level is null, list.priority desc, list.starts_on desc nulls last, list.id, rule.min_quantity desc`

export type PriceQuestion = {
  customerId: string | null
  level: string | null
  day: string
  lines: readonly { itemId: string; quantity: string }[]
}
export type StoredPrice = {
  itemId: string
  name: string
  /** 0: neither a rule nor a list price. */
  price: string
  floor: string | null
  kind: PriceTrace['kind']
  priceListId: string | null
  list: string | null
  level: string | null
  minQuantity: string
  startsOn: string | null
  endsOn: string | null
}

/**
 * The price of each line, in the order of the lines, in one statement. Within the most particular list that has a tier
 * for the quantity, the highest tier reached decides. A rule's own price is never below its floor.
 * How many lines there are is hidden from the planner by a `select`: it would plan each order anew, which takes longer than to answer it.
 */
export async function findPrices(tx: Tx, { customerId, level, day, lines }: PriceQuestion): Promise<StoredPrice[]> {
  const itemIds = lines.map((line) => line.itemId)
  const quantities = lines.map((line) => line.quantity)
  return tx.$queryRaw`
    select item.id as "itemId", item.name,
      trim_scale(coalesce(best.price, item.list_price))::text as price,
      trim_scale(case
        when best.floor_price is not null or best.price is null then coalesce(best.floor_price, item.floor_price)
        when item.floor_price is not null then least(item.floor_price, best.price)
      end)::text as floor,
      coalesce(best.kind, 'item') as kind, best.list_id as "priceListId", best.list, best.level,
      coalesce(trim_scale(best.min_quantity), 0)::text as "minQuantity", best.starts_on::text as "startsOn", best.ends_on::text as "endsOn"
    from unnest((select ${itemIds}::uuid[]), (select ${quantities}::numeric[])) with ordinality as line(item_id, quantity, position)
    join item on item.id = line.item_id
    left join lateral (
      select rule.price, rule.floor_price, rule.min_quantity, ${kind} as kind, list.id as list_id, list.name as list, list.level,
        list.starts_on, list.ends_on
      from price_rule as rule join price_list as list on list.id = rule.price_list_id
      where rule.item_id = line.item_id and rule.min_quantity <= line.quantity and ${holdsOn(day)}
        and (list.customer_id = ${customerId}::uuid or (list.customer_id is null and (list.level = ${level} or list.level is null)))
      order by ${mostParticularFirst} limit 1) as best on true
    order by line.position`
}

export type StoredTier = {
  priceListId: string
  list: string
  kind: 'customer' | 'level' | 'general'
  level: string | null
  minQuantity: string
  startsOn: string | null
  endsOn: string | null
  price: string
  floorPrice: string | null
}

/** All tiers of an item in the lists of a day, the most particular first, each list from its lowest tier. */
export async function findTiers(tx: Tx, itemId: string, day: string, withCustomers: boolean): Promise<StoredTier[]> {
  return tx.$queryRaw`
    select list.id as "priceListId", list.name as list, ${kind} as kind, list.level, trim_scale(rule.min_quantity)::text as "minQuantity",
      list.starts_on::text as "startsOn", list.ends_on::text as "endsOn",
      trim_scale(rule.price)::text as price, trim_scale(rule.floor_price)::text as "floorPrice"
    from price_rule as rule join price_list as list on list.id = rule.price_list_id
    where rule.item_id = ${itemId}::uuid and ${holdsOn(day)} ${withCustomers ? noSql : sql`and list.customer_id is null`}
    order by list.customer_id is null, list.level is null, list.level, list.priority desc, list.name, list.id, rule.min_quantity limit 200`
}
