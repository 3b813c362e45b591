import { showValue } from '#contract'
import { salesReturn } from '#contract/modules/sales'
import type { LinkSource } from '../../forms/links.ts'
import { lang } from '../../i18n.ts'
import { salesApi } from '../sales/api.ts'

const foundMax = 20

export const links: LinkSource[] = [
  {
    document: 'sales_return',
    label: salesReturn.label,
    search: async (q, signal) => {
      const { rows } = await salesApi.returns({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map((row) => ({
        id: row.id,
        title: `${row.names['customerId'] ?? ''} ${row.number ?? ''}`.trim(),
        words: [showValue(salesReturn.fields.state, row.state, lang.value), row.receivedOn].filter(Boolean).join(' · '),
        to: { name: 'return', params: { id: row.id } },
      }))
    },
  },
]
