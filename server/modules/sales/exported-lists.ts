import type { Fields } from '#contract'
import { registerExport } from '#server/engines/exports'
import { sales } from './contract.ts'
import { deliveries, orders, quotations, returns } from './list-documents.ts'
import { margins } from './margins.ts'
import { findOrders } from './order-store.ts'
import { orderViews } from './order-view.ts'
import { findQuotations } from './quotation-store.ts'
import { quotationViews } from './quotation-view.ts'

/** Whatever margins are asked for by; what only some of the groups have is empty in the others. */
const marginFields = {
  name: { kind: 'text', label: { zh: '名称', en: 'Name' } },
  detail: { kind: 'text', label: { zh: '说明', en: 'About' } },
  orders: { kind: 'integer', label: { zh: '订单数', en: 'Orders' } },
  quantity: { kind: 'quantity', label: { zh: '数量（基本单位）', en: 'Quantity (base units)' } },
  shown: { kind: 'text', label: { zh: '数量', en: 'Quantity' } },
  net: { kind: 'money', label: { zh: '不含税收入', en: 'Net revenue' }, group: 'amount' },
  cost: { kind: 'money', label: { zh: '成本（不含税）', en: 'Cost (net)' }, group: 'cost' },
  profit: { kind: 'money', label: { zh: '毛利', en: 'Profit' }, group: 'margin' },
  percent: { kind: 'percent', label: { zh: '毛利率', en: 'Margin' }, group: 'margin' },
  adjustment: { kind: 'money', label: { zh: '出库后分摊的费用', en: 'Costs added after delivery' }, group: 'cost' },
} as const satisfies Fields

export function registerSalesExports(): void {
  registerExport(sales, 'quotations', {
    read: quotations,
    whole: async (tx, caller, rows) => quotationViews(tx, caller, await findQuotations(tx, idsOf(rows))),
    of: 'quotation',
  })
  registerExport(sales, 'orders', {
    read: orders,
    whole: async (tx, caller, rows) => orderViews(tx, caller, await findOrders(tx, idsOf(rows))),
    of: 'sales_order',
  })
  registerExport(sales, 'deliveries', { read: deliveries, of: 'delivery' })
  registerExport(sales, 'returns', { read: returns, of: 'sales_return' })
  registerExport(sales, 'margins', {
    read: margins,
    of: { label: { zh: '毛利统计', en: 'Margins' }, fields: marginFields },
  })
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)
