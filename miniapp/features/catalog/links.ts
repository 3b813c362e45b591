import { showValue } from '#contract'
import { item, itemFamily } from '#contract/modules/catalog'
import type { LinkSource } from '../../forms/links.ts'
import { lang } from '../../i18n.ts'
import { catalogApi } from './api.ts'

const foundMax = 20

export const links: LinkSource[] = [
  {
    document: 'item',
    label: item.label,
    needs: 'stock.read',
    search: async (q, signal) => {
      const { rows } = await catalogApi.items({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map(({ item: found }) => ({
        id: found.id,
        title: `${found.name ?? ''} ${found.spec ?? ''}`.trim(),
        words: [found.code, found.listPrice && showValue(item.fields.listPrice, found.listPrice, lang.value)]
          .filter(Boolean)
          .join(' · '),
        to: { name: 'stock-item', params: { itemId: found.id } },
      }))
    },
  },
  {
    document: 'item_family',
    label: itemFamily.label,
    needs: 'stock.read',
    search: async (q, signal) => {
      const { rows } = await catalogApi.families({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map(({ family }) => ({
        id: family.id,
        title: family.name ?? '',
        words: [family.code, family.category].filter(Boolean).join(' · '),
        to: { name: 'item-family', params: { id: family.id } },
      }))
    },
  },
]
