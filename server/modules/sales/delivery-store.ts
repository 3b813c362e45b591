import { sendAlong, type Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { Delivery, DeliveryLine } from './delivery.model.ts'
import { exact } from './order-store.ts'

const headerAmounts = ['grossTotal', 'costTotal'] as const
const lineAmounts = [
  'planned',
  'picked',
  'gross',
  'net',
  'cost',
  'netCost',
  'returned',
  'returnedGross',
  'returnedNet',
  'returnedCost',
  'returnedNetCost',
] as const

export async function findDelivery(tx: Tx, id: string): Promise<Delivery | undefined> {
  const [delivery] = await findDeliveries(tx, [id])
  return delivery
}

/** Delivery notes with their lines, in the order of the ids. */
export async function findDeliveries(tx: Tx, ids: readonly string[]): Promise<Delivery[]> {
  if (ids.length === 0) return []
  const headers = await tx.$queryRaw<Omit<Delivery, 'lines'>[]>`
    select id, number, order_id as "orderId", customer_id as "customerId", owner_id as "ownerId", warehouse_id as "warehouseId",
      state, planned_on::text as "plannedOn", shipped_on::text as "shippedOn", picker_id as "pickerId",
      gross_total as "grossTotal", cost_total as "costTotal", carrier, tracking_no as "trackingNo", signed_by as "signedBy",
      signed_at as "signedAt", note, custom, version, created_at as "createdAt", created_by as "createdBy"
    from delivery where id = any(${ids}::uuid[])`
  const lines = await tx.$queryRaw<(DeliveryLine & { deliveryId: string })[]>`
    select id, delivery_id as "deliveryId", order_line_id as "orderLineId", position, item_id as "itemId", planned, picked,
      lots, serials, gross, net, cost, net_cost as "netCost", returned, returned_gross as "returnedGross",
      returned_net as "returnedNet", returned_cost as "returnedCost", returned_net_cost as "returnedNetCost", custom
    from delivery_line where delivery_id = any(${ids}::uuid[]) order by delivery_id, position`
  const linesOf = new Map<string, DeliveryLine[]>(ids.map((id) => [id, []]))
  for (const { deliveryId, ...line } of lines) linesOf.get(deliveryId)?.push(exact(line, lineAmounts))
  const found = new Map(
    headers.map((header) => [header.id, { ...exact(header, headerAmounts), lines: linesOf.get(header.id) ?? [] }]),
  )
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** The delivery notes of an order, oldest first. */
export async function deliveriesOf(tx: Tx, orderId: string): Promise<Delivery[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from delivery where order_id = ${orderId}::uuid order by created_at, id`
  return findDeliveries(
    tx,
    rows.map((row) => row.id),
  )
}

/** Writes planned delivery notes with their lines, however many, in one statement. */
export async function insertDeliveries(tx: Tx, deliveries: readonly Delivery[]): Promise<void> {
  const lines = deliveries.flatMap(({ id, lines }) => lines.map((line) => ({ ...line, deliveryId: id })))
  const written = tx.$executeRaw`
    with header as (
      insert into delivery (id, number, order_id, customer_id, owner_id, warehouse_id, state, planned_on, created_at, created_by)
      select id, number, "orderId", "customerId", "ownerId", "warehouseId", 'planned', "plannedOn", "createdAt", "createdBy"
      from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as d(id uuid, number text, "orderId" uuid, "customerId" uuid,
        "ownerId" uuid, "warehouseId" uuid, "plannedOn" date, "createdAt" timestamptz, "createdBy" uuid))
    insert into delivery_line (id, delivery_id, order_line_id, position, item_id, planned)
    select id, "deliveryId", "orderLineId", position, "itemId", planned
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, "deliveryId" uuid, "orderLineId" uuid, position int,
      "itemId" uuid, planned numeric)`
  await sendAlong(tx, written)
}

/** Saves a move from one state to another with what belongs to it; somebody else's move in between is noticed. */
export async function saveDelivery(tx: Tx, from: Delivery['state'], delivery: Delivery): Promise<void> {
  const saved = await tx.$executeRaw`
    update delivery d set state = n.state, shipped_on = n."shippedOn", picker_id = n."pickerId", gross_total = n."grossTotal",
      cost_total = n."costTotal", carrier = n.carrier, tracking_no = n."trackingNo", signed_by = n."signedBy",
      signed_at = n."signedAt", note = n.note, custom = n.custom, version = d.version + 1
    from jsonb_to_record(${JSON.stringify(delivery)}::jsonb) as n(id uuid, version int, state text, "shippedOn" date,
      "pickerId" uuid, "grossTotal" numeric, "costTotal" numeric, carrier text, "trackingNo" text, "signedBy" text,
      "signedAt" timestamptz, note text, custom jsonb)
    where d.id = n.id and d.version = n.version and d.state = ${from}`
  if (saved === 0) throw new ChangedMeanwhile()
}

/** Writes what was picked of lines, and what they came to when they left. */
export async function saveDeliveryLines(tx: Tx, lines: readonly DeliveryLine[]): Promise<void> {
  await tx.$executeRaw`
    update delivery_line d set picked = l.picked, lots = l.lots, gross = l.gross, net = l.net, cost = l.cost, net_cost = l."netCost",
      serials = array(select jsonb_array_elements_text(l.serials))
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, picked numeric, lots jsonb, serials jsonb,
      gross numeric, net numeric, cost numeric, "netCost" numeric)
    where d.id = l.id`
}

/** How much of an order's lines stands on delivery notes that have not left yet. */
export async function plannedOf(tx: Tx, orderId: string): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw<{ orderLineId: string; planned: string }[]>`
    select l.order_line_id as "orderLineId", sum(l.planned)::text as planned
    from delivery d join delivery_line l on l.delivery_id = d.id
    where d.order_id = ${orderId}::uuid and d.state in ('planned', 'picking') group by 1`
  return new Map(rows.map((row) => [row.orderLineId, row.planned]))
}
