import { type Sql, sql, type Tx } from '#kernel/db'
import { ChangedMeanwhile } from '#kernel/perform'
import type { SoldLine } from './order.model.ts'
import { exact } from './order-store.ts'
import type { Quotation } from './quotation.model.ts'

const headerAmounts = ['netTotal', 'taxTotal', 'grossTotal', 'costTotal'] as const
const lineAmounts = ['quantity', 'rulePrice', 'price', 'taxRate', 'net', 'tax', 'gross', 'unitCost', 'cost'] as const

export async function findQuotation(tx: Tx, id: string): Promise<Quotation | undefined> {
  const [quotation] = await findQuotations(tx, [id])
  return quotation
}

/** The same, held until the transaction ends. */
export async function lockQuotation(tx: Tx, id: string): Promise<Quotation | undefined> {
  await tx.$queryRaw`select id from quotation where id = ${id}::uuid for update`
  return findQuotation(tx, id)
}

/** Quotations without their lines, for lists; in the order of the ids. */
export async function findQuotationHeaders(tx: Tx, ids: readonly string[]): Promise<Quotation[]> {
  if (ids.length === 0) return []
  const headers = await tx.$queryRaw<Omit<Quotation, 'lines'>[]>`
    select id, number, customer_id as "customerId", owner_id as "ownerId", warehouse_id as "warehouseId", state, revision,
      valid_until::text as "validUntil", held_until as "heldUntil", net_total as "netTotal", tax_total as "taxTotal",
      gross_total as "grossTotal", cost_total as "costTotal", reasons, approval_id as "approvalId", note, order_id as "orderId", custom, version,
      created_at as "createdAt", created_by as "createdBy"
    from quotation where id = any(${ids}::uuid[])`
  const found = new Map(headers.map((header) => [header.id, { ...exact(header, headerAmounts), lines: [] }]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

/** Quotations with their lines, in the order of the ids. */
export async function findQuotations(tx: Tx, ids: readonly string[]): Promise<Quotation[]> {
  const headers = await findQuotationHeaders(tx, ids)
  if (headers.length === 0) return []
  const lines = await tx.$queryRaw<(SoldLine & { quotationId: string })[]>`
    select id, quotation_id as "quotationId", position, item_id as "itemId", entered, quantity, rule_price as "rulePrice",
      price_rule as "priceRule", price, price_note as "priceNote", tax_rate as "taxRate", net, tax, gross,
      unit_cost as "unitCost", cost, custom
    from quotation_line where quotation_id = any(${ids}::uuid[]) order by quotation_id, position`
  const linesOf = new Map<string, SoldLine[]>(ids.map((id) => [id, []]))
  for (const { quotationId, ...line } of lines) linesOf.get(quotationId)?.push(exact(line, lineAmounts))
  return headers.map((header) => ({ ...header, lines: linesOf.get(header.id) ?? [] }))
}

/** Follows a statement that calls its quotation `header`. */
const insertLines = (lines: readonly SoldLine[]): Sql => sql`
  insert into quotation_line (id, quotation_id, position, item_id, entered, quantity, rule_price, price_rule, price, price_note,
    tax_rate, net, tax, gross, unit_cost, cost, custom)
  select l.id, header.id, position, "itemId", entered, quantity, "rulePrice", "priceRule", price, "priceNote",
    "taxRate", net, tax, gross, "unitCost", cost, custom
  from header, jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as l(id uuid, position int, "itemId" uuid, entered jsonb,
    quantity numeric, "rulePrice" numeric, "priceRule" jsonb, price numeric, "priceNote" text, "taxRate" numeric, net numeric,
    tax numeric, gross numeric, "unitCost" numeric, cost numeric, custom jsonb)`

/** Writes a new quotation with its lines in one statement; false when the id is taken. */
export async function insertQuotation(tx: Tx, quotation: Quotation): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    with header as (
      insert into quotation (id, customer_id, owner_id, warehouse_id, state, valid_until, net_total, tax_total, gross_total,
        cost_total, note, custom, created_at, created_by)
      select id, "customerId", "ownerId", "warehouseId", 'draft', "validUntil", "netTotal", "taxTotal", "grossTotal",
        "costTotal", note, custom, "createdAt", "createdBy"
      from jsonb_to_record(${JSON.stringify(quotation)}::jsonb) as q(id uuid, "customerId" uuid, "ownerId" uuid,
        "warehouseId" uuid, "validUntil" date, "netTotal" numeric, "taxTotal" numeric, "grossTotal" numeric,
        "costTotal" numeric, note text, custom jsonb, "createdAt" timestamptz, "createdBy" uuid)
      on conflict (id) do nothing returning id)
    ${insertLines(quotation.lines)}`
  return inserted > 0
}

/** Saves a quotation that was edited: a draft again, with new lines in place of the old ones. */
export async function saveQuotation(tx: Tx, from: Quotation['state'], quotation: Quotation): Promise<void> {
  const inserted = await tx.$executeRaw`
    with header as (
      update quotation q set customer_id = n."customerId", owner_id = n."ownerId", warehouse_id = n."warehouseId",
        state = n.state, revision = n.revision, valid_until = n."validUntil", held_until = n."heldUntil",
        net_total = n."netTotal", tax_total = n."taxTotal", gross_total = n."grossTotal", cost_total = n."costTotal",
        note = n.note, custom = n.custom, version = q.version + 1
      from jsonb_to_record(${JSON.stringify(quotation)}::jsonb) as n(id uuid, version int, state text, revision int,
        "customerId" uuid, "ownerId" uuid, "warehouseId" uuid, "validUntil" date, "heldUntil" timestamptz,
        "netTotal" numeric, "taxTotal" numeric, "grossTotal" numeric, "costTotal" numeric, note text, custom jsonb)
      where q.id = n.id and q.version = n.version and q.state = ${from} returning q.id),
    gone as (delete from quotation_line l using header where l.quotation_id = header.id)
    ${insertLines(quotation.lines)}`
  if (inserted === 0) throw new ChangedMeanwhile()
}

/** Saves a move from one state to another; somebody else's move in between is noticed. */
export async function saveQuotationMove(tx: Tx, from: Quotation['state'], quotation: Quotation): Promise<void> {
  const { id, version, state, number, heldUntil, orderId, note } = quotation
  const moved = await tx.$executeRaw`
    update quotation set state = ${state}, number = ${number}, held_until = ${heldUntil}, order_id = ${orderId}::uuid, note = ${note},
      reasons = ${JSON.stringify(quotation.reasons)}::jsonb, approval_id = ${quotation.approvalId}::uuid, version = version + 1
    where id = ${id}::uuid and version = ${version} and state = ${from}`
  if (moved === 0) throw new ChangedMeanwhile()
}

/** Quotations whose day is over. */
export async function overdueQuotationIds(tx: Tx, today: string, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from quotation where state in ('draft', 'approved') and valid_until < ${today}::date
    order by valid_until, id limit ${limit}`
  return rows.map((row) => row.id)
}
