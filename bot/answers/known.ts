import { type Caller, seesOwner } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { ask } from '#kernel/perform'
import { type ItemName, itemNames, itemNamesVersion } from '#server/modules/catalog'
import { inventoryActions } from '#server/modules/inventory'
import { type CustomerName, customerNames, customerNamesVersion } from '#server/modules/parties'
import { salesActions } from '#server/modules/sales'
import { readContext } from './context-store.ts'
import { type Entry, entryOf } from './lexicon.ts'
import { mayAsk } from './may-ask.ts'
import type { Known } from './understanding.ts'

/** A list of names that is built once and again whenever its version has moved on. */
function kept<T>(version: (tx: Tx) => Promise<string>, rows: (tx: Tx) => Promise<T[]>, entry: (row: T) => Entry) {
  let at = ''
  let entries: { row: T; entry: Entry }[] = []
  return async (tx: Tx): Promise<{ row: T; entry: Entry }[]> => {
    const now = await version(tx)
    if (now !== at) {
      entries = (await rows(tx)).map((row) => ({ row, entry: entry(row) }))
      at = now
    }
    return entries
  }
}

const items = kept<ItemName>(itemNamesVersion, itemNames, (item) =>
  entryOf({ kind: 'item', id: item.id, name: item.name, others: item.aliases, code: item.code, spec: item.spec }),
)
const customers = kept<CustomerName>(customerNamesVersion, customerNames, (customer) =>
  entryOf({
    kind: 'customer',
    id: customer.id,
    name: customer.name,
    others: [customer.shortName, ...customer.aliases],
    code: customer.number,
    spec: '',
  }),
)

/** What this person could mean. Rows he may not see are not in it at all, so that nothing about them can be answered, asked or guessed. */
export async function knownTo(caller: Caller, conversation: string): Promise<Known> {
  return ask(
    caller,
    async (tx): Promise<Known> => {
      const { rows: warehouses } = await inventoryActions.warehouses(tx, caller, {})
      return {
        items: (await items(tx)).map((one) => one.entry),
        customers: (await customers(tx))
          .filter((one) => seesOwner(caller, 'customer', one.row.ownerId))
          .map((one) => one.entry),
        warehouses: warehouses.map((one) =>
          entryOf({ kind: 'warehouse', id: one.id, name: one.name, others: [], code: one.code, spec: '' }),
        ),
        ordersByTail: (tail) => ordersByTail(caller, tail),
        may: (intent) => mayAsk(caller, intent),
        today: dayAt(caller.at),
        last: await readContext(tx, caller.personId, conversation, caller.at),
      }
    },
    undefined,
  )
}

async function ordersByTail(caller: Caller, tail: string): Promise<{ id: string; number: string; customer: string }[]> {
  // The search also finds customers by these digits, so that orders that end so may stand further down.
  const { rows } = await ask(caller, salesActions.orders, { q: tail, limit: 100 })
  return rows
    .filter((order) => order.number?.toLowerCase().endsWith(tail.toLowerCase()))
    .map((order) => ({ id: order.id, number: order.number ?? '', customer: order.names['customerId'] ?? '' }))
}
