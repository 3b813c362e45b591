import { registerCodes, registerExport } from '#server/engines/exports'
import { registerDocument, registerNames } from '#server/engines/forms'
import { catalog, item, itemFamily, priceList } from './contract.ts'
import { registerItemImport } from './import-items.ts'
import { listItems } from './list-items.ts'
import { familyNames, itemCodes, itemTitles } from './item-names-store.ts'

registerDocument(item)
registerDocument(itemFamily)
registerDocument(priceList)
registerNames('item', (tx, _caller, ids) => itemTitles(tx, ids))
registerNames('item_family', (tx, _caller, ids) => familyNames(tx, ids))
registerItemImport()
registerCodes('item', itemCodes)
registerExport(catalog, 'items', { read: listItems, of: 'item', values: (row) => row.item })

export { catalogActions } from './actions.ts'
export { insertFamilies } from './family-store.ts'
export { itemByBarcode, searchItemIds } from './find-items.ts'
export { catalogInvariants } from './invariants.ts'
export { type ItemName, itemNameMarks, itemNames, itemNamesVersion } from './item-names-store.ts'
export { insertItems, type NewItem } from './item-store.ts'
export { registerItemUse } from './item-uses.ts'
export { type ItemFacts, itemsByIds } from './items-by-ids.ts'
export { insertPriceLists } from './price-list-store.ts'
export { insertPriceRules } from './price-rule-store.ts'
export { priceLines } from './price-lines.ts'
