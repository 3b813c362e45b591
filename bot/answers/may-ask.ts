import { type Caller, canRead, has, visibleOwners } from '#kernel/caller'
import type { Intent } from './query.ts'

type Right = (caller: Caller) => boolean
const stock: Right = (caller) => has(caller, 'stock.read')
const prices: Right = (caller) => canRead(caller, 'amount')
const money: Right = (caller) => has(caller, 'receivable.read') && canRead(caller, 'amount')
const seesAny =
  (document: string): Right =>
  (caller) =>
    visibleOwners(caller, document)?.length !== 0
const customers = seesAny('customer')
const orders = seesAny('sales_order')
const deliveries = seesAny('delivery')
const sells: Right = (caller) => has(caller, 'sales_order.write')
const everybody: Right = () => true

/** Whether a kind of data is for him at all; which rows of it, the services decide. */
const rights: Record<Intent, Right> = {
  'stock.item': stock,
  'stock.warehouse': stock,
  'stock.lot': stock,
  'stock.variant': stock,
  'stock.atp': stock,
  'stock.in_transit': stock,
  'stock.low': stock,
  'stock.slow': stock,
  'stock.moves': stock,
  'stock.expiring': stock,
  'price.item': prices,
  'price.last': (caller) => prices(caller) && customers(caller),
  'margin.query': (caller) => canRead(caller, 'margin') && canRead(caller, 'cost'),
  'order.status': orders,
  'order.list': orders,
  'delivery.status': deliveries,
  'delivery.due': deliveries,
  'ar.customer': money,
  'ar.overdue': money,
  'ar.ageing': money,
  'ar.credit': (caller) => money(caller) && canRead(caller, 'credit'),
  'ar.collections': money,
  'ar.statement': money,
  'ar.due': money,
  'ap.payable': (caller) => has(caller, 'receipt.post'),
  'approval.mine': everybody,
  'approval.status': everybody,
  'crm.funnel': sells,
  'crm.followups': (caller) => has(caller, 'customer.write'),
  'crm.profile': customers,
  'sales.summary': (caller) => orders(caller) && prices(caller),
  'sales.rank': (caller) => prices(caller) && visibleOwners(caller, 'sales_order')?.length !== 0,
  'target.progress': sells,
  'quote.draft': (caller) => has(caller, 'quotation.write'),
  'order.draft': sells,
  'owner.remind': (caller) => customers(caller) || (deliveries(caller) && has(caller, 'delivery.ship')),
  'crm.log': (caller) => customers(caller) && (has(caller, 'customer.write') || has(caller, 'receivable.read')),
  'alert.subscribe': everybody,
  help: everybody,
}

export const mayAsk = (caller: Caller, intent: Intent): boolean => rights[intent](caller)
