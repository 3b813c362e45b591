import type { Fact } from '#kernel/events'

/** Goods that were expected, or simply came, are in stock. */
export type GoodsReceived = Fact<
  'inventory.goods-received',
  { receiptId: string; number: string; warehouseId: string; itemIds: string[] }
>

/** The stock of some items has changed; the ledger says by how much. */
export type StockMoved = Fact<
  'inventory.stock-moved',
  { kind: string; sourceDocument: string; sourceId: string; itemIds: string[] }
>

/** What was held for a document only until a moment is held no longer. */
export type HoldExpired = Fact<'inventory.hold-expired', { sourceDocument: string; sourceId: string }>

/** From now on issues cost what the other method says. */
export type CostingChanged = Fact<'inventory.costing-changed', { before: string; after: string }>
