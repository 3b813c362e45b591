import { showValue } from '#contract'
import { goodsReceipt, stockAdjustment, stockTransfer } from '#contract/modules/inventory'
import type { LinkSource } from '../../forms/links.ts'
import { lang } from '../../i18n.ts'
import { inventoryApi } from './api.ts'
import { t } from './document-messages.ts'

const foundMax = 20

export const links: LinkSource[] = [
  {
    document: 'warehouse',
    label: { zh: '仓库', en: 'Warehouses' },
    needs: 'stock.read',
    search: async (q, signal) => {
      const { rows } = await inventoryApi.warehouses({}, { signal })
      return rows
        .filter(({ active, name, code }) => active && `${name} ${code}`.toLowerCase().includes(q.toLowerCase()))
        .map(({ id, name, keeper }) => ({ id, title: name, words: keeper ?? undefined }))
    },
  },
  {
    document: 'goods_receipt',
    label: goodsReceipt.label,
    needs: 'stock.read',
    search: async (q, signal) => {
      const { rows } = await inventoryApi.goodsReceipts({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map((row) => ({
        id: row.id,
        title: `${row.names['supplierId'] ?? showValue(goodsReceipt.fields.kind, row.kind, lang.value)} ${row.number ?? ''}`,
        words: row.names['warehouseId'],
        to: { name: 'goods-receipt', params: { id: row.id } },
      }))
    },
  },
  {
    document: 'stock_transfer',
    label: stockTransfer.label,
    needs: 'stock.read',
    search: async (q, signal) => {
      const { rows } = await inventoryApi.stockTransfers({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map((row) => ({
        id: row.id,
        title: row.number ?? '',
        words: t('fromTo', { from: row.names['fromId'] ?? '', to: row.names['toId'] ?? '' }),
        to: { name: 'stock-transfer', params: { id: row.id } },
      }))
    },
  },
  {
    document: 'stock_adjustment',
    label: stockAdjustment.label,
    needs: 'stock.read',
    search: async (q, signal) => {
      const { rows } = await inventoryApi.stockAdjustments({ q: q || undefined, limit: foundMax }, { signal })
      return rows.map((row) => ({
        id: row.id,
        title: row.number ?? '',
        words: row.reason ?? undefined,
        to: { name: 'stock-adjustment', params: { id: row.id } },
      }))
    },
  },
]
