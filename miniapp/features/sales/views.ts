import type { View } from '#contract'
import type { quotation, salesOrder } from '#contract/modules/sales'

export type OrderView = View<typeof salesOrder>
export type QuotationView = View<typeof quotation>
