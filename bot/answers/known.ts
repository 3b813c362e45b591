import { type Caller, seesOwner, visibleOwners } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { ask } from '#kernel/perform'
import { catalogActions, type ItemName, itemNames, itemNamesVersion } from '#server/modules/catalog'
import { inventoryActions } from '#server/modules/inventory'
import { type CustomerName, customerNames, customerNamesVersion, partiesActions } from '#server/modules/parties'
import { salesActions } from '#server/modules/sales'
import { readContext } from './context-store.ts'
import { type Entry, entryOf, type Named } from './lexicon.ts'
import { mayAsk } from './may-ask.ts'
import { type NameIndex, nameIndex } from './name-index.ts'
import type { Known } from './understanding.ts'

/** Names that are read once and again whenever their version has moved on. What is looked up in them is kept as long. */
function kept<T extends { id: string }>(
  version: (tx: Tx) => Promise<string>,
  rows: (tx: Tx) => Promise<T[]>,
  named: (row: T) => Named,
) {
  let at = ''
  let known: { row: T; entry: Entry }[] = []
  let indexes = new Map<string, NameIndex>()
  const namesFor = async (tx: Tx, whose: string, sees: (row: T) => boolean): Promise<NameIndex> => {
    const now = await version(tx)
    if (now !== at) {
      known = (await rows(tx)).map((row) => ({ row, entry: entryOf(named(row)) }))
      indexes = new Map()
      at = now
    }
    const found = indexes.get(whose) ?? nameIndex(known.filter(({ row }) => sees(row)).map(({ entry }) => entry))
    indexes.set(whose, found)
    return found
  }
  return Object.assign(namesFor, { forget: () => void (at = '') })
}

const items = kept<ItemName>(itemNamesVersion, itemNames, ({ aliases, ...item }) => ({
  ...item,
  kind: 'item',
  others: aliases,
}))
const customers = kept<CustomerName>(
  customerNamesVersion,
  customerNames,
  ({ id, name, shortName, aliases, number }) => ({
    kind: 'customer',
    id,
    name,
    others: [shortName, ...aliases],
    code: number,
    spec: '',
  }),
)

/** For another database, whose version may be the same by chance. */
export function forgetNames(): void {
  items.forget()
  customers.forget()
}

/**
 * What this person could mean. Rows he may not see are not in it at all, so that nothing about them can be answered, asked or guessed. Those who
 * see the same people's customers share an index of them.
 */
export async function knownTo(caller: Caller, conversation: string): Promise<Known> {
  return ask(
    caller,
    async (tx): Promise<Known> => {
      const { rows: warehouses } = await inventoryActions.warehouses(tx, caller, {})
      const { categories } = await catalogActions.categories(tx, caller, {})
      return {
        items: await items(tx, 'all', () => true),
        customers: await customers(tx, whoseCustomers(caller), ({ ownerId }) =>
          namedIn.some((document) => seesOwner(caller, document, ownerId)),
        ),
        warehouses: shortIndex(warehouses.map((one) => ({ ...one, kind: 'warehouse' }))),
        suppliers: shortIndex(await suppliersFor(tx, caller)),
        categories: shortIndex(
          categories.map(({ category: name }) => ({ kind: 'category', id: name, name, code: '' })),
        ),
        ordersByTail: (tail) => ordersByTail(caller, tail),
        may: (intent) => mayAsk(caller, intent),
        today: dayAt(caller.at),
        context: await readContext(tx, caller.personId, conversation, caller.at),
      }
    },
    undefined,
  )
}

/** Whoever sees the documents of a customer reads his name on them. */
const namedIn = ['customer', 'sales_order', 'delivery'] as const
const whoseCustomers = (caller: Caller): string =>
  namedIn.map((document) => visibleOwners(caller, document)?.toSorted().join() ?? 'all').join('|')

type Short = Pick<Named, 'kind' | 'id' | 'name' | 'code'>
const shortIndex = (rows: readonly Short[]): NameIndex =>
  nameIndex(rows.map(({ kind, id, name, code }) => entryOf({ kind, id, name, code, others: [], spec: '' })))

const suppliersMax = 100
/** Whom goods are bought from, for those who may know it. */
async function suppliersFor(tx: Tx, caller: Caller): Promise<Short[]> {
  if (!mayAsk(caller, 'stock.in_transit')) return []
  const { rows } = await partiesActions.suppliers(tx, caller, { limit: suppliersMax })
  return rows.map(({ id, name }) => ({ kind: 'supplier', id, name: name ?? '', code: '' }))
}

async function ordersByTail(caller: Caller, tail: string): Promise<{ id: string; number: string; customer: string }[]> {
  if (!mayAsk(caller, 'order.status')) return []
  // The search also finds customers by these digits, so that orders that end so may stand further down.
  const { rows } = await ask(caller, salesActions.orders, { q: tail, limit: 100 })
  return rows
    .filter((order) => order.number?.toLowerCase().endsWith(tail.toLowerCase()))
    .map((order) => ({ id: order.id, number: order.number ?? '', customer: order.names['customerId'] ?? '' }))
}
