import type { Slots } from './slots.ts'

/** Several of a kind that are not found together: what was said, with each of them by itself. */
export function eachAlone(slots: Slots): Slots[] {
  const { customerParts, itemParts, warehouseParts, colleagues, categories } = slots
  if (slots.customers.length === 0 && customerParts.length > 1)
    return customerParts.map((part) => ({ ...slots, customers: part.customers, customerParts: [part] }))
  if (slots.items.length === 0 && itemParts.length > 1)
    return itemParts.map((part) => ({ ...slots, items: part.items, itemParts: [part], named: part.named }))
  if (slots.warehouses.length === 0 && warehouseParts.length > 1)
    return warehouseParts.map((part) => ({ ...slots, warehouses: part, warehouseParts: [part] }))
  if (colleagues.length > 1) return colleagues.map((one) => ({ ...slots, colleagues: [one] }))
  return categories.length > 1 ? categories.map((one) => ({ ...slots, categories: [one] })) : []
}
