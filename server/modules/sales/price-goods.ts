import { Decimal, type Entered, Refusal, toBase, toPrice } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import { type Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { type ItemFacts, itemsByIds, priceLines } from '#server/modules/catalog'
import { unitCosts } from '#server/modules/inventory'
import type { SoldLine } from './order.model.ts'
import { amountsOf } from './pricing.model.ts'

/** A line as somebody wants it. Without a price the rule's holds. */
export type WantedLine = {
  itemId: string
  entered: Entered
  price: Decimal | null
  priceNote: string
  custom: Record<string, unknown>
}
export type PricedLine = SoldLine & { item: ItemFacts; floor: Decimal | null }
/** What of a priced line is kept. */
export const kept = <T extends { item: unknown; floor: unknown }>({ item: _item, floor: _floor, ...line }: T) => line

type Buyer = { id: string; level: string }

/** Works out quantities, prices and amounts of lines: three queries, however many lines. */
export async function priceGoods(tx: Tx, buyer: Buyer, day: Day, wanted: readonly WantedLine[]): Promise<PricedLine[]> {
  const itemIds = [...new Set(wanted.map((line) => line.itemId))]
  const items = await itemsByIds(tx, itemIds)
  const quantities = wanted.map((line, i) => baseQuantity(line, items.get(line.itemId)!, i))
  const lines = wanted.map(({ itemId }, i) => ({ itemId, quantity: quantities[i]! }))
  const [prices, costs] = await Promise.all([
    priceLines(tx, { customerId: buyer.id, level: buyer.level, day, lines }),
    unitCosts(tx, itemIds),
  ])
  return wanted.map((line, i) => {
    const item = items.get(line.itemId)!
    const { price: rulePrice, rule, floor } = prices[i]!
    const goods = {
      quantity: quantities[i]!,
      rulePrice,
      price: line.price ?? rulePrice,
      taxRate: item.taxRate,
      unitCost: costs.get(line.itemId) ?? new Decimal(0),
    }
    return { ...line, ...goods, ...amountsOf(goods), id: newId(), position: i + 1, priceRule: rule, item, floor }
  })
}

/** The line's quantity in base units; what does not come out exactly is refused with the field that is to blame. */
function baseQuantity({ entered }: WantedLine, item: ItemFacts, i: number): Decimal {
  try {
    return new Decimal(toBase(entered, item.units))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(error.code, error.facts, [{ field: `lines.${i}.entered`, message: error.say('zh') }])
  }
}

/** What keeps a line from being sold; undefined when nothing does. The floor is named only to who may know it. */
export function lineRefusal(caller: Caller, line: PricedLine): Refusal | undefined {
  const i = line.position - 1
  const about = { line: line.position, item: `${line.item.name} ${line.item.spec}`.trim() }
  const refusal = (code: string, field: string, facts: Record<string, unknown> = {}): Refusal => {
    const bare = new Refusal(code, { ...about, ...facts })
    return new Refusal(code, bare.facts, [{ field: `lines.${i}.${field}`, message: bare.say(caller.lang) }])
  }
  if (!line.item.active) return refusal('item_inactive', 'itemId')
  if (line.quantity.lte(0)) return refusal('nothing_ordered', 'entered')
  if (line.price.lt(0)) return refusal('negative_price', 'price')
  if (line.floor && line.price.lt(line.floor)) {
    const named = canRead(caller, 'floor') ? ` ${toPrice(line.floor)}` : ''
    return refusal('price_below_floor', 'price', {
      price: toPrice(line.price),
      floor: { zh: `最低售价${named}`, en: `the floor price${named}` },
    })
  }
  return undefined
}

/** Refuses when any line may not be sold. */
export function allowLines(caller: Caller, lines: readonly PricedLine[]): void {
  for (const line of lines) {
    const refusal = lineRefusal(caller, line)
    if (refusal) throw refusal
  }
}
