import { salesReturn } from '#contract/modules/sales'
import { type Caller, seesOwner, seesWarehouse, systemCaller, visibleOwners } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { ask } from '#kernel/perform'
import { catalogActions, type ItemName, itemNameMarks, itemNames, itemNamesVersion } from '#server/modules/catalog'
import { inventoryActions } from '#server/modules/inventory'
import {
  type CustomerName,
  customerNameMarks,
  customerNames,
  customerNamesVersion,
  partiesActions,
} from '#server/modules/parties'
import { activeNames } from '#server/modules/org'
import { salesActions } from '#server/modules/sales'
import { readContext } from './context-store.ts'
import { keptNames } from './kept-names.ts'
import { entryOf, type Named } from './lexicon.ts'
import { learnSayings } from './likeness.ts'
import { mayAsk } from './may-ask.ts'
import { type NameIndex, nameIndex } from './name-index.ts'
import type { Known } from './understanding.ts'

const items = keptNames<ItemName>({
  version: itemNamesVersion,
  marks: itemNameMarks,
  rows: itemNames,
  named: ({ aliases, ...item }) => ({ ...item, kind: 'item', others: aliases }),
})
const customers = keptNames<CustomerName>({
  version: customerNamesVersion,
  marks: customerNameMarks,
  rows: customerNames,
  named: ({ id, name, shortName, aliases, number }) => ({
    kind: 'customer',
    id,
    name,
    others: [shortName, ...aliases],
    code: number,
    spec: '',
  }),
})

/**
 * What this person could mean. Rows he may not see are not in it at all, so that nothing about them can be answered, asked or guessed. Those who
 * see the same people's customers share an index of them.
 */
export async function knownTo(caller: Caller, conversation: string): Promise<Known> {
  const named = {
    items: await items.for(caller, 'all', () => true),
    customers: await customers.for(caller, whoseCustomers(caller), ({ ownerId }) =>
      namedIn.some((document) => seesOwner(caller, document, ownerId)),
    ),
  }
  return ask(
    caller,
    async (tx): Promise<Known> => {
      const { rows: warehouses } = await inventoryActions.warehouses(tx, caller, {})
      const { categories } = await catalogActions.categories(tx, caller, {})
      return {
        ...named,
        // A warehouse that he does not reach is nothing to him: of one that is not there he would be told that it holds nothing.
        warehouses: shortIndex(
          warehouses.flatMap((one) => (seesWarehouse(caller, one.id) ? [{ ...one, kind: 'warehouse' }] : [])),
        ),
        suppliers: shortIndex(await suppliersFor(tx, caller)),
        categories: shortIndex(
          categories.map(({ category: name }) => ({ kind: 'category', id: name, name, code: '' })),
        ),
        colleagues: shortIndex(await colleaguesFor(tx, caller)),
        ordersByTail: (tail) => ordersByTail(caller, tail),
        may: (intent) => mayAsk(caller, intent),
        today: dayAt(caller.at),
        context: await readContext(tx, caller.personId, conversation, caller.at),
      }
    },
    undefined,
  )
}

/** Learns all names, and how people ask, before anybody does, a little at a time, so that the first question is answered as quickly as the next. */
export async function learnNames(): Promise<void> {
  await learnSayings()
  const house = systemCaller(new Date())
  await items.for(house, 'all', () => true)
  await customers.for(house, 'everybody', () => true)
}

/** The same with the names of all customers, for nobody to see: they are masked by it. */
export async function everyName(at: Date, known: Known): Promise<Known> {
  return { ...known, customers: await customers.for(systemCaller(at), 'everybody', () => true) }
}

/** Whoever sees the documents of a customer reads his name on them. */
const namedIn = ['customer', 'sales_order', 'delivery'] as const
const whoseCustomers = (caller: Caller): string =>
  namedIn.map((document) => visibleOwners(caller, document)?.toSorted().join() ?? 'all').join('|')

type Short = Pick<Named, 'kind' | 'id' | 'name' | 'code'>
const shortIndex = (rows: readonly Short[]): NameIndex =>
  nameIndex(rows.map(({ kind, id, name, code }) => entryOf({ kind, id, name, code, others: [], spec: '' })))

/** Whose customers or orders he may see. */
async function colleaguesFor(tx: Tx, caller: Caller): Promise<Short[]> {
  const owners = (['customer', 'sales_order'] as const).map((document) => visibleOwners(caller, document))
  const seen = owners.includes(null) ? null : [...new Set(owners.flatMap((ids) => ids ?? []))]
  const people = await activeNames(tx, seen)
  return people.map(({ id, name }) => ({ kind: 'colleague', id, name, code: '' }))
}

const suppliersMax = 100
/** Whom goods are bought from, for those who may know it. */
async function suppliersFor(tx: Tx, caller: Caller): Promise<Short[]> {
  if (!mayAsk(caller, 'stock.in_transit')) return []
  const { rows } = await partiesActions.suppliers(tx, caller, { limit: suppliersMax })
  return rows.map(({ id, name }) => ({ kind: 'supplier', id, name: name ?? '', code: '' }))
}

type OrderNamed = { id: string; number: string; customer: string; returnId?: string }

async function ordersByTail(caller: Caller, tail: string): Promise<OrderNamed[]> {
  if (tail.startsWith(returnPrefix)) return returnsByNumber(caller, tail)
  if (!mayAsk(caller, 'order.status')) return deliveredByTail(caller, tail)
  // The search also finds customers by these digits, so that orders that end so may stand further down.
  const { rows } = await ask(caller, salesActions.orders, { q: tail, limit: 100 })
  return rows
    .filter((order) => order.number?.toLowerCase().endsWith(tail.toLowerCase()))
    .map((order) => ({ id: order.id, number: order.number ?? '', customer: order.names['customerId'] ?? '' }))
}

const returnPrefix = salesReturn.numbers!.toLowerCase()

/** The return of a number, by the order it belongs to. */
async function returnsByNumber(caller: Caller, number: string): Promise<OrderNamed[]> {
  if (!mayAsk(caller, 'delivery.status')) return []
  const { rows } = await ask(caller, salesActions.returns, { q: number, limit: 100 })
  return rows
    .filter((row) => row.number?.toLowerCase() === number.toLowerCase())
    .map((row) => ({
      id: row.orderId ?? '',
      number: row.number ?? '',
      customer: row.names['customerId'] ?? '',
      returnId: row.id,
    }))
}

/** Who delivers orders without seeing them knows them by their deliveries. */
async function deliveredByTail(caller: Caller, tail: string): Promise<OrderNamed[]> {
  if (!mayAsk(caller, 'delivery.status')) return []
  const { rows } = await ask(caller, salesActions.deliveries, { q: tail, limit: 100 })
  const orders = rows.map(({ orderId, names }) => ({
    id: orderId ?? '',
    number: names['orderId'] ?? '',
    customer: names['customerId'] ?? '',
  }))
  return orders.filter(
    ({ number }, i) =>
      number.toLowerCase().endsWith(tail.toLowerCase()) && orders.findIndex((one) => one.number === number) === i,
  )
}
