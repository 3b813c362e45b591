import { Decimal } from '#contract'
import type { Day } from '#kernel/days'
import { noSql, sql, type Tx } from '#kernel/db'

/** What an issue of an item cost, and the layers it was taken from; none where costs are averaged. */
type IssuedCost = { sourceId: string; itemId: string; quantity: Decimal; cost: Decimal; sources: CostSource[] }
type CostSource = {
  /** What came in so; null: more left than was there. */
  source: { document: string; id: string; number: string } | null
  on: Day | null
  quantity: Decimal
  value: Decimal
}

/** What left with these documents, item by item, at ledger cost. */
export async function issuedCosts(tx: Tx, sourceIds: readonly string[]): Promise<IssuedCost[]> {
  const moves = await tx.$queryRaw<{ sourceId: string; itemId: string; quantity: string; cost: string }[]>`
    select source_id as "sourceId", item_id as "itemId", (-sum(quantity))::text as quantity, (-sum(cost))::text as cost
    from stock_move where source_id = any(${[...sourceIds]}::uuid[]) group by 1, 2 order by min(id::text)`
  const uses = await tx.$queryRaw<Use[]>`
    select m.source_id as "sourceId", m.item_id as "itemId", l.source_document as document, l.source_id as id,
      l.source_number as number, l.opened_on::text as "on", sum(u.quantity)::text as quantity, sum(u.value)::text as value
    from stock_move m join cost_layer_use u on u.move_id = m.id left join cost_layer l on l.id = u.layer_id
    where m.source_id = any(${[...sourceIds]}::uuid[])
    group by 1, 2, 3, 4, 5, l.opened_on order by l.opened_on nulls last, min(l.id::text)`
  return moves.map(({ sourceId, itemId, quantity, cost }) => ({
    sourceId,
    itemId,
    quantity: new Decimal(quantity),
    cost: new Decimal(cost),
    sources: uses.filter((use) => use.sourceId === sourceId && use.itemId === itemId).map(costSource),
  }))
}

type Use = { sourceId: string; itemId: string; on: Day | null; quantity: string; value: string } & (
  | { document: string; id: string; number: string }
  | { document: null; id: null; number: null }
)

const costSource = ({ on, quantity, value, ...from }: Use): CostSource => ({
  source: from.document === null ? null : { document: from.document, id: from.id, number: from.number },
  on,
  quantity: new Decimal(quantity),
  value: new Decimal(value),
})

/** What was put upon goods after they had left, item by item, without tax as margins are reckoned. */
export async function expensedCosts(
  tx: Tx,
  { from, to, itemId }: { from: Day; to: Day; itemId?: string },
): Promise<Map<string, Decimal>> {
  const rows = await tx.$queryRaw<{ itemId: string; amount: string }[]>`
    select l.item_id as "itemId", sum(round(l.expensed * 100 / (100 + i.tax_rate), 2))::text as amount
    from landed_cost c join landed_cost_line l on l.landed_cost_id = c.id join item i on i.id = l.item_id
    where c.state = 'posted' and c.posted_on between ${from}::date and ${to}::date and l.expensed <> 0
      ${itemId ? sql`and l.item_id = ${itemId}::uuid` : noSql}
    group by 1`
  return new Map(rows.map((row) => [row.itemId, new Decimal(row.amount)]))
}
