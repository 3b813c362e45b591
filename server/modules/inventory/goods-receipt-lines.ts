import { Decimal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { mergedCustom } from '#server/engines/forms'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { unitCosts } from './availability.ts'
import type { GoodsReceiptLine } from './contract.ts'
import { enteredQuantity, refuseField } from './entered.model.ts'
import type { ReceiptLine } from './goods-receipt-store.ts'

/** Lines as they were sent, checked and in base units. Without a cost a line keeps its own, or takes what the item costs now. */
export async function receiptLinesFrom(
  tx: Tx,
  caller: Caller,
  sent: readonly GoodsReceiptLine[],
  before: readonly ReceiptLine[],
): Promise<ReceiptLine[]> {
  const itemIds = sent.map(({ itemId }) => itemId)
  const items = await itemsByIds(tx, itemIds)
  const costs = await unitCosts(tx, itemIds)
  return sent.map((line, i) => {
    const { id, itemId, entered, serials } = line
    const item = items.get(itemId)!
    const known = before.find((one) => one.id === id && one.itemId === itemId)
    const quantity = enteredQuantity(entered, item.units, `lines.${i}.entered`, caller.lang)
    if (quantity.isNegative()) refuseField(caller.lang, `lines.${i}.entered`, 'quantity_not_positive')
    checkTracking(caller, line, item, i)
    return {
      id,
      itemId,
      entered,
      quantity,
      unitCost: line.unitCost ? new Decimal(line.unitCost) : (known?.unitCost ?? costs.get(itemId)!),
      lotCode: line.lotCode || null,
      expiresOn: line.expiresOn ?? null,
      serials,
      custom: mergedCustom(known?.custom, line.custom),
    }
  })
}

function checkTracking(caller: Caller, line: GoodsReceiptLine, item: ItemFacts, i: number): void {
  const facts = { item: item.name }
  if (item.tracking !== 'lot' && line.lotCode) refuseField(caller.lang, `lines.${i}.lotCode`, 'lot_not_kept', facts)
  if (item.tracking !== 'serial' && line.serials.length > 0)
    refuseField(caller.lang, `lines.${i}.serials`, 'serials_not_kept', facts)
}
