import type { Fields } from '#contract'
import { registerExport } from '#server/engines/exports'
import { bins } from './bins.ts'
import { type ItemSummary, inventory, moveWords } from './contract.ts'
import { wholeReceiptViews } from './goods-receipt-page.ts'
import { findReceipts } from './goods-receipt-store.ts'
import { goodsReceipts } from './goods-receipts.ts'
import { itemMoves } from './item-moves.ts'
import { landedCosts } from './landed-costs.ts'
import { wholeAdjustmentViews } from './stock-adjustment-page.ts'
import { findAdjustments } from './stock-adjustment-store.ts'
import { stockAdjustments } from './stock-adjustments.ts'
import { stockAsAt } from './stock-as-at.ts'
import { stock } from './stock-list.ts'
import { wholeTransferViews } from './stock-transfer-page.ts'
import { findTransfers } from './stock-transfer-store.ts'
import { stockTransfers } from './stock-transfers.ts'

const itemFields = {
  code: { kind: 'text', label: { zh: '编码', en: 'Code' } },
  name: { kind: 'longText', label: { zh: '商品', en: 'Item' } },
  spec: { kind: 'text', label: { zh: '规格', en: 'Specification' } },
  category: { kind: 'text', label: { zh: '分类', en: 'Category' } },
  unit: { kind: 'text', label: { zh: '基本单位', en: 'Base unit' } },
} as const satisfies Fields
const itemValues = ({ units, ...item }: ItemSummary) => ({ ...item, unit: units[0]?.unit })

const stockFields = {
  ...itemFields,
  onHand: { kind: 'quantity', label: { zh: '现存', en: 'On hand' } },
  reserved: { kind: 'quantity', label: { zh: '占用', en: 'Reserved' } },
  available: { kind: 'quantity', label: { zh: '可用', en: 'Available' } },
  incoming: { kind: 'quantity', label: { zh: '在途', en: 'Incoming' } },
  reorderPoint: { kind: 'quantity', label: { zh: '安全库存', en: 'Reorder point' } },
  isLow: { kind: 'yesNo', label: { zh: '低于安全库存', en: 'Below reorder point' } },
  value: { kind: 'money', label: { zh: '库存金额', en: 'Value' }, group: 'cost' },
} as const satisfies Fields

const asAtFields = {
  day: { kind: 'day', label: { zh: '日期', en: 'Day' } },
  ...itemFields,
  onHand: { kind: 'quantity', label: { zh: '结存', en: 'On hand' } },
  later: { kind: 'quantity', label: { zh: '事后补记', en: 'Recorded later' } },
  value: stockFields.value,
} as const satisfies Fields

const moveOptions = Object.entries(moveWords).map(([value, label]) => ({ value, label }))
const moveFields = {
  effectiveOn: { kind: 'day', label: { zh: '生效日期', en: 'Took effect on' } },
  documentOn: { kind: 'day', label: { zh: '单据日期（跨期）', en: 'Dated (late)' } },
  kind: { kind: 'choice', label: { zh: '类型', en: 'Kind' }, options: moveOptions },
  source: { kind: 'text', label: { zh: '单据', en: 'Document' } },
  warehouse: { kind: 'text', label: { zh: '仓库', en: 'Warehouse' } },
  lot: { kind: 'text', label: { zh: '批次', en: 'Lot' } },
  serial: { kind: 'text', label: { zh: '序列号', en: 'Serial number' } },
  quantity: { kind: 'quantity', label: { zh: '数量（基本单位）', en: 'Quantity (base unit)' } },
  shown: { kind: 'text', label: { zh: '数量', en: 'Quantity' } },
  balance: { kind: 'quantity', label: { zh: '结存', en: 'Balance' } },
  cost: { kind: 'money', label: { zh: '成本', en: 'Cost' }, group: 'cost' },
  by: { kind: 'text', label: { zh: '经手人', en: 'By' } },
  recordedAt: { kind: 'instant', label: { zh: '记账时间', en: 'Recorded at' } },
} as const satisfies Fields

const binFields = {
  code: { kind: 'text', label: { zh: '库位', en: 'Bin' } },
  name: { kind: 'text', label: { zh: '名称', en: 'Name' } },
  items: { kind: 'integer', label: { zh: '商品数', en: 'Items' } },
  active: { kind: 'yesNo', label: { zh: '启用', en: 'In use' } },
} as const satisfies Fields

export function registerInventoryExports(): void {
  registerExport(inventory, 'goodsReceipts', {
    read: goodsReceipts,
    whole: async (tx, caller, rows) => wholeReceiptViews(tx, caller, await findReceipts(tx, idsOf(rows))),
    of: 'goods_receipt',
  })
  registerExport(inventory, 'stockTransfers', {
    read: stockTransfers,
    whole: async (tx, caller, rows) => wholeTransferViews(tx, caller, await findTransfers(tx, idsOf(rows))),
    of: 'stock_transfer',
  })
  registerExport(inventory, 'stockAdjustments', {
    read: stockAdjustments,
    whole: async (tx, caller, rows) => wholeAdjustmentViews(tx, caller, await findAdjustments(tx, idsOf(rows))),
    of: 'stock_adjustment',
  })
  registerExport(inventory, 'landedCosts', { read: landedCosts, of: 'landed_cost' })
  registerExport(inventory, 'stock', {
    read: stock,
    of: { label: { zh: '库存', en: 'Stock' }, fields: stockFields },
    values: ({ item, ...row }) => ({ ...itemValues(item), ...row }),
  })
  registerExport(inventory, 'stockAsAt', {
    read: stockAsAt,
    of: { label: { zh: '历史库存', en: 'Past stock' }, fields: asAtFields },
    values: ({ item, ...row }, _caller, { day }) => ({ day, ...itemValues(item), ...row }),
  })
  registerExport(inventory, 'itemMoves', {
    read: itemMoves,
    of: { label: { zh: '库存流水', en: 'Stock moves' }, fields: moveFields },
    values: ({ source, ...move }) => ({ ...move, source: source.number }),
  })
  registerExport(inventory, 'bins', {
    read: bins,
    of: { label: { zh: '库位', en: 'Bins' }, fields: binFields },
  })
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id)
