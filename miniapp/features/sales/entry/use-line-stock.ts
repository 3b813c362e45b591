import { computed } from 'vue'
import { useQuery } from '../../../query.ts'
import { inventoryApi } from '../../inventory/api.ts'
import type { EntryLine } from './entry.model.ts'
import type { PreviewLine } from './fixes.model.ts'

export type LineStock = Pick<PreviewLine['availability'], 'warehouses' | 'incoming'>

/** Where a line's item is: as the preview says, or, while there is no quantity to preview, as the stock says. */
export function useLineStock(line: () => EntryLine | undefined, known: () => PreviewLine | undefined) {
  const asked = computed(() => (known() ? undefined : line()?.item.id))
  const stock = useQuery(async (signal): Promise<LineStock | undefined> => {
    if (!asked.value) return undefined
    const { warehouses, expected } = await inventoryApi.itemStock({ itemId: asked.value }, { signal })
    return {
      warehouses: warehouses.map(({ id, name, onHand, reserved, available }) => ({
        warehouseId: id,
        name,
        onHand,
        reserved,
        available,
      })),
      incoming: expected.map(({ quantity, on, source }) => ({ quantity, on, number: source.number })),
    }
  })
  return computed<LineStock | undefined>(() => known()?.availability ?? stock.value)
}
