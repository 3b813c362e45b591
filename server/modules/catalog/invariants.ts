import type { Invariant } from '#kernel/invariant'
import { itemWithoutBaseUnit, priceOffHistory } from './invariant-store.ts'

/** What must hold of items and prices, whatever was done and in whatever order. */
export const catalogInvariants: Invariant[] = [
  {
    id: 'C1',
    name: { zh: '每个商品都有基本单位', en: 'Every item can be counted in its base unit' },
    find: itemWithoutBaseUnit,
  },
  {
    id: 'C2',
    name: { zh: '现行价格等于最后一次调价', en: 'A price is the last one of its history' },
    find: priceOffHistory,
  },
]
