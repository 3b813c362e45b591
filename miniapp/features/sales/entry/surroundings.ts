import { useQuery } from '../../../query.ts'
import { useSession } from '../../../session.ts'
import { inventoryApi } from '../../inventory/api.ts'
import { salesApi } from '../api.ts'
import type { OrderView } from '../views.ts'

export type Warehouse = { id: string; name: string }

const recentMax = 20

/** What a new entry is prefilled from: the warehouses that I sell from, and my latest orders. */
export function useSurroundings() {
  const session = useSession()
  return useQuery(async (signal): Promise<{ warehouses: Warehouse[]; recent: OrderView[] }> => {
    const [{ rows: warehouses }, { rows: recent }] = await Promise.all([
      inventoryApi.warehouses({}, { signal }),
      salesApi.orders({ limit: recentMax, ownerId: session.me?.person.id }, { signal }),
    ])
    return { warehouses: warehouses.filter(({ active, isMine, forSale }) => active && isMine && forSale), recent }
  })
}

/** Where this person shipped from last, if it is still open; else the first warehouse. */
export function usualWarehouse(warehouses: readonly Warehouse[], recent: readonly OrderView[]): string {
  const last = recent.find((order) => warehouses.some(({ id }) => id === order.warehouseId))
  return last?.warehouseId ?? warehouses[0]?.id ?? ''
}
