import type { Quantity } from './amounts.ts'
import { severalItems } from './fill-goods.ts'
import { lastItems } from './last-spoken.ts'
import type { Asked } from './asked.ts'
import { only, quantityOf, withCustomer, withItem } from './pick.ts'
import type { AskedQuantity } from './query-parts.ts'
import { priceOfOne } from './telling-words.ts'
import type { Understanding } from './understanding.ts'

export function priceItem(ask: Asked): Understanding {
  const { slots } = ask
  if (slots.namesCustomer && slots.customers.length !== 1)
    return withCustomer(ask, (customerId) => ({ intent: 'price.item', itemIds: lastOrNamed(ask), customerId }))
  const more = { customerId: only(slots.customers), quantity: pricedQuantity(ask) }
  return severalItems(ask, 3, (...itemIds) => ({ intent: 'price.item', itemIds, ...more }))
}

/** 多少钱一套 asks for the price of one. */
const ofOne =
  /(?:钱|价|少|[块毛分元角])[1一][个只支盒箱包把条卷袋件套双瓶桶台张副片根]|(?<![拿要买订])[1一][个只支盒箱包把条卷袋件套双瓶桶台张副片根](?:多少|几|什么|啥|卖)/

/** How many the price is for; where several are asked for, the card shows what each costs. */
function pricedQuantity(ask: Asked): AskedQuantity | undefined {
  const { quantities, ...amounts } = ask.slots.amounts
  // 500支以上 is priced as 500 of them.
  if (amounts.threshold && amounts.unit && !amounts.isBelow) return { n: amounts.threshold, unit: amounts.unit }
  const isOfOne = ofOne.test(ask.message) || priceOfOne.test(ask.message)
  const said = isOfOne ? quantities.filter(({ n }) => n !== '1') : quantities
  if (said.length === 0) return quantityOf(ask)
  const [{ n, unit }, ...others] = said as [Quantity, ...Quantity[]] // there is one at least
  return others.length > 0 ? undefined : { n, ...(unit ? { unit } : {}) }
}

const lastOrNamed = (ask: Asked): string[] => {
  const named = only(ask.slots.items)
  return named ? [named] : lastItems(ask)
}

export function priceLast(ask: Asked): Understanding {
  const { slots } = ask
  const { limit } = slots.amounts
  const customerId = only(slots.customers)
  if (customerId) return withItem(ask, (itemId) => ({ intent: 'price.last', itemId, customerId, limit }))
  const [itemId] = lastOrNamed(ask)
  if (!itemId) return withItem(ask, (found) => ({ intent: 'price.item', itemIds: [found] }))
  return withCustomer(ask, (found) => ({ intent: 'price.last', itemId, customerId: found, limit }))
}
