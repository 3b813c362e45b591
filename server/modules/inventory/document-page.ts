import { type Decimal, type Entered, Refusal, showQuantity, toQuantity } from '#contract'
import { systemId } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { namesOf } from '#server/modules/org'
import { placesOf } from './bin-store.ts'
import type { ItemSummary, LineDetail } from './contract.ts'

export type Items = ReadonlyMap<string, ItemFacts>

/** All that lines of these documents are about. */
export const itemsOfDocuments = (
  tx: Tx,
  documents: readonly { lines: readonly { itemId: string }[] }[],
): Promise<Items> =>
  itemsByIds(
    tx,
    documents.flatMap(({ lines }) => lines.map(({ itemId }) => itemId)),
  )

export const itemSummary = ({ id, code, name, spec, category, tracking, units }: ItemFacts): ItemSummary => {
  return { id, code, name, spec, category, tracking, units }
}

/** '镀锌螺栓 M10×80': how people call an item. */
export const itemTitle = ({ name, spec }: { name: string; spec: string }): string =>
  [name, spec].filter(Boolean).join(' ')

type Line = {
  id: string
  itemId: string
  entered: Entered
  serials: string[]
  lots: { lotId: string; code: string; quantity: Decimal }[]
}

/** What a page needs beside the fields of a line to show and edit it, and where it lies in the warehouse. */
export async function lineDetails(
  tx: Tx,
  warehouseId: string,
  items: Items,
  lines: readonly Line[],
): Promise<LineDetail[]> {
  const itemIds = lines.map(({ itemId }) => itemId)
  const binsOf = await placesOf(tx, itemIds, [warehouseId])
  return lines.map(({ id, itemId, entered, serials, lots }) => {
    const item = items.get(itemId)!
    const shownLots = lots.map((lot) => ({
      ...lot,
      quantity: toQuantity(lot.quantity),
      shown: showQuantity(lot.quantity, item.units),
    }))
    return { id, item: itemSummary(item), entered, serials, lots: shownLots, bins: binsOf(itemId, warehouseId) }
  })
}

/** Names of people, the system among them. */
export async function peopleNames(tx: Tx, personIds: readonly string[]): Promise<(personId: string) => string> {
  const names = await namesOf(tx, personIds)
  return (personId) => (personId === systemId ? '系统' : (names.get(personId) ?? ''))
}

export const assertVersion = (sent: number, stored: number): void => {
  if (sent !== stored) throw new Refusal('stale')
}
