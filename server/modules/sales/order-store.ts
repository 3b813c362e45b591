import { Decimal, Refusal } from '#contract'
import { checkAlong, sendAlong, sql, type Tx } from '#kernel/db'
import { ChangedMeanwhile, sqlState } from '#kernel/perform'
import type { Order, OrderLine } from './order.model.ts'

const headerAmounts = ['netTotal', 'taxTotal', 'grossTotal', 'costTotal', 'deliveredGross', 'exposed'] as const
const lineAmounts = [
  'quantity',
  'rulePrice',
  'price',
  'taxRate',
  'net',
  'tax',
  'gross',
  'unitCost',
  'cost',
  'reserved',
  'delivered',
  'deliveredGross',
] as const

/** Turns the driver's decimals into ours, which never lose a digit. */
export function exact<T extends object>(row: T, keys: readonly (keyof T)[]): T {
  const figures = Object.fromEntries(keys.map((key) => [key, new Decimal(String(row[key]))]))
  return { ...row, ...figures }
}

/** An order with its lines; undefined when there is none. */
export async function findOrder(tx: Tx, id: string): Promise<Order | undefined> {
  const [order] = await findOrders(tx, [id])
  return order
}

/** The same, held until the transaction ends: nobody else changes it meanwhile. */
export async function lockOrder(tx: Tx, id: string): Promise<Order | undefined> {
  await tx.$queryRaw`select id from sales_order where id = ${id}::uuid for update`
  return findOrder(tx, id)
}

/** Orders without their lines, for lists; in the order of the ids. */
export async function findOrderHeaders(tx: Tx, ids: readonly string[]): Promise<Order[]> {
  if (ids.length === 0) return []
  const headers = await tx.$queryRaw<Omit<Order, 'lines'>[]>`
    select id, number, customer_id as "customerId", owner_id as "ownerId", warehouse_id as "warehouseId", state,
      quotation_id as "quotationId", ordered_on::text as "orderedOn", promised_on::text as "promisedOn", term_code as "termCode",
      net_total as "netTotal", tax_total as "taxTotal", gross_total as "grossTotal", cost_total as "costTotal",
      delivered_gross as "deliveredGross", exposed, backorder, reasons, approval_id as "approvalId", note, address, custom, version,
      created_at as "createdAt", created_by as "createdBy", submitted_at as "submittedAt", confirmed_at as "confirmedAt"
    from sales_order where id = any(${ids}::uuid[])`
  const found = new Map(headers.map((header) => [header.id, { ...exact(header, headerAmounts), lines: [] }]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** Orders with their lines, in the order of the ids. */
export async function findOrders(tx: Tx, ids: readonly string[]): Promise<Order[]> {
  if (ids.length === 0) return []
  const [headers, lines] = await Promise.all([findOrderHeaders(tx, ids), findLines(tx, ids)])
  const linesOf = new Map<string, OrderLine[]>(ids.map((id) => [id, []]))
  for (const { orderId, ...line } of lines) linesOf.get(orderId)?.push(exact(line, lineAmounts))
  return headers.map((header) => ({ ...header, lines: linesOf.get(header.id) ?? [] }))
}

const findLines = (tx: Tx, orderIds: readonly string[]): Promise<(OrderLine & { orderId: string })[]> =>
  tx.$queryRaw<(OrderLine & { orderId: string })[]>`
    select id, order_id as "orderId", position, item_id as "itemId", warehouse_id as "warehouseId", entered, quantity,
      rule_price as "rulePrice", price_rule as "priceRule", price, price_note as "priceNote", tax_rate as "taxRate",
      net, tax, gross, unit_cost as "unitCost", cost, reserved, delivered, delivered_gross as "deliveredGross",
      promised_on::text as "promisedOn", custom
    from sales_order_line where order_id = any(${orderIds}::uuid[]) order by order_id, position`

/** Follows a statement that calls its order `header`. */
const insertLines = (lines: readonly OrderLine[]) => sql`
  insert into sales_order_line (id, order_id, position, item_id, warehouse_id, entered, quantity, rule_price, price_rule, price,
    price_note, tax_rate, net, tax, gross, unit_cost, cost, reserved, promised_on, custom)
  select l.id, header.id, position, "itemId", "warehouseId", entered, quantity, "rulePrice", "priceRule", price,
    "priceNote", "taxRate", net, tax, gross, "unitCost", cost, reserved, "promisedOn", custom
  from header, jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, position int, "itemId" uuid,
    "warehouseId" uuid, entered jsonb, quantity numeric, "rulePrice" numeric, "priceRule" jsonb, price numeric, "priceNote" text,
    "taxRate" numeric, net numeric, tax numeric, gross numeric, "unitCost" numeric, cost numeric, reserved numeric,
    "promisedOn" date, custom jsonb)`

/** Writes a new order with its lines in one statement, in whatever state it begins. */
export async function insertOrder(tx: Tx, order: Order): Promise<Order> {
  await sendAlong(tx, writeOrder(tx, order))
  return order
}

const writeOrder = (tx: Tx, order: Order): Promise<unknown> =>
  tx.$executeRaw`
    with header as (
      insert into sales_order (id, number, customer_id, owner_id, warehouse_id, state, quotation_id, ordered_on, promised_on,
        term_code, net_total, tax_total, gross_total, cost_total, exposed, backorder, reasons, note, address, custom, created_at,
        created_by, submitted_at, confirmed_at)
      select id, number, "customerId", "ownerId", "warehouseId", state, "quotationId", "orderedOn", "promisedOn",
        "termCode", "netTotal", "taxTotal", "grossTotal", "costTotal", exposed, backorder, reasons, note, address, custom, "createdAt",
        "createdBy", "submittedAt", "confirmedAt"
      from jsonb_to_record(${JSON.stringify(order)}::jsonb) as o(id uuid, number text, "customerId" uuid, "ownerId" uuid,
        "warehouseId" uuid, state text, "quotationId" uuid, "orderedOn" date, "promisedOn" date, "termCode" text, "netTotal" numeric,
        "taxTotal" numeric, "grossTotal" numeric, "costTotal" numeric, exposed numeric, backorder boolean, reasons jsonb, note text,
        address text, custom jsonb, "createdAt" timestamptz, "createdBy" uuid, "submittedAt" timestamptz, "confirmedAt" timestamptz)
      returning id)
    ${insertLines(order.lines)}`.catch((error: unknown) => {
    throw sqlState(error) === '23505' ? new Refusal('id_taken') : error
  })

/** Saves a draft that was edited. Its lines are replaced by new ones. */
export async function saveDraft(tx: Tx, order: Order): Promise<void> {
  const inserted = await tx.$executeRaw`
    with header as (
      update sales_order s set customer_id = o."customerId", owner_id = o."ownerId", warehouse_id = o."warehouseId",
        promised_on = o."promisedOn", term_code = o."termCode", net_total = o."netTotal", tax_total = o."taxTotal",
        gross_total = o."grossTotal", cost_total = o."costTotal", backorder = o.backorder, note = o.note, address = o.address,
        custom = o.custom, version = s.version + 1
      from jsonb_to_record(${JSON.stringify(order)}::jsonb) as o(id uuid, version int, "customerId" uuid, "ownerId" uuid,
        "warehouseId" uuid, "promisedOn" date, "termCode" text, "netTotal" numeric, "taxTotal" numeric, "grossTotal" numeric,
        "costTotal" numeric, backorder boolean, note text, address text, custom jsonb)
      where s.id = o.id and s.version = o.version and s.state = 'draft' returning s.id),
    gone as (delete from sales_order_line l using header where l.order_id = header.id)
    ${insertLines(order.lines)}`
  if (inserted === 0) throw new ChangedMeanwhile()
}

/** Saves what submitting decided: number, prices, exposure, the rules that fired, and the state it comes to. */
export async function saveSubmitted(tx: Tx, order: Order): Promise<Order> {
  await checkAlong(tx, writeSubmitted(tx, order))
  return { ...order, version: order.version + 1 }
}

async function writeSubmitted(tx: Tx, order: Order): Promise<void> {
  const updated = await tx.$executeRaw`
    with header as (
      update sales_order s set state = o.state, number = o.number, ordered_on = o."orderedOn", net_total = o."netTotal",
        tax_total = o."taxTotal", gross_total = o."grossTotal", cost_total = o."costTotal", exposed = o.exposed,
        reasons = o.reasons, submitted_at = o."submittedAt", confirmed_at = o."confirmedAt", version = s.version + 1
      from jsonb_to_record(${JSON.stringify(order)}::jsonb) as o(id uuid, version int, state text, number text, "orderedOn" date,
        "netTotal" numeric, "taxTotal" numeric, "grossTotal" numeric, "costTotal" numeric, exposed numeric, reasons jsonb,
        "submittedAt" timestamptz, "confirmedAt" timestamptz)
      where s.id = o.id and s.version = o.version and s.state = 'draft' returning s.id)
    update sales_order_line s set rule_price = l."rulePrice", price_rule = l."priceRule", price = l.price, tax_rate = l."taxRate",
      net = l.net, tax = l.tax, gross = l.gross, unit_cost = l."unitCost", cost = l.cost, reserved = l.reserved,
      promised_on = l."promisedOn"
    from header, jsonb_to_recordset(${JSON.stringify(order.lines)}::jsonb) as l(id uuid, "rulePrice" numeric, "priceRule" jsonb,
      price numeric, "taxRate" numeric, net numeric, tax numeric, gross numeric, "unitCost" numeric, cost numeric, reserved numeric,
      "promisedOn" date)
    where s.id = l.id and s.order_id = header.id`
  if (updated === 0) throw new ChangedMeanwhile()
}

type Moved = Pick<
  Order,
  'id' | 'version' | 'state' | 'exposed' | 'deliveredGross' | 'reasons' | 'approvalId' | 'confirmedAt' | 'note'
>

/** Saves a move from one state to another; somebody else's move in between is noticed. */
export async function saveMove(tx: Tx, from: Order['state'], order: Moved): Promise<void> {
  const moved = await tx.$executeRaw`
    update sales_order set state = ${order.state}, exposed = ${order.exposed.toFixed()}::numeric,
      delivered_gross = ${order.deliveredGross.toFixed()}::numeric, reasons = ${JSON.stringify(order.reasons)}::jsonb,
      approval_id = ${order.approvalId}::uuid, confirmed_at = ${order.confirmedAt}, note = ${order.note}, version = version + 1
    where id = ${order.id}::uuid and version = ${order.version} and state = ${from}`
  if (moved === 0) throw new ChangedMeanwhile()
}

/** Saves what the goods of an order cost. */
export async function saveCosts(tx: Tx, { id, costTotal, lines }: Order): Promise<void> {
  await tx.$executeRaw`
    with header as (
      update sales_order set cost_total = ${costTotal.toFixed()}::numeric where id = ${id}::uuid returning id)
    update sales_order_line s set unit_cost = l."unitCost", cost = l.cost
    from header, jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, "unitCost" numeric, cost numeric)
    where s.id = l.id and s.order_id = header.id`
}

type Progress = Pick<OrderLine, 'id' | 'reserved' | 'delivered' | 'deliveredGross' | 'promisedOn'>

/** Writes how far lines have come: held, delivered, promised. More than was ordered is caught by a CHECK. */
export async function saveProgress(tx: Tx, lines: readonly Progress[]): Promise<void> {
  await tx.$executeRaw`
    update sales_order_line s set reserved = l.reserved, delivered = l.delivered, delivered_gross = l."deliveredGross",
      promised_on = l."promisedOn"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, reserved numeric, delivered numeric,
      "deliveredGross" numeric, "promisedOn" date)
    where s.id = l.id`
}

/**
 * Orders under way that wait for any of these items, the oldest first, held until the transaction ends. They are locked in
 * the order of their ids, whatever their age, so that two who do this never wait for each other.
 */
export async function lockShortOrders(tx: Tx, itemIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string; submittedAt: Date }[]>`
    select id, submitted_at as "submittedAt" from sales_order
    where state in ('submitted', 'confirmed', 'partly_delivered') and id in (
      select order_id from sales_order_line where item_id = any(${itemIds}::uuid[]) and delivered + reserved < quantity)
    order by id for update`
  return rows.toSorted((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime()).map((row) => row.id)
}
