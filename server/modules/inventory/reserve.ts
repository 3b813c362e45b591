import { type Decimal, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { incomingOf } from './incoming-store.ts'
import { wordsFor } from './post-moves.ts'
import { outOfStock } from './posting.model.ts'
import { type Granted, holdMeanwhile, holdStock } from './reservation-store.ts'

export type ReserveInput = {
  /** `number`: as people call the document; the item's page shows who holds its stock. */
  source: { document: string; id: string; number?: string }
  /** Held until then; without it until it is released or issued. */
  expiresAt?: Date
  lines: readonly { lineId: string; itemId: string; warehouseId: string; quantity: Decimal }[]
  /** What is known already of the items, so that it need not be asked for again. */
  items?: ReadonlyMap<string, ItemFacts>
  /** Take what is there of each line; otherwise all of it, or a refusal that says what is truly left. */
  partial: boolean
}
type Reserved = { lineId: string; reserved: Decimal; short: Decimal }

/** Holds stock for a document's lines, so that nobody else can take it. Called again for a line, it holds more. */
export async function reserve(
  tx: Tx,
  caller: Caller,
  { source, expiresAt, lines, items: known, partial }: ReserveInput,
): Promise<Reserved[]> {
  if (lines.length === 0) return []
  if (lines.some(({ quantity }) => quantity.lte(0))) throw new Refusal('quantity_not_positive')
  const items =
    known ??
    (await itemsByIds(
      tx,
      lines.map(({ itemId }) => itemId),
    ))
  const holder = {
    document: source.document,
    id: source.id,
    number: source.number ?? '',
    expiresAt: expiresAt ?? null,
    at: caller.at,
  }
  const wanted = lines.map((line) => ({ ...line, allowNegative: items.get(line.itemId)!.allowNegative }))
  const granted = await holdStock(tx, holder, wanted, partial)
  const short = granted.filter((line) => line.reserved.lt(line.wanted))
  if (short.length > 0 && !partial) throw outOfStock(await shortLines(tx, short), await wordsFor(tx, items))
  return granted.map((line) => ({
    lineId: line.lineId,
    reserved: line.reserved,
    short: line.wanted.minus(line.reserved),
  }))
}

/** Holds all of it, or has the transaction refused at its end: what else it writes goes out together with this, and the goods are locked for less long. */
export const reserveMeanwhile = (tx: Tx, caller: Caller, input: Omit<ReserveInput, 'partial'>): Promise<void> =>
  holdMeanwhile(tx, reserve(tx, caller, { ...input, partial: false }))

async function shortLines(tx: Tx, short: Granted[]) {
  const incoming = await incomingOf(
    tx,
    short.map(({ itemId }) => itemId),
    null,
  )
  return short.map((line) => ({
    ...line,
    available: line.reserved,
    incoming: incoming.filter(({ itemId, warehouseId }) => itemId === line.itemId && warehouseId === line.warehouseId),
  }))
}
