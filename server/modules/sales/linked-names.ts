import { say } from '#contract'
import type { Tx } from '#kernel/db'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { warehouseNames } from '#server/modules/inventory'
import { namesOf } from '#server/modules/org'
import { customersByIds, paymentTerm } from '#server/modules/parties'
import type { ItemBrief } from './contract.ts'

type Linked = {
  customerId: string
  ownerId: string
  warehouseId: string
  termCode?: string
  pickerId?: string | null
  lines: readonly { itemId: string }[]
}
export type Links = {
  names: (row: Linked) => Record<string, string>
  items: ReadonlyMap<string, ItemFacts>
  warehouses: ReadonlyMap<string, string>
}

/** What documents link to, by name: one query for each kind of thing, however many documents. */
export async function linksOf(tx: Tx, rows: readonly Linked[]): Promise<Links> {
  const customers = await customersByIds(tx, distinct(rows.map((row) => row.customerId)))
  const people = await namesOf(
    tx,
    distinct(rows.flatMap((row) => (row.pickerId ? [row.ownerId, row.pickerId] : [row.ownerId]))),
  )
  const warehouses = await warehouseNames(tx)
  const itemIds = distinct(rows.flatMap((row) => row.lines.map((line) => line.itemId)))
  const items: ReadonlyMap<string, ItemFacts> = itemIds.length > 0 ? await itemsByIds(tx, itemIds) : new Map()
  const terms = await termNames(tx, distinct(rows.flatMap((row) => row.termCode ?? [])))
  const names = (row: Linked): Record<string, string> => ({
    customerId: customers.get(row.customerId)?.shortName ?? '',
    ownerId: people.get(row.ownerId) ?? '',
    warehouseId: warehouses.get(row.warehouseId) ?? '',
    ...(row.termCode ? { termCode: terms.get(row.termCode) ?? row.termCode } : {}),
    ...(row.pickerId ? { pickerId: people.get(row.pickerId) ?? '' } : {}),
  })
  return { names, items, warehouses }
}

async function termNames(tx: Tx, codes: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const code of codes) names.set(code, say((await paymentTerm(tx, code)).name, 'zh'))
  return names
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)]

export const itemName = (item: Pick<ItemFacts, 'name' | 'spec'>): string => `${item.name} ${item.spec}`.trim()

/** What a page needs to show an item and to read quantities of it. */
export const itemBrief = ({ id, code, name, spec, baseUnit, units, tracking }: ItemFacts): ItemBrief => ({
  id,
  code,
  name,
  spec,
  baseUnit,
  units,
  tracking,
})
