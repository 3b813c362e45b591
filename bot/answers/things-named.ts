import type { Context } from './context-store.ts'
import type { Candidate } from './match.ts'
import type { Has } from './reading.ts'
import type { Slots } from './slots.ts'

const plainly = 0.9
/** Called so, and not only something like it. */
export const isPlain = ({ score }: Candidate): boolean => score >= plainly
/** What the message names; where it names nothing, what was spoken of last counts as named. */
export function thingsIn(slots: Slots, { queries }: Context): ReadonlySet<Has> {
  const isBare = slots.named === ''
  const spokeOf = (field: string): boolean => isBare && queries.some((query) => field in query)
  const things: readonly (readonly [Has, boolean])[] = [
    ['item', slots.namesItem || spokeOf('itemId') || spokeOf('itemIds')],
    ['category', slots.categories.length > 0 && slots.items.length !== 1],
    ['customer', slots.namesCustomer || spokeOf('customerId') || spokeOf('customerIds')],
    ['supplier', slots.suppliers.length === 1 && slots.suppliers.every(isPlain) && slots.customers.length === 0],
    ['warehouse', slots.warehouses.length > 0],
    ['order', slots.orderTail !== undefined],
    ['strange', isBareOfThings(slots) && slots.named !== ''],
    ['quantity', slots.amounts.quantities.length > 0],
    ['days', slots.days !== undefined],
    ['mine', slots.isMine],
  ]
  return new Set(things.flatMap(([thing, isThere]) => (isThere ? [thing] : [])))
}

const isBareOfThings = ({ namesItem, namesCustomer, suppliers, warehouses, categories }: Slots): boolean =>
  !namesItem && !namesCustomer && suppliers.length + warehouses.length + categories.length === 0
