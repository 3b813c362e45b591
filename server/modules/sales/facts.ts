import type { Fact } from '#kernel/events'

type OrderBody = { orderId: string; number: string; customerId: string; ownerId: string }
export type OrderSubmitted = Fact<'sales.order-submitted', OrderBody & { needsApproval: boolean }>
export type OrderConfirmed = Fact<'sales.order-confirmed', OrderBody & { gross: string }>
export type OrderRejected = Fact<'sales.order-rejected', OrderBody>
/** Back to draft: withdrawn by its seller, returned by an approver, or blocked by a rule meanwhile. */
export type OrderReturned = Fact<'sales.order-returned', OrderBody & { why: 'withdrawn' | 'returned' | 'blocked' }>
export type OrderCancelled = Fact<'sales.order-cancelled', OrderBody>
export type OrderClosed = Fact<'sales.order-closed', OrderBody>
/** Goods came in and are now held for an order that waited for them. */
export type BackorderHeld = Fact<
  'sales.backorder-held',
  OrderBody & { lines: { lineId: string; itemId: string; quantity: string }[] }
>

type QuotationBody = { quotationId: string; number: string; customerId: string; ownerId: string }
export type QuotationSubmitted = Fact<'sales.quotation-submitted', QuotationBody & { needsApproval: boolean }>
export type QuotationApproved = Fact<'sales.quotation-approved', QuotationBody>
export type QuotationRejected = Fact<'sales.quotation-rejected', QuotationBody>
export type QuotationAccepted = Fact<'sales.quotation-accepted', QuotationBody & { orderId: string }>
export type QuotationLost = Fact<'sales.quotation-lost', QuotationBody>
export type QuotationExpired = Fact<'sales.quotation-expired', QuotationBody>

type DeliveryBody = OrderBody & { deliveryId: string; deliveryNumber: string; warehouseId: string }
export type DeliveryPlanned = Fact<'sales.delivery-planned', DeliveryBody>
export type DeliveryPicking = Fact<'sales.delivery-picking', DeliveryBody>
export type DeliveryShipped = Fact<'sales.delivery-shipped', DeliveryBody & { gross: string; isLast: boolean }>
export type DeliverySigned = Fact<'sales.delivery-signed', DeliveryBody & { signedBy: string }>
export type DeliveryCancelled = Fact<'sales.delivery-cancelled', DeliveryBody>

type ReturnBody = {
  returnId: string
  number: string
  orderId: string
  customerId: string
  ownerId: string
  warehouseId: string
}
/** What it comes to: `gross` is what the customer is credited, `net` and `tax` make it up; `cost` is what the stock ledger took it back at, `netCost` that without tax. */
type ReturnFigures = { gross: string; net: string; tax: string; cost: string; netCost: string }
export type ReturnSubmitted = Fact<'sales.return-submitted', ReturnBody & { needsApproval: boolean }>
export type ReturnApproved = Fact<'sales.return-approved', ReturnBody>
export type ReturnRejected = Fact<'sales.return-rejected', ReturnBody>
export type ReturnCancelled = Fact<'sales.return-cancelled', ReturnBody>
/** Goods came back `on` a day and take effect on `postedOn`: later where the books of the first were closed. */
export type GoodsReturned = Fact<
  'sales.goods-returned',
  ReturnBody & ReturnFigures & { orderNumber: string; on: string; postedOn: string; backForSale: boolean }
>
/** All of it is undone, on a day: the same figures the other way round. */
export type ReturnReversed = Fact<'sales.return-reversed', ReturnBody & ReturnFigures & { on: string }>
