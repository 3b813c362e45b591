import type { LinkSource } from '../../forms/links.ts'
import { customer } from '#contract/modules/parties'
import { partiesApi } from './api.ts'

const foundMax = 20

export const links: LinkSource[] = [
  {
    document: 'customer',
    label: customer.label,
    search: async (q, signal) => {
      const { rows } = await partiesApi.customers({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map((row) => ({
        id: row.id,
        title: row.shortName ?? '',
        words: [row.number, row.region, row.names['ownerId']].filter(Boolean).join(' · '),
        to: { name: 'customer', params: { id: row.id } },
      }))
    },
  },
]
