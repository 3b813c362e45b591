import type { Actions } from '#kernel/perform'
import type { catalog } from './contract.ts'
import { createItem } from './create-item.ts'
import { createPriceList } from './create-price-list.ts'
import { editItem } from './edit-item.ts'
import { editPriceList } from './edit-price-list.ts'
import { itemTimeline } from './item-timeline.ts'
import { listCategories } from './list-categories.ts'
import { listFamilies } from './list-families.ts'
import { listItems } from './list-items.ts'
import { listPriceLists } from './list-price-lists.ts'
import { listPriceRules } from './list-price-rules.ts'
import { priceHistory } from './price-history.ts'
import { putFamily } from './put-family.ts'
import { putPriceRules } from './put-price-rules.ts'
import { readBarcode } from './read-barcode.ts'
import { readFamily } from './read-family.ts'
import { readItem } from './read-item.ts'
import { readPriceList } from './read-price-list.ts'
import { removePriceRules } from './remove-price-rules.ts'

export const catalogActions: Actions<typeof catalog> = {
  items: listItems,
  item: readItem,
  createItem,
  editItem,
  itemTimeline,
  priceHistory,
  barcode: readBarcode,
  categories: listCategories,
  families: listFamilies,
  family: readFamily,
  putFamily,
  priceLists: listPriceLists,
  priceList: readPriceList,
  priceRules: listPriceRules,
  createPriceList,
  editPriceList,
  putPriceRules,
  removePriceRules,
}
