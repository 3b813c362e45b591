import type { Who } from './door.ts'

/*
 * Who may call what: one line for each call of the API, written by hand and apart from the code that decides.
 * A call without a line fails the matrix test, and so does a line without a call.
 */

/** Whoever is tried: one for each role. */
export const roles = [
  'owner',
  'sales_manager',
  'seller',
  'buyer',
  'warehouse',
  'accountant',
  'finance_director',
  'service',
  'admin',
] as const satisfies Who[]
export type RoleTried = (typeof roles)[number]

const everyone: readonly RoleTried[] = roles
const sellers: readonly RoleTried[] = ['owner', 'sales_manager', 'seller']
const keepers: readonly RoleTried[] = ['owner', 'warehouse']
const cashiers: readonly RoleTried[] = ['owner', 'accountant', 'finance_director']
const administrators: readonly RoleTried[] = ['owner', 'admin']

/** Which roles hold a right. */
export const holders = {
  'approval.vote': everyone,
  'stock.read': everyone,
  'customer.write': sellers,
  'customer.freeze': ['owner', 'sales_manager'],
  'customer.reassign': ['owner', 'sales_manager'],
  'supplier.write': ['owner', 'buyer'],
  'item.write': ['owner', 'buyer', 'admin'],
  'price.write': ['owner', 'sales_manager', 'admin'],
  'quotation.write': sellers,
  'sales_order.write': sellers,
  'sales_order.submit': sellers,
  'sales_order.cancel': sellers,
  'delivery.pick': keepers,
  'delivery.ship': keepers,
  'goods_receipt.write': ['owner', 'buyer', 'warehouse'],
  'goods_receipt.receive': keepers,
  'stock_transfer.write': keepers,
  'stock_adjustment.write': keepers,
  'receivable.read': [...sellers, 'accountant', 'finance_director'],
  /** No right of its own: for those who read receivables, and for those who may change the settings. */
  'finance settings': [...sellers, 'accountant', 'finance_director', 'admin'],
  'receipt.post': cashiers,
  'receipt.reverse': cashiers,
  'period.close': cashiers,
  'reconcile.run': [...cashiers, 'admin'],
  'org.admin': administrators,
  'forms.design': administrators,
  'flows.design': administrators,
  'rules.design': administrators,
} as const satisfies Record<string, readonly RoleTried[]>
export type Right = keyof typeof holders

/** Who sees the seller's own row of each kind; whoever does not is answered as if there were none. */
export const seers = {
  customer: [...sellers, 'accountant', 'finance_director', 'service'],
  sales_order: [...sellers, 'accountant', 'finance_director', 'service'],
  quotation: [...sellers, 'accountant', 'finance_director'],
  delivery: [...sellers, 'accountant', 'finance_director', 'service', 'warehouse'],
  receivable: [...sellers, 'accountant', 'finance_director'],
  /** Opened by the seller, waits for the sales manager. */
  approval: ['owner', 'sales_manager', 'seller', 'finance_director'],
} as const satisfies Record<string, readonly RoleTried[]>
export type Row = keyof typeof seers

/** A call: the right that it needs, the row that it is about, or that it is for whoever comes. */
export type Line = { right?: Right; row?: Row; open?: true }

const anyone: Line = {}
const open: Line = { open: true }
const needs = (right: Right, row?: Row): Line => ({ right, row })
const sees = (row: Row): Line => ({ row })

export const lines: Record<string, Line> = {
  'GET /sign-in/platforms': open,
  'GET /sign-in/:platform/address': open,
  'POST /sign-in': open,
  'GET /js-signature': anyone,

  'GET /me': anyone,
  'POST /me/language': anyone,
  'POST /sign-out': anyone,
  'GET /me/sessions': anyone,
  'DELETE /me/sessions/:id': anyone,
  'GET /me/delegations': anyone,
  'POST /me/delegations': anyone,
  'DELETE /me/delegations/:id': anyone,
  'GET /people': anyone,
  'GET /people/:id': anyone,
  'GET /departments': anyone,
  'GET /roles': needs('org.admin'),
  'PATCH /roles/:key': needs('org.admin'),
  'POST /people/:id/roles': needs('org.admin'),

  'GET /documents': anyone,
  'GET /documents/:name': anyone,
  'POST /documents/:name/fields': needs('forms.design'),

  'GET /items': anyone,
  'GET /items/:id': anyone,
  'POST /items': needs('item.write'),
  'PATCH /items/:id': needs('item.write'),
  'GET /items/:id/timeline': anyone,
  'GET /items/:id/price-history': anyone,
  'GET /barcodes/:code': anyone,
  'GET /item-categories': anyone,
  'GET /item-families': anyone,
  'GET /item-families/:id': anyone,
  'PUT /item-families/:id': needs('item.write'),
  'GET /price-lists': anyone,
  'GET /price-lists/:id': anyone,
  'GET /price-lists/:id/rules': anyone,
  'POST /price-lists': needs('price.write'),
  'PATCH /price-lists/:id': needs('price.write'),
  'PUT /price-lists/:id/rules': needs('price.write'),
  'POST /price-lists/:id/rules/remove': needs('price.write'),

  'GET /customers': anyone,
  'GET /customer-filters': anyone,
  'GET /customers/:id': sees('customer'),
  'POST /customers': needs('customer.write'),
  'PATCH /customers/:id': needs('customer.write', 'customer'),
  'POST /customers/:id/freeze': needs('customer.freeze', 'customer'),
  'POST /customers/:id/unfreeze': needs('customer.freeze', 'customer'),
  'POST /customers/:id/reassign': needs('customer.reassign', 'customer'),
  'GET /customers/:id/timeline': sees('customer'),
  'GET /payment-terms': anyone,
  'GET /suppliers': anyone,
  'GET /suppliers/:id': anyone,
  'POST /suppliers': needs('supplier.write'),
  'PATCH /suppliers/:id': needs('supplier.write'),

  'GET /customers/:id/account': needs('receivable.read', 'receivable'),
  'GET /customers/:id/statement': needs('receivable.read', 'receivable'),
  'GET /receivables/ageing': needs('receivable.read'),
  'GET /receivables': needs('receivable.read'),
  'GET /receivables/:id': needs('receivable.read', 'receivable'),
  'GET /receipts': needs('receivable.read'),
  'GET /receipts/:id': needs('receivable.read', 'receivable'),
  'POST /receipts': needs('receipt.post', 'receivable'),
  'POST /receipts/:id/allocate': needs('receipt.post', 'receivable'),
  'POST /receipts/:id/reverse': needs('receipt.reverse', 'receivable'),
  'GET /finance/settings': needs('finance settings'),
  'PATCH /finance/settings': needs('org.admin'),
  'POST /finance/period/close': needs('period.close'),
  'POST /finance/period/open': needs('period.close'),

  'GET /warehouses': anyone,
  'POST /warehouses': needs('org.admin'),
  'PATCH /warehouses/:id': needs('org.admin'),
  'GET /stock': needs('stock.read'),
  'GET /stock/:itemId': needs('stock.read'),
  'GET /stock/:itemId/moves': needs('stock.read'),
  'GET /stock/:itemId/as-at': needs('stock.read'),
  'GET /stock-as-at': needs('stock.read'),
  'GET /stock-trace': needs('stock.read'),
  'GET /goods-receipts': needs('stock.read'),
  'GET /goods-receipts/:id': needs('stock.read'),
  'POST /goods-receipts': needs('goods_receipt.write'),
  'PATCH /goods-receipts/:id': needs('goods_receipt.write'),
  'POST /goods-receipts/:id/receive': needs('goods_receipt.receive'),
  'POST /goods-receipts/:id/cancel': needs('goods_receipt.write'),
  'GET /stock-transfers': needs('stock.read'),
  'GET /stock-transfers/:id': needs('stock.read'),
  'POST /stock-transfers': needs('stock_transfer.write'),
  'PATCH /stock-transfers/:id': needs('stock_transfer.write'),
  'POST /stock-transfers/:id/send': needs('stock_transfer.write'),
  'POST /stock-transfers/:id/receive': needs('stock_transfer.write'),
  'POST /stock-transfers/:id/cancel': needs('stock_transfer.write'),
  'GET /stock-adjustments': needs('stock.read'),
  'GET /stock-adjustments/:id': needs('stock.read'),
  'POST /stock-adjustments': needs('stock_adjustment.write'),
  'PATCH /stock-adjustments/:id': needs('stock_adjustment.write'),
  'POST /stock-adjustments/:id/post': needs('stock_adjustment.write'),
  'POST /stock-adjustments/:id/cancel': needs('stock_adjustment.write'),

  'POST /orders/preview': needs('sales_order.write', 'customer'),
  'GET /orders': anyone,
  'GET /orders/:id': sees('sales_order'),
  'POST /orders': needs('sales_order.write', 'customer'),
  'PATCH /orders/:id': needs('sales_order.write', 'sales_order'),
  'POST /orders/:id/submit': needs('sales_order.submit', 'sales_order'),
  'POST /orders/:id/withdraw': needs('sales_order.submit', 'sales_order'),
  'POST /orders/:id/cancel': needs('sales_order.cancel', 'sales_order'),
  'POST /orders/:id/close': needs('sales_order.cancel', 'sales_order'),
  'POST /orders/:id/deliveries': needs('sales_order.submit', 'sales_order'),
  'GET /customers/:id/last-order': sees('customer'),
  'GET /customers/:id/last-prices': sees('customer'),
  'GET /quotations': anyone,
  'GET /quotations/:id': sees('quotation'),
  'POST /quotations': needs('quotation.write', 'customer'),
  'PATCH /quotations/:id': needs('quotation.write', 'quotation'),
  'POST /quotations/:id/submit': needs('quotation.write', 'quotation'),
  'POST /quotations/:id/withdraw': needs('quotation.write', 'quotation'),
  'POST /quotations/:id/hold': needs('quotation.write', 'quotation'),
  'POST /quotations/:id/release': needs('quotation.write', 'quotation'),
  'POST /quotations/:id/accept': needs('sales_order.write', 'quotation'),
  'POST /quotations/:id/lose': needs('quotation.write', 'quotation'),
  'GET /deliveries': anyone,
  'GET /deliveries/:id': sees('delivery'),
  'POST /deliveries/:id/pick': needs('delivery.pick', 'delivery'),
  'POST /deliveries/:id/scan': needs('delivery.pick', 'delivery'),
  'POST /deliveries/:id/clear': needs('delivery.pick', 'delivery'),
  'POST /deliveries/:id/ship': needs('delivery.ship', 'delivery'),
  'POST /deliveries/:id/sign': needs('delivery.ship', 'delivery'),
  'POST /deliveries/:id/cancel': needs('delivery.ship', 'delivery'),

  'GET /approvals': anyone,
  'GET /approvals/:id': sees('approval'),
  'GET /documents/:document/:documentId/approvals': anyone,
  // Whoever is not asked is told that it is not his turn, whether there is such an approval or not.
  'POST /approvals/:id/vote': needs('approval.vote'),
  'POST /approvals/:id/return': needs('approval.vote'),
  'POST /approvals/:id/withdraw': sees('approval'),
  'POST /approvals/:id/remind': sees('approval'),
  'POST /approvals/:id/read': sees('approval'),
  'GET /flows': needs('flows.design'),
  'GET /flows/:key': needs('flows.design'),
  'POST /flows/:key/draft': needs('flows.design'),
  'POST /flows/:key/publish': needs('flows.design'),
  'POST /flows/:key/retire': needs('flows.design'),
  'GET /rules': needs('rules.design'),
  'GET /rules/:key': needs('rules.design'),
  'POST /rules/:key/draft': needs('rules.design'),
  'POST /rules/:key/publish': needs('rules.design'),
  'POST /rules/:key/retire': needs('rules.design'),

  'POST /proof': needs('reconcile.run'),
}
