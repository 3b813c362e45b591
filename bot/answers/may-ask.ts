import { type Caller, has, visibleOwners } from '#kernel/caller'
import type { Intent } from './query.ts'

/** Whether a kind of data is for him at all; which rows of it, the services decide. */
export function mayAsk(caller: Caller, intent: Intent): boolean {
  switch (intent) {
    case 'stock.item':
    case 'stock.coming':
      return has(caller, 'stock.read')
    case 'ar.customer':
    case 'ar.overdue':
      return has(caller, 'receivable.read')
    case 'order.status':
    case 'order.list':
      return visibleOwners(caller, 'sales_order')?.length !== 0
    case 'approval.mine':
    case 'help':
      return true
  }
}
