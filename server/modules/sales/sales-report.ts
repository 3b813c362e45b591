import { type Input, type Output, Refusal, showQuantity, toMoney, toQuantity } from '#contract'
import { type Caller, canRead, visibleOwners } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { itemsByIds } from '#server/modules/catalog'
import { namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import type { sales } from './contract.ts'
import { itemName } from './linked-names.ts'
import { findOrderHeaders } from './order-store.ts'
import { type Group, type Grouped, soldBy, soldTotal } from './sales-report-store.ts'
import type { ReportGroup } from './sales-report.document.ts'

type Endpoint = (typeof sales)['endpoints']['salesReport']

/** What was sold within some days, by order, item, customer, seller, region or category. */
export async function salesReport(tx: Tx, caller: Caller, input: Input<Endpoint>): Promise<Output<Endpoint>> {
  if (!canRead(caller, 'amount'))
    throw new Refusal('forbidden', { doing: { zh: '查看销售金额', en: 'see what was sold' } })
  const { groups, cursor } = await groupsFor(tx, caller, input)
  const named = await namedGroups(tx, input.by, groups)
  return {
    rows: groups.map((group, i) => ({ ...named[i]!, gross: toMoney(group.gross) })),
    cursor,
    total: input.cursor ? null : await totalOf(tx, caller, input),
    at: caller.at.toISOString(),
  }
}

async function totalOf(tx: Tx, caller: Caller, input: Input<Endpoint>): Promise<Output<Endpoint>['total']> {
  const { orders, gross, net } = await soldTotal(tx, { ...input, owners: visibleOwners(caller, 'sales_order') })
  return { orders, gross: toMoney(gross), net: toMoney(net) }
}

/** A page of the groups that the caller may see. */
export async function groupsFor(
  tx: Tx,
  caller: Caller,
  { cursor, ...asked }: Omit<Grouped, 'owners' | 'after'> & { cursor?: string },
): Promise<{ groups: Group[]; cursor: string | null }> {
  const owners = visibleOwners(caller, 'sales_order')
  const after = keysOf(cursor, ['decimal', 'text'])
  const page = pageFrom(await soldBy(tx, { ...asked, owners, after }), asked.limit, ({ rank, key }) => [rank, key])
  return { groups: page.rows, cursor: page.cursor }
}

type Named = Pick<Output<Endpoint>['rows'][number], 'key' | 'name' | 'detail' | 'orders' | 'quantity' | 'shown' | 'net'>

/** Groups with the names that people know them by. */
export async function namedGroups(tx: Tx, by: ReportGroup, groups: readonly Group[]): Promise<Named[]> {
  const ids = groups.map((group) => group.key)
  const plain = (group: Group) => ({
    key: group.key,
    orders: group.orders,
    net: toMoney(group.net),
    quantity: null,
    shown: '',
  })
  if (by === 'item') {
    const items = await itemsByIds(tx, ids)
    return groups.map((group) => {
      const item = items.get(group.key)!
      const { quantity } = group
      const shown = showQuantity(quantity, item.units)
      return { ...plain(group), name: itemName(item), detail: item.code, quantity: toQuantity(quantity), shown }
    })
  }
  const names = await namers[by](tx, ids)
  return groups.map((group) => ({ ...plain(group), ...(names.get(group.key) ?? { name: group.key, detail: '' }) }))
}

type Names = Map<string, { name: string; detail: string }>
const asTheyAre = async (): Promise<Names> => new Map()
const namers: Record<Exclude<ReportGroup, 'item'>, (tx: Tx, ids: string[]) => Promise<Names>> = {
  order: orderNames,
  customer: async (tx, ids) => {
    const customers = [...(await customersByIds(tx, ids)).values()]
    return new Map(customers.map(({ id, shortName, number }) => [id, { name: shortName, detail: number }]))
  },
  seller: async (tx, ids) => new Map([...(await namesOf(tx, ids))].map(([id, name]) => [id, { name, detail: '' }])),
  region: asTheyAre,
  category: asTheyAre,
}

async function orderNames(tx: Tx, ids: string[]): Promise<Names> {
  const orders = await findOrderHeaders(tx, ids)
  const customers = await customersByIds(tx, [...new Set(orders.map(({ customerId }) => customerId))])
  return new Map(
    orders.map(({ id, number, customerId }) => {
      return [id, { name: number ?? '', detail: customers.get(customerId)?.shortName ?? '' }]
    }),
  )
}
