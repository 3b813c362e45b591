import type { Fields } from '#contract'
import { registerExport } from '#server/engines/exports'
import { sales } from './contract.ts'
import { deliveries, ordersWithLines, quotationsWithLines, returns } from './list-documents.ts'
import { margins } from './margins.ts'

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
  registerExport(sales, 'quotations', { read: quotationsWithLines, of: 'quotation' })
  registerExport(sales, 'orders', { read: ordersWithLines, of: 'sales_order' })
  registerExport(sales, 'deliveries', { read: deliveries, of: 'delivery' })
  registerExport(sales, 'returns', { read: returns, of: 'sales_return' })
  registerExport(sales, 'margins', {
    read: margins,
    of: { label: { zh: '毛利统计', en: 'Margins' }, fields: marginFields },
  })
}
