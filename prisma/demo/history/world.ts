import { v7 } from 'uuid'
import { Decimal } from '#contract'
import { dayOf, dateOf } from '#kernel/days'
import { noWorth, type Worth } from '../../../server/modules/inventory/cost.model.ts'
import type { Chance } from '../random.ts'
import type { DemoCustomer, DemoItem } from '../shapes.ts'

/** An item with what it has in the main warehouse, as the simulated year goes on, and at its end in the shop. */
export type Goods = DemoItem & {
  id: string
  onHand: Decimal
  inShop: Decimal
  reserved: Decimal
  worth: Worth
  /** Oldest expiry first. */
  lots: { id: string; code: string; expiresOn: string; left: Decimal }[]
  serials: { id: string; code: string }[]
  /** Left out of the random trade: the stories need it as it is. */
  isStory: boolean
  /** How much of it sells in a usual month, in base units. */
  monthly: number
  coming: number
  floorPrice: string
  reorderPoint: string
}

export type Party = DemoCustomer & {
  id: string
  ownerId: string
  owed: Decimal
  advance: Decimal
  ordered: Decimal
  /** What is open, oldest first. */
  open: { id: string; number: string; orderId: string; left: Decimal; dueOn: string; paysOn: string }[]
}

export type TableName =
  | 'goods_receipt'
  | 'goods_receipt_line'
  | 'lot'
  | 'serial'
  | 'lot_balance'
  | 'stock_balance'
  | 'item_cost'
  | 'stock_move'
  | 'stock_transfer'
  | 'stock_transfer_line'
  | 'reservation'
  | 'sales_order'
  | 'sales_order_line'
  | 'delivery'
  | 'delivery_line'
  | 'sales_return'
  | 'sales_return_line'
  | 'receivable'
  | 'receivable_entry'
  | 'receipt'
  | 'expected_receivable'
  | 'customer_exposure'
  | 'audit_entry'
  | 'number_sequence'

export type World = {
  today: string
  now: Date
  luck: Chance
  goods: Goods[]
  parties: Party[]
  suppliers: { id: string }[]
  people: Map<string, string>
  /** The main warehouse. */
  warehouseId: string
  shopId: string
  /** Where goods that came back wait to be looked at. */
  returnsId: string
  generalListId: string
  rows: Record<TableName, Record<string, unknown>[]>
  clock: Clock
}

/** Moments and ids that only grow, so that everything lies in the order in which it happened. */
export type Clock = {
  /** A moment of a working day, at most now; each call is later than the one before. */
  on: (day: string) => Date
  id: () => string
  number: (prefix: string) => string
  sequences: Map<string, number>
}

export function clockUntil(now: Date, luck: Chance): Clock {
  let at = 0
  let tick = 0
  const sequences = new Map<string, number>()
  return {
    on: (day) => {
      const opening = dateOf(day).getTime() + 3_600_000 // nine o'clock in Shanghai
      at = Math.min(Math.max(at + luck.whole(20_000, 240_000), opening), Math.max(at, now.getTime()))
      return new Date(at)
    },
    id: () => {
      // Several ids of one moment differ by a tick, so that they sort as they were made.
      tick = Math.max(tick + 1, at)
      const random = Uint8Array.from({ length: 16 }, () => luck.whole(0, 255))
      return v7({ msecs: tick, random, seq: 0 })
    },
    number: (prefix) => {
      const month = dayOf(new Date(at + 8 * 3_600_000))
        .slice(0, 7)
        .replace('-', '')
      const next = (sequences.get(prefix + month) ?? 0) + 1
      sequences.set(prefix + month, next)
      return `${prefix}${month}-${String(next).padStart(5, '0')}`
    },
    sequences,
  }
}

/** The last number given of each kind in each month. */
export const sequenceRows = ({ sequences }: Clock): Record<string, unknown>[] =>
  [...sequences].map(([key, last]) => ({ prefix: key.slice(0, 2), month: key.slice(2), last }))

export const emptyRows = (): World['rows'] => ({
  goods_receipt: [],
  goods_receipt_line: [],
  lot: [],
  serial: [],
  lot_balance: [],
  stock_balance: [],
  item_cost: [],
  stock_move: [],
  stock_transfer: [],
  stock_transfer_line: [],
  reservation: [],
  sales_order: [],
  sales_order_line: [],
  delivery: [],
  delivery_line: [],
  sales_return: [],
  sales_return_line: [],
  receivable: [],
  receivable_entry: [],
  receipt: [],
  expected_receivable: [],
  customer_exposure: [],
  audit_entry: [],
  number_sequence: [],
})

export const nothing = new Decimal(0)
export const untouched = {
  onHand: nothing,
  inShop: nothing,
  reserved: nothing,
  worth: noWorth,
  lots: [],
  serials: [],
  coming: 0,
}
export const available = (goods: Goods): Decimal => goods.onHand.minus(goods.reserved)

/** What a document's timeline says of a step. */
export function audit(
  world: World,
  document: string,
  documentId: string,
  action: string,
  personId: string,
  at: Date,
): void {
  world.rows.audit_entry.push({
    id: world.clock.id(),
    document,
    document_id: documentId,
    action,
    by: personId,
    via: 'h5',
    at,
    changes: [],
  })
}
