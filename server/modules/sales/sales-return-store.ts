import { type Sql, sql, type Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { DeliveryLine } from './delivery.model.ts'
import { exact } from './order-store.ts'
import type { ReturnLine, SalesReturn } from './sales-return.model.ts'

const headerAmounts = ['grossTotal', 'netTotal', 'costTotal'] as const
const lineAmounts = ['quantity', 'received', 'gross', 'net', 'cost', 'netCost'] as const

export async function findReturn(tx: Tx, id: string): Promise<SalesReturn | undefined> {
  const [found] = await findReturns(tx, [id])
  return found
}

/** Returns with their lines, in the order of the ids. */
export async function findReturns(tx: Tx, ids: readonly string[]): Promise<SalesReturn[]> {
  if (ids.length === 0) return []
  const headers = await tx.$queryRaw<Omit<SalesReturn, 'lines'>[]>`
    select id, number, order_id as "orderId", customer_id as "customerId", owner_id as "ownerId", warehouse_id as "warehouseId",
      state, reason, note, gross_total as "grossTotal", net_total as "netTotal", cost_total as "costTotal",
      received_on::text as "receivedOn", posted_on::text as "postedOn", reversed_on::text as "reversedOn",
      receiver_id as "receiverId", reasons, approval_id as "approvalId", custom, version, created_at as "createdAt",
      created_by as "createdBy"
    from sales_return where id = any(${ids}::uuid[])`
  const lines = await tx.$queryRaw<(ReturnLine & { returnId: string })[]>`
    select id, return_id as "returnId", position, delivery_line_id as "deliveryLineId", order_line_id as "orderLineId",
      item_id as "itemId", quantity, received, lots, serials, gross, net, cost, net_cost as "netCost", custom
    from sales_return_line where return_id = any(${ids}::uuid[]) order by return_id, position`
  const linesOf = new Map<string, ReturnLine[]>(ids.map((id) => [id, []]))
  for (const { returnId, ...line } of lines) linesOf.get(returnId)?.push(exact(line, lineAmounts))
  const found = new Map(
    headers.map((header) => [header.id, { ...exact(header, headerAmounts), lines: linesOf.get(header.id) ?? [] }]),
  )
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** The returns of an order, oldest first. */
export async function returnsOf(tx: Tx, orderId: string): Promise<SalesReturn[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from sales_return where order_id = ${orderId}::uuid order by created_at, id`
  return findReturns(
    tx,
    rows.map((row) => row.id),
  )
}

/** Follows a statement that calls its return `header`. */
const insertLines = (lines: readonly ReturnLine[]): Sql => sql`
  insert into sales_return_line (id, return_id, position, delivery_line_id, order_line_id, item_id, quantity, received, lots, serials,
    gross, net, cost, net_cost)
  select l.id, header.id, position, "deliveryLineId", "orderLineId", "itemId", quantity, received, lots,
    array(select jsonb_array_elements_text(l.serials)), gross, net, cost, "netCost"
  from header, jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, position int, "deliveryLineId" uuid,
    "orderLineId" uuid, "itemId" uuid, quantity numeric, received numeric, lots jsonb, serials jsonb, gross numeric, net numeric,
    cost numeric, "netCost" numeric)`

/** Writes a new return with its lines in one statement; false when the id is taken. */
export async function insertReturn(tx: Tx, found: SalesReturn): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    with header as (
      insert into sales_return (id, number, order_id, customer_id, owner_id, warehouse_id, state, reason, note, gross_total, net_total,
        cost_total, custom, created_at, created_by)
      select id, number, "orderId", "customerId", "ownerId", "warehouseId", state, reason, note, "grossTotal", "netTotal",
        "costTotal", custom, "createdAt", "createdBy"
      from jsonb_to_record(${JSON.stringify(found)}::jsonb) as r(id uuid, number text, "orderId" uuid, "customerId" uuid,
        "ownerId" uuid, "warehouseId" uuid, state text, reason text, note text, "grossTotal" numeric, "netTotal" numeric,
        "costTotal" numeric, custom jsonb, "createdAt" timestamptz, "createdBy" uuid)
      on conflict (id) do nothing returning id)
    ${insertLines(found.lines)}`
  return inserted > 0
}

/** Saves a move with all that belongs to it; the lines are replaced by those given. Somebody else's move in between is noticed. */
export async function saveReturn(tx: Tx, from: SalesReturn['state'], found: SalesReturn): Promise<void> {
  const saved = await tx.$executeRaw`
    with header as (
      update sales_return r set state = n.state, warehouse_id = n."warehouseId", reason = n.reason, note = n.note,
        gross_total = n."grossTotal", net_total = n."netTotal", cost_total = n."costTotal", received_on = n."receivedOn",
        posted_on = n."postedOn", reversed_on = n."reversedOn", receiver_id = n."receiverId", reasons = n.reasons,
        approval_id = n."approvalId", custom = n.custom, version = r.version + 1
      from jsonb_to_record(${JSON.stringify(found)}::jsonb) as n(id uuid, version int, state text, "warehouseId" uuid, reason text,
        note text, "grossTotal" numeric, "netTotal" numeric, "costTotal" numeric, "receivedOn" date, "postedOn" date,
        "reversedOn" date, "receiverId" uuid, reasons jsonb, "approvalId" uuid, custom jsonb)
      where r.id = n.id and r.version = n.version and r.state = ${from} returning r.id),
    kept as (select id from header)
    update sales_return_line l set quantity = n.quantity, received = n.received, lots = n.lots,
      serials = array(select jsonb_array_elements_text(n.serials)), gross = n.gross, net = n.net, cost = n.cost,
      net_cost = n."netCost"
    from kept, jsonb_to_recordset(${JSON.stringify(found.lines)}::jsonb) as n(id uuid, quantity numeric, received numeric,
      lots jsonb, serials jsonb, gross numeric, net numeric, cost numeric, "netCost" numeric)
    where l.id = n.id and l.return_id = kept.id`
  if (saved === 0) throw new ChangedMeanwhile()
}

/** Puts other lines in place of a draft's. */
export async function replaceLines(tx: Tx, { id, lines }: SalesReturn): Promise<void> {
  await tx.$executeRaw`delete from sales_return_line where return_id = ${id}::uuid`
  await tx.$executeRaw`with header as (select ${id}::uuid as id) ${insertLines(lines)}`
}

type Back = Pick<DeliveryLine, 'id' | 'returned' | 'returnedGross' | 'returnedNet' | 'returnedCost' | 'returnedNetCost'>

/** Writes how much of delivered lines has come back. Never more than has left, whatever was read before: a CHECK sees to it. */
export async function saveReturned(tx: Tx, before: readonly Back[], after: readonly Back[]): Promise<void> {
  const lines = after.map((line, i) => ({ ...line, before: before[i]!.returned }))
  const saved = await tx.$executeRaw`
    update delivery_line d set returned = l.returned, returned_gross = l."returnedGross", returned_net = l."returnedNet",
      returned_cost = l."returnedCost", returned_net_cost = l."returnedNetCost"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, before numeric, returned numeric,
      "returnedGross" numeric, "returnedNet" numeric, "returnedCost" numeric, "returnedNetCost" numeric)
    where d.id = l.id and d.returned = l.before and l.returned <= d.picked`
  if (saved !== lines.length) throw new ChangedMeanwhile()
}

/** What came back of delivered lines with other returns. */
export async function cameBackOf(
  tx: Tx,
  deliveryLineIds: readonly string[],
): Promise<(Pick<ReturnLine, 'deliveryLineId' | 'lots' | 'serials'> & { returnId: string })[]> {
  return tx.$queryRaw`
    select l.return_id as "returnId", l.delivery_line_id as "deliveryLineId", l.lots, l.serials
    from sales_return_line l join sales_return r on r.id = l.return_id
    where l.delivery_line_id = any(${deliveryLineIds}::uuid[]) and r.state = 'received' and l.received > 0`
}

/** How much of delivered lines stands on returns that are still to be received. */
export async function underWayOf(tx: Tx, orderId: string): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; quantity: string }[]>`
    select l.delivery_line_id as id, sum(l.quantity)::text as quantity
    from sales_return_line l join sales_return r on r.id = l.return_id
    where r.order_id = ${orderId}::uuid and r.state in ('draft', 'submitted', 'approved') group by 1`
  return new Map(rows.map((row) => [row.id, row.quantity]))
}
