import { Decimal, type UnitRatio } from '#contract'
import { onceIn, type Tx } from '#kernel/db'

export type ItemFacts = {
  id: string
  code: string
  name: string
  spec: string
  category: string
  baseUnit: string
  /** The base unit first, then from small to large. */
  units: UnitRatio[]
  tracking: 'none' | 'lot' | 'serial'
  taxRate: Decimal
  /** 0: not priced yet. */
  listPrice: Decimal
  floorPrice: Decimal | null
  allowNegative: boolean
  active: boolean
}

type Row = Omit<ItemFacts, 'taxRate' | 'listPrice' | 'floorPrice'> & {
  taxRate: string
  listPrice: string
  floorPrice: string | null
}

/** What documents need to know of items, with their units, in one statement: every sale and every move of stock asks for it. */
export function findItemFacts(tx: Tx, ids: readonly string[]): Promise<Map<string, ItemFacts>> {
  const wanted = [...new Set(ids)].sort()
  return onceIn(tx, `items ${wanted.join()}`, () => readItemFacts(tx, wanted))
}

async function readItemFacts(tx: Tx, ids: readonly string[]): Promise<Map<string, ItemFacts>> {
  const rows = await tx.$queryRaw<Row[]>`
    select i.id, i.code, i.name, i.spec, i.category, i.base_unit as "baseUnit", i.tracking, i.active,
      i.tax_rate::text as "taxRate", i.list_price::text as "listPrice", i.floor_price::text as "floorPrice",
      i.allow_negative as "allowNegative",
      (select jsonb_agg(jsonb_build_object('unit', u.unit, 'numerator', u.numerator, 'denominator', u.denominator)
         order by u.unit <> i.base_unit, u.numerator::numeric / u.denominator)
       from item_unit u where u.item_id = i.id) as units
    from item i where i.id = any(${ids}::uuid[])`
  return new Map(rows.map((row) => [row.id, factsOf(row)]))
}

const factsOf = (row: Row): ItemFacts => ({
  ...row,
  taxRate: new Decimal(row.taxRate),
  listPrice: new Decimal(row.listPrice),
  floorPrice: row.floorPrice === null ? null : new Decimal(row.floorPrice),
})
