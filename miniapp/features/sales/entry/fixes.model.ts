import { v7 as newId } from 'uuid'
import { Decimal, fromBase } from '#contract'
import type { OrderPreview } from '#contract/modules/sales'
import type { Entry, EntryLine } from './entry.model.ts'
import { typedOf } from './quantity.model.ts'

export type PreviewLine = OrderPreview['lines'][number]

/** A small change that takes one thing out of the way, done with one tap. */
export type Fix =
  | { do: 'take'; lineKey: string; typed: string }
  | { do: 'backorder' }
  | { do: 'move'; lineKey: string; warehouseId: string; warehouse: string }
  | { do: 'rule_price'; lineKey: string; price: string | null }
  | { do: 'remove'; lineKey: string }
  | { do: 'split'; amount: string }

type Short = { line: EntryLine; wanted: Decimal.Value; available: Decimal.Value; warehouseId: string }

/** The ways out of a shortage, the smallest change first: from elsewhere, the rest later, only what is there, not at all. */
export function shortFixes(
  { line, wanted, available, warehouseId }: Short,
  known: PreviewLine | undefined,
  mayWait: boolean,
): Fix[] {
  const elsewhere = known?.availability.warehouses.find(
    (one) => one.warehouseId !== warehouseId && new Decimal(one.available).gte(wanted),
  )
  const left = new Decimal(available)
  return [
    ...(elsewhere
      ? [{ do: 'move' as const, lineKey: line.key, warehouseId: elsewhere.warehouseId, warehouse: elsewhere.name }]
      : []),
    ...(mayWait ? [{ do: 'backorder' as const }] : []),
    ...(left.gt(0)
      ? [{ do: 'take' as const, lineKey: line.key, typed: typedOf(fromBase(left, line.item.units)) }]
      : []),
    { do: 'remove', lineKey: line.key },
  ]
}

/** What a preview says stands in the way of a line, with the ways out. */
export function fixesOfLine(
  line: EntryLine,
  known: PreviewLine | undefined,
  entry: Pick<Entry, 'warehouseId' | 'backorder'>,
): Fix[] {
  if (!known) return []
  if (known.problem) return problemFixes(known.problem.code, line, known.rulePrice)
  if (new Decimal(known.short).lte(0) || entry.backorder) return []
  const warehouseId = line.warehouseId ?? entry.warehouseId
  const available = new Decimal(known.quantity).minus(known.short)
  return shortFixes({ line, wanted: known.quantity, available, warehouseId }, known, true)
}

/** The ways out of a refusal that is about one line. */
export function problemFixes(code: string, line: EntryLine, rulePrice: string | null | undefined): Fix[] {
  const remove: Fix = { do: 'remove', lineKey: line.key }
  if (code === 'price_below_floor' || code === 'negative_price')
    return [{ do: 'rule_price', lineKey: line.key, price: rulePrice ?? null }, remove]
  return code === 'item_inactive' || code === 'nothing_ordered' || code === 'no_price' ? [remove] : []
}

/** The entry after a fix. What a split puts off is made by `splitAt`. */
export function fixed(entry: Entry, fix: Exclude<Fix, { do: 'split' }>): Partial<Entry> {
  switch (fix.do) {
    case 'backorder':
      return { backorder: true }
    case 'remove':
      return { lines: entry.lines.filter((line) => line.key !== fix.lineKey) }
    case 'take':
      return changed(entry, fix.lineKey, { typed: fix.typed })
    case 'move':
      return changed(entry, fix.lineKey, { warehouseId: fix.warehouseId })
    case 'rule_price':
      return changed(entry, fix.lineKey, { price: '', priceNote: '' })
  }
}

const changed = (entry: Entry, key: string, change: Partial<EntryLine>): Partial<Entry> => ({
  lines: entry.lines.map((line) => (line.key === key ? { ...line, ...change } : line)),
})

/**
 * Divides lines into what comes to at most `amount` and the rest, in their order; the line at the border is cut at a whole
 * base unit. Null when that leaves nothing on either side.
 */
export function splitAt(
  lines: readonly EntryLine[],
  known: (key: string) => PreviewLine | undefined,
  amount: string,
): { now: EntryLine[]; later: EntryLine[] } | null {
  let left = new Decimal(amount)
  const now: EntryLine[] = []
  const later: EntryLine[] = []
  for (const line of lines) {
    const deal = known(line.key)
    if (!deal || (later.length === 0 && left.gte(deal.gross))) {
      now.push(line)
      left = left.minus(deal?.gross ?? 0)
      continue
    }
    const part = later.length > 0 ? new Decimal(0) : left.times(deal.quantity).div(deal.gross).floor()
    const cut = (base: Decimal, key: string) => ({ ...line, key, typed: typedOf(fromBase(base, line.item.units)) })
    if (part.gt(0)) now.push(cut(part, line.key))
    later.push(cut(new Decimal(deal.quantity).minus(part), newId()))
  }
  return now.length > 0 && later.length > 0 ? { now, later } : null
}
