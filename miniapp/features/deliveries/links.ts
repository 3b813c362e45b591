import { showValue } from '#contract'
import { delivery } from '#contract/modules/sales'
import type { LinkSource } from '../../forms/links.ts'
import { lang } from '../../i18n.ts'
import { salesApi } from '../sales/api.ts'

const foundMax = 20

export const links: LinkSource[] = [
  {
    document: 'delivery',
    label: delivery.label,
    search: async (q, signal) => {
      const { rows } = await salesApi.deliveries({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map((row) => ({
        id: row.id,
        title: `${row.names['customerId'] ?? ''} ${row.number ?? ''}`.trim(),
        words: [showValue(delivery.fields.state, row.state, lang.value), row.plannedOn].filter(Boolean).join(' · '),
        to: { name: 'delivery', params: { id: row.id } },
      }))
    },
  },
]
