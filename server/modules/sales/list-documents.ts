import type { Input, Output } from '#contract'
import { type Caller, visibleOwners, visibleWarehouses } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { searchCustomerIds } from '#server/modules/parties'
import type { sales } from './contract.ts'
import { findDeliveries } from './delivery-store.ts'
import { deliveryViews } from './delivery-view.ts'
import { type Listed, type ListedId, listIds } from './order-list-store.ts'
import { findOrderHeaders } from './order-store.ts'
import { orderViews } from './order-view.ts'
import { findQuotationHeaders } from './quotation-store.ts'
import { quotationViews } from './quotation-view.ts'
import { findReturns } from './sales-return-store.ts'
import { returnViews } from './sales-return-view.ts'

type Endpoints = (typeof sales)['endpoints']
type Asked = {
  q?: string
  state?: string
  customerId?: string
  ownerId?: string
  warehouseId?: string
  reach?: Listed['reach']
  orderId?: string
  cursor?: string
  limit: number
}

const candidatesMax = 200

/** Orders the caller may see, newest first. */
export async function orders(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['orders']>,
): Promise<Output<Endpoints['orders']>> {
  const page = await pageOfIds(tx, caller, 'sales_order', input)
  return { rows: await orderViews(tx, caller, await findOrderHeaders(tx, page.ids)), cursor: page.cursor }
}

/** Quotations the caller may see, newest first. */
export async function quotations(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['quotations']>,
): Promise<Output<Endpoints['quotations']>> {
  const page = await pageOfIds(tx, caller, 'quotation', input)
  return { rows: await quotationViews(tx, caller, await findQuotationHeaders(tx, page.ids)), cursor: page.cursor }
}

/** Delivery notes the caller may see, newest first. */
export async function deliveries(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['deliveries']>,
): Promise<Output<Endpoints['deliveries']>> {
  const page = await pageOfIds(tx, caller, 'delivery', { ...input, reach: reachOf(caller) })
  return { rows: await deliveryViews(tx, caller, await findDeliveries(tx, page.ids)), cursor: page.cursor }
}

/** Returns the caller may see, newest first. */
export async function returns(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['returns']>,
): Promise<Output<Endpoints['returns']>> {
  const page = await pageOfIds(tx, caller, 'sales_return', { ...input, reach: reachOf(caller) })
  return { rows: await returnViews(tx, caller, await findReturns(tx, page.ids)), cursor: page.cursor }
}

/** What lies in a warehouse or leaves it is for those who reach it, and for who sold it. */
function reachOf(caller: Caller): Listed['reach'] {
  const warehouses = visibleWarehouses(caller)
  return warehouses && { warehouses, personId: caller.personId }
}

async function pageOfIds(
  tx: Tx,
  caller: Caller,
  table: 'sales_order' | 'quotation' | 'delivery' | 'sales_return',
  { state, cursor, ...asked }: Asked,
) {
  const listed = {
    ...asked,
    owners: visibleOwners(caller, table === 'sales_return' ? 'delivery' : table),
    states: state?.split(',') ?? null,
    customerIds: asked.q ? await searchCustomerIds(tx, caller, asked.q, candidatesMax) : [],
    after: keysOf(cursor, ['instant', 'id']),
  }
  const page = pageFrom(await listIds(tx, table, listed), asked.limit, (row: ListedId) => [row.at, row.id])
  return { ids: page.rows.map((row) => row.id), cursor: page.cursor }
}
