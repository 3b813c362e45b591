import type { Decimal } from '#contract'
import type { Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { lotsOf, serialsOf } from './balance-store.ts'
import { proposed, type Proposal } from './proposal.model.ts'

/**
 * Which lots, or serial numbers, should leave for each line: first to expire first, then first in first out.
 * Answers in the order of the lines; lines of one item share what is there. With `on`, lots that expired before are left out.
 */
export async function proposeLots(
  tx: Tx,
  lines: readonly { itemId: string; warehouseId: string; quantity: Decimal }[],
  on?: Day,
): Promise<Proposal[]> {
  const itemIds = [...new Set(lines.map(({ itemId }) => itemId))]
  const warehouses = [...new Set(lines.map(({ warehouseId }) => warehouseId))]
  const lots = await lotsOf(tx, itemIds, warehouses)
  const serials = await serialsOf(tx, itemIds, warehouses, 5000)
  const usable = lots.filter((lot) => !on || !lot.expiresOn || lot.expiresOn >= on)
  return proposed(lines, usable, serials)
}
