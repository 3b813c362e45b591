import { say } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type ItemFacts, itemsByIds } from '#server/modules/catalog'
import { warehouseNames } from '#server/modules/inventory'
import { namesOf } from '#server/modules/org'
import { type CustomerFacts, customersByIds, partiesActions } from '#server/modules/parties'
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

/** What is known already of what documents link to, so that it need not be asked for again. */
export type Known = {
  customers?: ReadonlyMap<string, CustomerFacts>
  items?: ReadonlyMap<string, ItemFacts>
  warehouses?: ReadonlyMap<string, string>
}

/** The same where the goods are among it. */
export type KnownGoods = Known & Required<Pick<Known, 'items'>>

export const knownOf = (
  customer: CustomerFacts,
  lines: readonly { item: ItemFacts }[],
  warehouses?: ReadonlyMap<string, string>,
): KnownGoods => ({
  customers: new Map([[customer.id, customer]]),
  items: new Map(lines.map(({ item }) => [item.id, item])),
  warehouses,
})

/** What documents link to, by name: one query for each kind of thing, however many documents. */
export async function linksOf(tx: Tx, caller: Caller, rows: readonly Linked[], known: Known = {}): Promise<Links> {
  const [customers, people, warehouses, items, terms] = await Promise.all([
    known.customers ?? customersByIds(tx, distinct(rows.map((row) => row.customerId))),
    peopleOf(tx, caller, rows),
    known.warehouses ?? warehouseNames(tx),
    known.items ?? itemsOf(tx, distinct(rows.flatMap((row) => row.lines.map((line) => line.itemId)))),
    termNames(tx, caller, rows),
  ])
  const names = (row: Linked): Record<string, string> => ({
    customerId: customers.get(row.customerId)?.shortName ?? '',
    ownerId: people.get(row.ownerId) ?? '',
    warehouseId: warehouses.get(row.warehouseId) ?? '',
    ...(row.termCode ? { termCode: terms.get(row.termCode) ?? row.termCode } : {}),
    ...(row.pickerId ? { pickerId: people.get(row.pickerId) ?? '' } : {}),
  })
  return { names, items, warehouses }
}

/** Most look at what is their own. The house acts in others' names, so its own name says nothing. */
async function peopleOf(tx: Tx, caller: Caller, rows: readonly Linked[]): Promise<Map<string, string>> {
  const mine = new Map(caller.rights.unlimited ? [] : [[caller.personId, caller.name]])
  const asked = rows.flatMap((row) => [row.ownerId, row.pickerId ?? row.ownerId]).filter((id) => !mine.has(id))
  return new Map([...mine, ...(await namesOf(tx, distinct(asked)))])
}

const itemsOf = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, ItemFacts>> =>
  ids.length > 0 ? itemsByIds(tx, ids) : new Map()

async function termNames(tx: Tx, caller: Caller, rows: readonly Linked[]): Promise<Map<string, string>> {
  if (!rows.some((row) => row.termCode)) return new Map()
  const { terms } = await partiesActions.paymentTerms(tx, caller, {})
  return new Map(terms.map(({ code, name }) => [code, say(name, caller.lang)]))
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
