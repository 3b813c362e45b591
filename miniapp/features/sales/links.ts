import type { Found, LinkSource } from '../../forms/links.ts'
import { lang } from '../../i18n.ts'
import { type FieldKind, showValue } from '#contract'
import { quotation, salesOrder } from '#contract/modules/sales'
import { salesApi } from './api.ts'
import { t } from './messages.ts'

const foundMax = 20
const money = { kind: 'money' } as const

type Listed = {
  id: string
  number?: string | null
  grossTotal?: string | null
  state?: string | null
  names: Record<string, string>
}

const asFound = (row: Listed, name: string, states: FieldKind): Found => ({
  id: row.id,
  title: `${row.names['customerId'] ?? ''} ${row.number ?? t('unnumbered')}`.trim(),
  words: [row.grossTotal && showValue(money, row.grossTotal, lang.value), showValue(states, row.state, lang.value)]
    .filter(Boolean)
    .join(' · '),
  to: { name, params: { id: row.id } },
})

export const links: LinkSource[] = [
  {
    document: 'sales_order',
    label: salesOrder.label,
    search: async (q, signal) => {
      const { rows } = await salesApi.orders({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map((row) => asFound(row, 'order', salesOrder.fields.state))
    },
  },
  {
    document: 'quotation',
    label: quotation.label,
    search: async (q, signal) => {
      const { rows } = await salesApi.quotations({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map((row) => asFound(row, 'quotation', quotation.fields.state))
    },
  },
]
