import { v7 as newId } from 'uuid'
import { baseUnit, Decimal, type Entered, showQuantity } from '#contract'
import type {
  GoodsReceiptLine,
  ItemSummary,
  LineDetail,
  Place,
  StockAdjustmentLine,
  StockTransferLine,
} from '#contract/modules/inventory'
import { readQuantity, typedOf } from '../sales/entry/quantity.model.ts'

export type LineKind = 'goods_receipt' | 'stock_transfer' | 'stock_adjustment'

/** A line of goods as it is filled in. */
export type LineEntry = {
  id: string
  item: ItemSummary
  /** As people write it: '12箱7支'. */
  typed: string
  /** What was expected to come, where that is known. */
  expected?: string
  /** An adjustment that takes goods off. */
  isLess: boolean
  /** Goods that come in name their lot, goods that are there have one to be chosen. */
  lotCode: string
  expiresOn: string | null
  lotId: string | null
  serials: string[]
  unitCost: string | null
  /** Where it lies, or is to be put, as far as the document told. */
  bins: Place[]
  custom: Record<string, unknown>
}

type Scanned = { item: ItemSummary; unit?: string }

export const newLine = ({ item, unit }: Scanned): LineEntry => ({
  id: newId(),
  item,
  typed: unit && item.tracking !== 'serial' ? `1${unit}` : '',
  isLess: false,
  lotCode: '',
  expiresOn: null,
  lotId: null,
  serials: [],
  unitCost: null,
  bins: [],
  custom: {},
})

/** The line that was last begun for an item. */
export const lastLineOf = (lines: readonly LineEntry[], itemId: string): LineEntry | undefined =>
  lines.reduce<LineEntry | undefined>((last, line) => (line.item.id === itemId ? line : last), undefined)

/** One more of what was scanned: on the line that has it already, else on a new one. */
export function withScanned(lines: readonly LineEntry[], scanned: Scanned): LineEntry[] {
  const { item, unit } = scanned
  const known = lastLineOf(lines, item.id)
  if (!known) return [...lines, newLine(scanned)]
  if (item.tracking === 'serial') return [...lines]
  const read = readQuantity(known.typed, item.units)
  const more: Entered = [{ unit: unit ?? baseUnit(item.units), quantity: '1' }]
  const typed = typedOf(summed(read.kind === 'read' ? read.entered : [], more))
  return lines.map((line) => (line === known ? { ...line, typed } : line))
}

function summed(entered: Entered, more: Entered): Entered {
  const counts = new Map<string, Decimal>()
  for (const { unit, quantity } of [...entered, ...more])
    counts.set(unit, new Decimal(counts.get(unit) ?? 0).plus(quantity))
  return [...counts].map(([unit, quantity]) => ({ unit, quantity: quantity.toString() }))
}

type ViewLine = {
  id: string
  quantity?: string | null
  lotCode?: string | null
  expiresOn?: string | null
  lotId?: string | null
  unitCost?: string | null
  custom: Record<string, unknown>
}

/** The lines of a document that is there, to be changed or received. */
export function entriesOf(details: readonly LineDetail[], lines: readonly ViewLine[]): LineEntry[] {
  return details.map(({ id, item, entered, lots, serials, bins }) => {
    const line = lines.find((one) => one.id === id)
    const isLess = entered.some(({ quantity }) => quantity.startsWith('-'))
    return {
      id,
      item,
      bins,
      typed: typedOf(entered.map(({ unit, quantity }) => ({ unit, quantity: quantity.replace('-', '') }))),
      expected: line?.quantity ? showQuantity(line.quantity, item.units) : undefined,
      isLess,
      lotCode: line?.lotCode ?? '',
      expiresOn: line?.expiresOn ?? null,
      lotId: line?.lotId ?? lots[0]?.lotId ?? null,
      serials: [...serials],
      unitCost: line?.unitCost ?? null,
      custom: { ...line?.custom },
    }
  })
}

/** The quantity as it is sent; nothing typed is none of the base unit. Pieces with a serial number are as many as those. */
export function enteredOf({ item, typed, serials }: LineEntry): Entered {
  if (item.tracking === 'serial' && serials.length > 0)
    return [{ unit: baseUnit(item.units), quantity: String(serials.length) }]
  const read = readQuantity(typed, item.units)
  return read.kind === 'read' ? read.entered : [{ unit: baseUnit(item.units), quantity: '0' }]
}

/** In base units; undefined while what is typed is no quantity. */
export function quantityOf(line: LineEntry): string | undefined {
  if (line.item.tracking === 'serial' && line.serials.length > 0) return String(line.serials.length)
  const read = readQuantity(line.typed, line.item.units)
  return read.kind === 'read' ? read.base : read.kind === 'blank' ? '0' : undefined
}

const own = ({ custom }: LineEntry) => (Object.keys(custom).length > 0 ? custom : undefined)

export const receiptLine = (line: LineEntry): GoodsReceiptLine => ({
  id: line.id,
  itemId: line.item.id,
  entered: enteredOf(line),
  // Left out by whoever may not see it: it stays as it was.
  unitCost: line.unitCost ?? undefined,
  lotCode: line.item.tracking === 'lot' ? line.lotCode.trim() || null : null,
  expiresOn: line.item.tracking === 'lot' ? line.expiresOn : null,
  serials: line.serials,
  custom: own(line),
})

export const transferLine = (line: LineEntry): StockTransferLine => ({
  id: line.id,
  itemId: line.item.id,
  entered: enteredOf(line),
  lots: line.lotId ? [{ lotId: line.lotId, quantity: quantityOf(line) ?? '0' }] : [],
  serials: line.serials,
  custom: own(line),
})

export const adjustmentLine = (line: LineEntry): StockAdjustmentLine => ({
  id: line.id,
  itemId: line.item.id,
  entered: enteredOf(line).map(({ unit, quantity }) => ({ unit, quantity: line.isLess ? `-${quantity}` : quantity })),
  lotId: line.lotId,
  serials: line.serials,
  unitCost: line.isLess ? undefined : (line.unitCost ?? undefined),
  custom: own(line),
})

export type LineProblem = 'unread' | 'noQuantity' | 'noLot' | 'serialsDiffer'

/** What a line still lacks before goods can move: the server asks for the same, later. */
export function problemOf(line: LineEntry, kind: LineKind, moves: boolean): LineProblem | undefined {
  const quantity = quantityOf(line)
  if (quantity === undefined) return 'unread'
  // Of what was expected nothing may come; that is said by a quantity of nothing.
  const isNone = new Decimal(quantity).isZero()
  if (isNone) return kind === 'goods_receipt' && moves ? undefined : 'noQuantity'
  if (line.item.tracking === 'lot' && kind === 'goods_receipt' && moves && !line.lotCode.trim()) return 'noLot'
  if (line.item.tracking === 'lot' && kind === 'stock_adjustment' && !line.lotId) return 'noLot'
  const wantsSerials = line.item.tracking === 'serial' && (moves || kind === 'stock_adjustment')
  if (wantsSerials && !new Decimal(quantity).eq(line.serials.length)) return 'serialsDiffer'
  return undefined
}
