import { Refusal } from '#contract'
import { noSql, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { sqlState } from '#kernel/perform'
import type { PriceRuleRow } from './contract.ts'
import { foundBy } from './search-store.ts'

/** A price of a list. A floor that is left out stays as it was; null takes it away. */
export type PriceRule = { itemId: string; minQuantity: string; price: string; floorPrice?: string | null }
type Deed = { priceListId: string; by: string; at: Date; reason: string }

/** Sets prices and writes down what each was before. The list must have been updated in this transaction. */
export async function savePriceRules(tx: Tx, deed: Deed, rules: readonly PriceRule[]): Promise<void> {
  const rows = JSON.stringify(
    rules.map((rule) => ({ ...rule, ruleId: newId(), changeId: newId(), setsFloor: rule.floorPrice !== undefined })),
  )
  await tx.$executeRaw`
    with sent as (
      select * from jsonb_to_recordset(${rows}::jsonb) as sent(
        "ruleId" uuid, "changeId" uuid, "itemId" uuid, "minQuantity" numeric, price numeric, "floorPrice" numeric, "setsFloor" boolean)),
    wanted as (
      select sent.*, before.price as price_before, before.floor_price as floor_before,
        case when "setsFloor" then "floorPrice" else before.floor_price end as floor_after
      from sent left join price_rule as before
        on before.price_list_id = ${deed.priceListId}::uuid and before.item_id = sent."itemId" and before.min_quantity = sent."minQuantity"),
    saved as (
      insert into price_rule (id, price_list_id, item_id, min_quantity, price, floor_price)
      select "ruleId", ${deed.priceListId}::uuid, "itemId", "minQuantity", price, floor_after from wanted order by "itemId", "minQuantity"
      on conflict (price_list_id, item_id, min_quantity) do update set price = excluded.price, floor_price = excluded.floor_price)
    insert into price_change (id, item_id, price_list_id, min_quantity, price_before, price_after, floor_before, floor_after, reason, by, at)
    select "changeId", "itemId", ${deed.priceListId}::uuid, "minQuantity", price_before, price, floor_before, floor_after,
      ${deed.reason}, ${deed.by}::uuid, ${deed.at}
    from wanted where (price_before, floor_before) is distinct from (price, floor_after)`.catch(refuseFloorAbovePrice)
}

/** Removes prices and writes down what they were. The list must have been updated in this transaction. */
export async function deletePriceRules(
  tx: Tx,
  deed: Deed,
  rules: readonly { itemId: string; minQuantity: string }[],
): Promise<void> {
  const rows = JSON.stringify(rules.map((rule) => ({ ...rule, changeId: newId() })))
  await tx.$executeRaw`
    with sent as (select * from jsonb_to_recordset(${rows}::jsonb) as sent("changeId" uuid, "itemId" uuid, "minQuantity" numeric)),
    gone as (
      delete from price_rule using sent
      where price_list_id = ${deed.priceListId}::uuid and item_id = sent."itemId" and min_quantity = sent."minQuantity"
      returning "changeId", item_id, min_quantity, price, floor_price)
    insert into price_change (id, item_id, price_list_id, min_quantity, price_before, floor_before, reason, by, at)
    select "changeId", item_id, ${deed.priceListId}::uuid, min_quantity, price, floor_price, ${deed.reason}, ${deed.by}::uuid, ${deed.at} from gone`
}

/** Writes the prices of new lists, as a beginning without a history. */
export async function insertPriceRules(tx: Tx, rules: readonly (PriceRule & { priceListId: string })[]): Promise<void> {
  const rows = JSON.stringify(rules.map((rule) => ({ id: newId(), ...rule })))
  await tx.$executeRaw`
    insert into price_rule (id, price_list_id, item_id, min_quantity, price, floor_price)
    select id, "priceListId", "itemId", "minQuantity", price, "floorPrice"
    from jsonb_to_recordset(${rows}::jsonb) as new_rule(
      id uuid, "priceListId" uuid, "itemId" uuid, "minQuantity" numeric, price numeric, "floorPrice" numeric)`
}

type RuleFilter = { priceListId: string; q?: string; after?: readonly (string | number)[]; limit: number }

/** The prices of a list by item code and tier. */
export async function findPriceRulePage(tx: Tx, filter: RuleFilter): Promise<Required<PriceRuleRow>[]> {
  const searching = filter.q?.trim() ? sql`and rule.item_id in (select id from item where ${foundBy(filter.q)})` : noSql
  return tx.$queryRaw`
    select item.id as "itemId", item.code, item.name, item.spec, item.base_unit as "baseUnit",
      trim_scale(rule.min_quantity)::text as "minQuantity", trim_scale(rule.price)::text as price, trim_scale(rule.floor_price)::text as "floorPrice"
    from price_rule as rule join item on item.id = rule.item_id
    where rule.price_list_id = ${filter.priceListId}::uuid ${searching}
    ${filter.after ? sql`and (item.code, rule.min_quantity) > (${filter.after[0]}, ${filter.after[1]}::numeric)` : noSql}
    order by item.code, rule.min_quantity limit ${filter.limit + 1}`
}

function refuseFloorAbovePrice(error: unknown): never {
  if (sqlState(error) === '23514') throw new Refusal('floor_above_price')
  throw error
}
