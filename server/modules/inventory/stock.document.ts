import { z } from 'zod'
import { AsKnownAt } from '#contract/modules/finance'
import { Day, Entered, Id, Instant, Money, Price, Quantity, type Text, Version } from '#contract'

export const Units = z.array(z.object({ unit: z.string(), numerator: z.number(), denominator: z.number() }))
export const ItemSummary = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  spec: z.string(),
  category: z.string(),
  tracking: z.enum(['none', 'lot', 'serial']),
  units: Units,
})
export type ItemSummary = z.output<typeof ItemSummary>
/** A document that something comes from or goes to, as a page links to it. */
export const Source = z.object({ document: z.string(), id: Id, number: z.string() })
/** The same quantities in packs: '12 箱 7 支'. */
export const Shown = z.object({ onHand: z.string(), reserved: z.string(), available: z.string() })
export const levels = { onHand: Quantity, reserved: Quantity, available: Quantity, shown: Shown }

export const WarehouseView = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  keeperId: Id.nullable(),
  keeper: z.string().nullable(),
  active: z.boolean(),
  /** False: what lies there can be promised to nobody: goods that came back and are to be looked at. */
  forSale: z.boolean(),
  position: z.number().int(),
  /** Whether the viewer works there: sees its stock and posts its documents. */
  isMine: z.boolean(),
  version: Version,
})
export type WarehouseView = z.output<typeof WarehouseView>
/** Somebody who sees and posts only these warehouses. */
export const LimitedPerson = z.object({ id: Id, name: z.string(), warehouseIds: z.array(Id) })
export const WarehousePage = z.object({
  warehouse: WarehouseView,
  /** Those who are limited to it; only for who may say so. */
  limited: z.array(LimitedPerson).optional(),
  can: z.array(z.enum(['edit', 'limit', 'keep_bins'])),
})

/** Where to look for goods in a warehouse. */
export const Place = z.object({ id: Id, code: z.string(), name: z.string() })
export type Place = z.output<typeof Place>
export const BinView = Place.extend({
  warehouseId: Id,
  active: z.boolean(),
  /** How many items lie there. */
  items: z.number().int(),
  version: Version,
})
export type BinView = z.output<typeof BinView>

export const StockRow = z.object({
  item: ItemSummary,
  ...levels,
  shown: Shown.extend({ incoming: z.string(), reorderPoint: z.string() }),
  incoming: Quantity,
  reorderPoint: Quantity,
  /** Whether what is available has fallen below the reorder point. */
  isLow: z.boolean(),
  /** Only for those who may see costs. */
  value: Money.optional(),
})
export type StockRow = z.output<typeof StockRow>

export const Incoming = z.object({
  source: Source,
  warehouseId: Id,
  warehouse: z.string(),
  /** The warehouse that sent it, when it is a transfer. */
  from: z.string().nullable(),
  quantity: Quantity,
  shown: z.string(),
  on: Day.nullable(),
})

export const ItemStock = z.object({
  item: ItemSummary,
  /** The moment the figures hold for. */
  at: Instant,
  ...levels,
  incoming: Quantity,
  reorderPoint: Quantity,
  isLow: z.boolean(),
  /** With the bins in which to look for it, the first of them first. */
  warehouses: z.array(z.object({ id: Id, name: z.string(), forSale: z.boolean(), ...levels, bins: z.array(Place) })),
  /** First to expire first, then first in first. */
  lots: z.array(
    z.object({
      id: Id,
      code: z.string(),
      expiresOn: Day.nullable(),
      receivedOn: Day,
      isExpired: z.boolean(),
      warehouseId: Id,
      warehouse: z.string(),
      onHand: Quantity,
      shown: z.string(),
    }),
  ),
  /** At most 500, longest in the house first. */
  serials: z.array(z.object({ id: Id, code: z.string(), warehouseId: Id, warehouse: z.string() })),
  reservations: z.array(
    z.object({
      source: Source,
      warehouseId: Id,
      warehouse: z.string(),
      quantity: Quantity,
      shown: z.string(),
      since: Instant,
      expiresAt: Instant.nullable(),
    }),
  ),
  expected: z.array(Incoming),
  /** What it costs on average, only for those who may see costs; its quantity includes what is on the way between warehouses. */
  cost: z.object({ unitCost: Price, value: Money, quantity: Quantity, lastCost: Price }).optional(),
})
export type ItemStock = z.output<typeof ItemStock>

export const CostingMethod = z.enum(['average', 'fifo'])
export type CostingMethod = z.output<typeof CostingMethod>
/** What the cost of an issue is: the moving average, or what came first. `since`: the moment of the last change. */
export const Costing = z.object({
  method: CostingMethod,
  since: Instant.nullable(),
  can: z.array(z.enum(['change'])),
})
export type Costing = z.output<typeof Costing>

export const moveKinds = [
  'opening',
  'receipt',
  'delivery',
  'transfer_out',
  'transfer_in',
  'adjustment',
  'return',
  'revaluation',
] as const
/** What moved the goods, in words. */
export const moveWords: Record<(typeof moveKinds)[number], Text> = {
  opening: { zh: '期初', en: 'Opening' },
  receipt: { zh: '入库', en: 'Received' },
  delivery: { zh: '销售出库', en: 'Delivered' },
  transfer_out: { zh: '调出', en: 'Sent' },
  transfer_in: { zh: '调入', en: 'Transferred in' },
  adjustment: { zh: '调整', en: 'Adjusted' },
  return: { zh: '退货', en: 'Returned' },
  revaluation: { zh: '成本调整', en: 'Revalued' },
}
export const MoveRow = z.object({
  id: Id,
  kind: z.enum(moveKinds),
  source: Source,
  warehouseId: Id,
  warehouse: z.string(),
  lot: z.string().nullable(),
  serial: z.string().nullable(),
  quantity: Quantity,
  shown: z.string(),
  /** What was on hand after it, in the order of recording. */
  balance: Quantity,
  balanceShown: z.string(),
  effectiveOn: Day,
  /** The day of its document, where that lies in a closed period and so it took effect later. */
  documentOn: Day.nullable(),
  recordedAt: Instant,
  by: z.string(),
  cost: Money.optional(),
})
export type MoveRow = z.output<typeof MoveRow>

/** `later`: what took effect by then and was recorded since; only where it was asked for as known then. */
const stood = { onHand: Quantity, shown: z.string(), later: Quantity.optional() }
export const AsAtRow = z.object({ item: ItemSummary, ...stood, value: Money.optional() })
export const ItemAsAt = AsAtRow.extend({
  day: Day,
  asKnownAt: AsKnownAt.optional(),
  warehouses: z.array(z.object({ id: Id, name: z.string(), ...stood })),
  lots: z.array(z.object({ id: Id, code: z.string(), warehouse: z.string(), ...stood })),
})
export type ItemAsAt = z.output<typeof ItemAsAt>

export const Traced = z.object({
  kind: z.enum(['lot', 'serial']),
  id: Id,
  code: z.string(),
  item: ItemSummary,
  expiresOn: Day.nullable(),
  warehouse: z.string().nullable(),
  moves: z.array(MoveRow.omit({ balance: true, balanceShown: true })),
})
export type Traced = z.output<typeof Traced>

/** A move that took effect by some day and was recorded later. */
export const LateMove = MoveRow.omit({ balance: true, balanceShown: true }).extend({ item: ItemSummary })

/** A document came too late for its own day, whose books were closed: its goods moved on a later one. */
export const MovedLater = z.object({ kind: z.enum(moveKinds), on: Day, documentOn: Day })
export type MovedLater = z.output<typeof MovedLater>

/** The lines of a document with what a page needs to show and edit them. */
export const LineDetail = z.object({
  id: Id,
  item: ItemSummary,
  entered: Entered,
  lots: z.array(z.object({ lotId: Id, code: z.string(), quantity: Quantity, shown: z.string() })),
  serials: z.array(z.string()),
  /** Where it lies, or is to be put, in the warehouse of the document. */
  bins: z.array(Place),
})
export type LineDetail = z.output<typeof LineDetail>

export const serials = z.array(z.string().trim().min(1).max(60)).max(2000).default([])
export const custom = z.record(z.string().max(60), z.unknown()).optional()

/** What lies in stock and does not sell. What it is worth is only for those who may read costs. */
export const SlowStock = z.object({
  count: z.number().int(),
  value: Money.optional(),
  rows: z.array(
    z.object({
      item: ItemSummary,
      onHand: Quantity,
      shown: z.string(),
      /** The last day on which some of it went to a customer. */
      lastOutOn: Day.nullable(),
      idleDays: z.number().int(),
      value: Money.optional(),
    }),
  ),
})

/** What came in and went out, item by item, what moved last first; `count` is of all of them. */
export const StockFlow = z.object({
  count: z.number().int(),
  rows: z.array(
    z.object({
      item: ItemSummary,
      in: Quantity,
      out: Quantity,
      shown: z.object({ in: z.string(), out: z.string() }),
    }),
  ),
})

/** Lots in stock that expire within the asked days, first to expire first; `count` and `expired` are of all of them. */
export const ExpiringLots = z.object({
  /** The moment the figures hold for. */
  at: Instant,
  count: z.number().int(),
  expired: z.number().int(),
  rows: z.array(
    z.object({
      id: Id,
      code: z.string(),
      item: ItemSummary,
      warehouseId: Id,
      warehouse: z.string(),
      onHand: Quantity,
      shown: z.string(),
      expiresOn: Day,
      isExpired: z.boolean(),
      /** Below zero for those that have expired. */
      daysLeft: z.number().int(),
    }),
  ),
})
