import { allow, type Caller, canRead, has, visibleOwners } from '#kernel/caller'

const priceFields = new Set(['listPrice', 'floorPrice'])
const notFields = new Set(['id', 'version', 'reason'])

/** Whoever keeps items changes everything but the prices; whoever keeps prices changes those. */
export function allowItemChange(caller: Caller, sent: object): void {
  const keys = Object.entries(sent).flatMap(([key, value]) => (value === undefined || notFields.has(key) ? [] : key))
  if (keys.some((key) => priceFields.has(key))) allowPriceChange(caller)
  if (keys.length === 0 || keys.some((key) => !priceFields.has(key)))
    allow(caller, 'item.write', { zh: '修改商品', en: 'change items' })
}

export const allowPriceChange = (caller: Caller): void =>
  allow(caller, 'price.write', { zh: '修改价格', en: 'change prices' })

export const canOnItem = (caller: Caller): string[] => [
  ...(has(caller, 'item.write') ? ['edit'] : []),
  ...(has(caller, 'price.write') && canRead(caller, 'amount') ? ['price'] : []),
]

export const canOnPriceList = (caller: Caller): string[] => (has(caller, 'price.write') ? ['edit'] : [])

/** A customer's own prices tell who he is: they are for those who see every customer, and for those who make prices. */
export const seesCustomerPrices = (caller: Caller): boolean =>
  has(caller, 'price.write') || visibleOwners(caller, 'customer') === null
