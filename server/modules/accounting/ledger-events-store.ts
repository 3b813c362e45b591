import { type Sql, sql, type Tx } from '#kernel/db'
import { type Day, endOfMonth } from '#kernel/days'
import { receivableLedger } from '#server/modules/finance'
import { landedCosts, stockLedger } from '#server/modules/inventory'

/** Whose lines are looked for: those of some documents, or those that take effect in the month of a day. */
export type Scope = { sources: readonly string[] } | { month: Day }

type Raw = {
  document: string
  id: string
  number: string
  on: Day
  documentOn: Day | null
  recordedAt: string
  by: string
  lineIds: string[]
}
/** What one deed wrote of one document into the receivables ledger. `kind`: how a debt began, or `money` that came, or a credit, or what met debts; or it was taken `back`. */
export type MoneyRow = Raw & {
  kind: 'opening' | 'delivery' | 'order' | 'money' | 'back'
  customerId: string
  method: string | null
  raised: string
  received: string
  allocated: string
}
/** What one deed wrote of one document into the stock ledger, of goods of one category. */
export type StockRow = Raw & {
  kind: 'opening' | 'receipt' | 'delivery' | 'adjustment' | 'return' | 'revaluation'
  category: string
  cost: string
  netCost: string
  gain: string
  loss: string
}
export type LandedRow = Raw & { category: string; inStock: string; expensed: string }

const within = (scope: Scope, source: Sql): Sql =>
  'sources' in scope
    ? sql`${source} = any(${[...scope.sources]}::uuid[])`
    : sql`l.effective_on between ${`${scope.month.slice(0, 7)}-01`}::date and ${endOfMonth(scope.month)}::date`
const waits = sql`not exists (select from vouched_line v where v.line_id = l.id)`
const told = sql`l.effective_on::text as "on", l.recorded_at::text as "recordedAt", l.by`
// A receipt that comes late is set against debts on the day on which it takes effect: only its own line tells of the other.
const documentOn = sql`max(l.document_on)::text as "documentOn"`
const source = sql`max(l.source_document) as document, l.source_id as id, l.source_number as number`
const deed = sql`l.source_id, l.source_number, l.effective_on, l.recorded_at, l.by`

/** What of the receivables ledger no voucher has yet. What a credit of a return settles is told as a receipt's; its own line says that it is a return. */
export const waitingMoney = (tx: Tx, scope: Scope): Promise<MoneyRow[]> =>
  tx.$queryRaw<MoneyRow[]>`
    with line as (
      select *, case when kind in ('receipt', 'return', 'allocation') then 'money' when kind in ('reversal', 'return_reversal', 'release') then 'back'
        else kind end as deed
      from (${receivableLedger}) l
      where ${within(scope, sql`l.source_id`)} and ${waits})
    select ${source}, ${told}, ${documentOn}, l.deed as kind, l.customer_id as "customerId", l.method, jsonb_agg(l.id) as "lineIds",
      coalesce(sum(l.amount) filter (where l.deed not in ('money', 'back')), 0)::text as raised,
      coalesce(-sum(l.amount) filter (where l.kind in ('receipt', 'return', 'reversal', 'return_reversal')), 0)::text as received,
      coalesce(-sum(l.amount) filter (where l.kind in ('allocation', 'release') and l.receivable_id is not null), 0)::text as allocated
    from line l group by ${deed}, l.deed, l.customer_id, l.method`

/** What of the stock ledger no voucher has yet. */
export const waitingStock = (tx: Tx, scope: Scope): Promise<StockRow[]> =>
  tx.$queryRaw<StockRow[]>`
    select ${source}, ${told}, ${documentOn}, l.kind, l.category, jsonb_agg(l.id) as "lineIds", sum(l.cost)::text as cost,
      sum(round(l.cost * 100 / (100 + l.tax_rate), 2))::text as "netCost",
      coalesce(sum(l.cost) filter (where l.cost > 0), 0)::text as gain, coalesce(-sum(l.cost) filter (where l.cost < 0), 0)::text as loss
    from (${stockLedger}) l where ${within(scope, sql`l.source_id`)} and ${waits}
    group by ${deed}, l.kind, l.category order by l.category`

/** Purchase costs that no voucher has yet. */
export const waitingLanded = (tx: Tx, scope: Scope): Promise<LandedRow[]> =>
  tx.$queryRaw<LandedRow[]>`
    select 'landed_cost' as document, l.id, l.number, ${told}, l.document_on::text as "documentOn", l.category, l.in_stock::text as "inStock", l.expensed::text as expensed,
      l.move_ids || to_jsonb(l.id) as "lineIds"
    from (${landedCosts}) l where ${within(scope, sql`l.id`)} and ${waits} order by l.category`

/** The months in which something happened that no voucher tells of, first to last. */
export async function waitingMonths(tx: Tx): Promise<Day[]> {
  const rows = await tx.$queryRaw<{ month: Day }[]>`
    select distinct date_trunc('month', l.effective_on)::date::text as month
    from (
      select id, effective_on from (${receivableLedger}) money
      union all select id, effective_on from (${stockLedger}) stock
      union all select id, effective_on from (${landedCosts}) landed) l
    where ${waits} order by 1`
  return rows.map(({ month }) => month)
}
