import { v7 as newId } from 'uuid'
import type { Entered } from '#contract'
import { Price } from '#contract'
import type { ItemRow } from '#contract/modules/catalog'
import type { ItemBrief, OrderDetail, OrderLineInput, QuotationDetail } from '#contract/modules/sales'
import { readQuantity, typedOf } from './quantity.model.ts'

/** A line while it is being written: what was typed, not yet what it means. */
export type EntryLine = {
  key: string
  item: ItemBrief
  /** '12箱7支'. */
  typed: string
  /** Empty: the price rule decides. */
  price: string
  priceNote: string
  /** Null: the document's own warehouse. */
  warehouseId: string | null
  custom: Record<string, unknown>
}

/** An order or a quotation while it is being written. It lives on the phone until the server has it. */
export type Entry = {
  customer: { id: string; name: string } | null
  warehouseId: string
  backorder: boolean
  promisedOn: string | null
  validUntil: string | null
  address: string | null
  note: string | null
  quotationId: string | null
  custom: Record<string, unknown>
  lines: EntryLine[]
  /** The document as the server has it, and what of this was sent then. */
  saved: { id: string; version: number; content: string } | null
}

export const newEntry = (): Entry => ({
  customer: null,
  warehouseId: '',
  backorder: false,
  promisedOn: null,
  validUntil: null,
  address: null,
  note: null,
  quotationId: null,
  custom: {},
  lines: [],
  saved: null,
})

export const newLine = (item: ItemBrief, typed = ''): EntryLine => ({
  key: newId(),
  item,
  typed,
  price: '',
  priceNote: '',
  warehouseId: null,
  custom: {},
})

/** What the catalogue answers about an item, as far as a line needs it. */
export const briefOf = ({ item, units }: ItemRow): ItemBrief => ({
  id: item.id,
  code: item.code ?? '',
  name: item.name ?? '',
  spec: item.spec ?? '',
  baseUnit: item.baseUnit ?? '',
  units,
  tracking: item.tracking === 'lot' || item.tracking === 'serial' ? item.tracking : 'none',
})

export const nameOf = (item: Pick<ItemBrief, 'name' | 'spec'>): string => `${item.name} ${item.spec}`.trim()

/** Whether a typed price can be one; empty is none, and the rule's holds. */
export const isPrice = (typed: string): boolean =>
  typed === '' || (Price.safeParse(typed).success && !typed.startsWith('-'))

export type SentLine = OrderLineInput
/** The lines that can be sent, each with the key of the line it was made from. Half-written ones wait. */
export function readLines(lines: readonly EntryLine[]): { key: string; line: SentLine }[] {
  return lines.flatMap((line) => {
    const quantity = readQuantity(line.typed, line.item.units)
    return quantity.kind === 'read' && isPrice(line.price)
      ? [{ key: line.key, line: sentLine(line, quantity.entered) }]
      : []
  })
}

const sentLine = (line: EntryLine, entered: Entered): SentLine => ({
  itemId: line.item.id,
  entered,
  price: line.price || null,
  priceNote: line.priceNote || null,
  ...(line.warehouseId && { warehouseId: line.warehouseId }),
  custom: line.custom,
})

/** What a preview is asked for; null while there is nothing to ask about. */
export function previewQuestion(entry: Entry) {
  if (!entry.customer || !entry.warehouseId) return null
  const read = readLines(entry.lines)
  const { warehouseId, backorder, quotationId } = entry
  const input = {
    customerId: entry.customer.id,
    warehouseId,
    backorder,
    quotationId,
    lines: read.map(({ line }) => line),
  }
  return { keys: read.map(({ key }) => key), input }
}
export type PreviewQuestion = NonNullable<ReturnType<typeof previewQuestion>>

type Told = Pick<OrderDetail, 'lines'> | Pick<QuotationDetail, 'lines'>
type ShownLine = {
  id: string
  price?: string | null
  rulePrice?: string | null
  priceNote?: string | null
  warehouseId?: string | null
  custom: Record<string, unknown>
}

/** The lines of a document that is there, to be changed. A price that is the rule's own is left to the rule again. */
function linesOf(detail: Told, shown: readonly ShownLine[]): EntryLine[] {
  const byId = new Map(shown.map((line) => [line.id, line]))
  return detail.lines.map(({ lineId, item, entered }) => {
    const line = byId.get(lineId)
    const isChosen = line?.price !== line?.rulePrice
    return {
      key: lineId,
      item,
      typed: typedOf(entered),
      price: isChosen ? (line?.price ?? '') : '',
      priceNote: line?.priceNote ?? '',
      warehouseId: line?.warehouseId ?? null,
      custom: line?.custom ?? {},
    }
  })
}

/** An order as it is on the server, to be changed. */
export function entryOfOrder(detail: OrderDetail): Entry {
  const { order } = detail
  return {
    ...newEntry(),
    customer: { id: order.customerId ?? '', name: order.names['customerId'] ?? '' },
    warehouseId: order.warehouseId ?? '',
    backorder: order.backorder ?? false,
    promisedOn: order.promisedOn ?? null,
    address: order.address ?? null,
    note: order.note ?? null,
    quotationId: order.quotationId ?? null,
    custom: order.custom,
    lines: linesOf(detail, order.lines),
  }
}

/** A quotation as it is on the server, to be changed. */
export function entryOfQuotation(detail: QuotationDetail): Entry {
  const { quotation } = detail
  return {
    ...newEntry(),
    customer: { id: quotation.customerId ?? '', name: quotation.names['customerId'] ?? '' },
    warehouseId: quotation.warehouseId ?? '',
    validUntil: quotation.validUntil ?? null,
    note: quotation.note ?? null,
    custom: quotation.custom,
    lines: linesOf(detail, quotation.lines),
  }
}

/** The same goods once more, as a document of its own: today's prices, nothing promised. */
export const copyOf = (entry: Entry): Entry => ({
  ...newEntry(),
  customer: entry.customer,
  warehouseId: entry.warehouseId,
  address: entry.address,
  lines: copyLines(entry.lines, []),
})

/** Goods of an earlier document once more, at today's prices, without those that are there already. */
export const copyLines = (lines: readonly EntryLine[], there: readonly EntryLine[]): EntryLine[] =>
  lines
    .filter(({ item }) => !there.some((line) => line.item.id === item.id))
    .map(({ item, typed }) => newLine(item, typed))
