import { showValue } from '#contract'
import { landedCost } from '#contract/modules/inventory'
import type { LinkSource } from '../../forms/links.ts'
import { lang } from '../../i18n.ts'
import { inventoryApi } from '../inventory/api.ts'

const foundMax = 20

export const links: LinkSource[] = [
  {
    document: 'landed_cost',
    label: landedCost.label,
    needs: 'landed_cost.write',
    search: async (q, signal) => {
      const { rows } = await inventoryApi.landedCosts({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map((row) => ({
        id: row.id,
        title: `${showValue(landedCost.fields.kind, row.kind, lang.value)} ${row.number ?? ''}`,
        words: row.names['supplierId'],
        to: { name: 'landed-cost', params: { id: row.id } },
      }))
    },
  },
]
