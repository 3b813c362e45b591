import { Decimal, Refusal, toQuantity } from '#contract'
import type { Tx } from '#kernel/db'
import { PriceTrace } from './contract.ts'
import { refuseUnknown } from './items-by-ids.ts'
import { findPrices, type StoredPrice } from './pricing-store.ts'

export type PricedLine = {
  itemId: string
  /** Of one base unit, tax included. */
  price: Decimal
  /** Below this nobody sells; null: no floor is set. */
  floor: Decimal | null
  rule: PriceTrace
}
export type PricedFor = {
  customerId: string | null
  level: string | null
  /** 'YYYY-MM-DD'; lists hold from their first to their last day. */
  day: string
  lines: readonly { itemId: string; quantity: Decimal }[]
}

/**
 * The price of each line and the rule that made it: the customer's own list goes before his level's, that before
 * everybody's, and that before the item's list price; within a list, the highest tier that the quantity reaches.
 */
export async function priceLines(tx: Tx, { customerId, level, day, lines }: PricedFor): Promise<PricedLine[]> {
  if (lines.length === 0) return []
  const asked = lines.map(({ itemId, quantity }) => ({ itemId, quantity: toQuantity(quantity) }))
  const prices = await findPrices(tx, { customerId, level, day, lines: asked })
  const field = (position: number) => `lines.${position}.itemId`
  refuseUnknown(
    lines.map(({ itemId }) => itemId),
    new Map(prices.map((price) => [price.itemId, price])),
    field,
  )
  return prices.map((price, position) => {
    if (price.kind === 'item' && new Decimal(price.price).isZero())
      throw new Refusal('no_price', { item: price.name }, [
        { field: field(position), message: '还没有定价 / no price yet' },
      ])
    return pricedLine(price)
  })
}

function pricedLine({ itemId, price, floor, ...rule }: StoredPrice): PricedLine {
  return {
    itemId,
    price: new Decimal(price),
    floor: floor === null ? null : new Decimal(floor),
    rule: PriceTrace.parse({ ...rule, price }),
  }
}
