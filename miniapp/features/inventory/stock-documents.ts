import { goodsReceipt, stockAdjustment, stockTransfer } from '#contract/modules/inventory'
import { today } from '../../ui/moments.ts'
import { inventoryApi } from './api.ts'
import { t } from './document-messages.ts'
import { adjustmentLine, entriesOf, type LineEntry, type LineKind, receiptLine, transferLine } from './line-entry.ts'

type Sending = { id: string; key: string }
type Head = Record<string, unknown>
export type StockEntry = { head: Head & { custom?: Record<string, unknown> }; lines: LineEntry[] }
/** A document that is there, as a form takes it up. */
export type Begun = { id: string; version: number; names: Record<string, string>; entry: StockEntry }

type StockDocument = {
  /** Names of its routes. */
  list: string
  page: string
  /** The field that says where the goods of its lines are. */
  place: 'warehouseId' | 'fromId'
  titles: { create: () => string; edit: () => string }
  begin: (warehouseId: string | null) => Head
  load: (id: string, signal: AbortSignal) => Promise<Begun>
  create: (entry: StockEntry, sending: Sending) => Promise<unknown>
  edit: (begun: Begun, entry: StockEntry, sending: Sending) => Promise<unknown>
}

/** The writable fields of a document's head, as they are. */
const headOf = (view: object, keys: string[]): Head => ({
  ...Object.fromEntries(keys.map((key) => [key, Reflect.get(view, key)])),
  custom: { ...Reflect.get(view, 'custom') },
})
type View = { id: string; version: number; names: Record<string, string> }
const begun = ({ id, version, names }: View, head: Head, lines: LineEntry[]): Begun => ({
  ...{ id, version, names },
  entry: { head, lines },
})

/** The head of an entry as it is sent: its own choice among what the descriptor requires is made by the form. */
const text = (head: Head, key: string): string => String(head[key] ?? '')

export const stockDocuments: Record<LineKind, StockDocument> = {
  goods_receipt: {
    list: 'goods-receipts',
    page: 'goods-receipt',
    place: 'warehouseId',
    titles: { create: () => t('newReceipt'), edit: () => t('editReceipt') },
    begin: (warehouseId) => ({ kind: 'purchase', supplierId: null, warehouseId, expectedOn: today(), note: '' }),
    load: async (id, signal) => {
      const { receipt, lines } = await inventoryApi.goodsReceipt({ id }, { signal })
      const head = headOf(receipt, ['kind', 'supplierId', 'warehouseId', 'expectedOn', 'note'])
      return begun(receipt, head, entriesOf(lines, receipt.lines))
    },
    create: ({ head, lines }, { id, key }) => {
      const kind = goodsReceipt.fields.kind.options.find(({ value }) => value === head['kind'])?.value ?? 'other'
      const warehouseId = text(head, 'warehouseId')
      return inventoryApi.createGoodsReceipt({ ...head, id, kind, warehouseId, lines: lines.map(receiptLine) }, { key })
    },
    edit: ({ id, version }, { head, lines }, { key }) =>
      inventoryApi.editGoodsReceipt({ ...head, id, version, lines: lines.map(receiptLine) }, { key }),
  },
  stock_transfer: {
    list: 'stock-transfers',
    page: 'stock-transfer',
    place: 'fromId',
    titles: { create: () => t('newTransfer'), edit: () => t('editTransfer') },
    begin: (fromId) => ({ fromId, toId: null, note: '' }),
    load: async (id, signal) => {
      const { transfer, lines } = await inventoryApi.stockTransfer({ id }, { signal })
      return begun(transfer, headOf(transfer, ['fromId', 'toId', 'note']), entriesOf(lines, transfer.lines))
    },
    create: ({ head, lines }, { id, key }) => {
      const places = { fromId: text(head, 'fromId'), toId: text(head, 'toId') }
      return inventoryApi.createStockTransfer({ ...head, ...places, id, lines: lines.map(transferLine) }, { key })
    },
    edit: ({ id, version }, { head, lines }, { key }) =>
      inventoryApi.editStockTransfer({ ...head, id, version, lines: lines.map(transferLine) }, { key }),
  },
  stock_adjustment: {
    list: 'stock-adjustments',
    page: 'stock-adjustment',
    place: 'warehouseId',
    titles: { create: () => t('newAdjustment'), edit: () => t('editAdjustment') },
    begin: (warehouseId) => ({ warehouseId, reason: '' }),
    load: async (id, signal) => {
      const { adjustment, lines } = await inventoryApi.stockAdjustment({ id }, { signal })
      return begun(adjustment, headOf(adjustment, ['warehouseId', 'reason']), entriesOf(lines, adjustment.lines))
    },
    create: ({ head, lines }, { id, key }) => {
      const told = { warehouseId: text(head, 'warehouseId'), reason: text(head, 'reason') }
      return inventoryApi.createStockAdjustment({ ...head, ...told, id, lines: lines.map(adjustmentLine) }, { key })
    },
    edit: ({ id, version }, { head, lines }, { key }) =>
      inventoryApi.editStockAdjustment({ ...head, id, version, lines: lines.map(adjustmentLine) }, { key }),
  },
}

export const descriptors = {
  goods_receipt: goodsReceipt,
  stock_transfer: stockTransfer,
  stock_adjustment: stockAdjustment,
}

/** How a list of documents is narrowed. */
export type DocumentFilter = { cursor?: string; limit: number; q?: string; state?: string; warehouseId?: string }
