import { Decimal } from '#contract'
import { onceIn, sendAlong, type Tx } from '#kernel/db'
import { type Exposure, exposureFrom, noExposure } from './exposure.model.ts'

type Row = { customerId: string; ordered: string; owed: string; advance: string }

/** What uses each customer's credit; one entry for every id asked for. */
export async function exposureOf(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Exposure>> {
  const rows = await tx.customerExposure.findMany({ where: { customerId: { in: [...customerIds] } } })
  const known = new Map(
    rows.map((row) => [row.customerId, read(row.ordered.toString(), row.owed.toString(), row.advance.toString())]),
  )
  return new Map(customerIds.map((id) => [id, known.get(id) ?? noExposure]))
}

/**
 * Holds the customer's row until the transaction ends, and makes it where there is none. Whoever decides by a limit, or
 * moves money of a customer, holds it: two of them never see the same room. Who moves stock as well holds the customer first: goods are
 * wanted by more people at once, and so are held for a shorter time.
 */
export function lockExposure(tx: Tx, customerId: string): Promise<Exposure> {
  const exposure = lockRow(tx, customerId)
  void onceIn(tx, held(customerId), () => exposure)
  return exposure
}

/** The same for whoever needs the row held, not what it says: once in a transaction is enough. */
export async function holdExposure(tx: Tx, customerId: string): Promise<void> {
  await onceIn(tx, held(customerId), () => lockRow(tx, customerId))
}

const held = (customerId: string): string => `exposure held ${customerId}`

async function lockRow(tx: Tx, customerId: string): Promise<Exposure> {
  const found = await selectForUpdate(tx, customerId)
  if (found) return found
  await tx.$executeRaw`
    insert into customer_exposure (customer_id) values (${customerId}::uuid) on conflict do nothing`
  return (await selectForUpdate(tx, customerId)) ?? noExposure
}

async function selectForUpdate(tx: Tx, customerId: string): Promise<Exposure | undefined> {
  const [row] = await tx.$queryRaw<Row[]>`
    select customer_id as "customerId", ordered::text, owed::text, advance::text
    from customer_exposure where customer_id = ${customerId}::uuid for update`
  return row && read(row.ordered, row.owed, row.advance)
}

type Parts = { ordered?: Decimal.Value; owed?: Decimal.Value; advance?: Decimal.Value }

/**
 * Moves the parts of an exposure that the caller holds. None can fall below zero: the table's CHECK ends a transaction
 * that tries.
 */
export async function changeExposure(tx: Tx, customerId: string, parts: Parts): Promise<void> {
  const changed = await moveExposure(tx, customerId, parts)
  if (changed !== 1) throw new Error(`The exposure of customer ${customerId} is changed by who does not hold it`)
}

const moveExposure = (tx: Tx, customerId: string, { ordered = 0, owed = 0, advance = 0 }: Parts): Promise<number> =>
  tx.$executeRaw`
    update customer_exposure
    set ordered = ordered + ${String(ordered)}::numeric, owed = owed + ${String(owed)}::numeric,
        advance = advance + ${String(advance)}::numeric
    where customer_id = ${customerId}::uuid`

/** An order begins to count against the limit, or, with a negative amount, no longer does. */
export async function addOrdered(tx: Tx, customerId: string, amount: Decimal): Promise<void> {
  await holdExposure(tx, customerId)
  await sendAlong(tx, moveExposure(tx, customerId, { ordered: amount }))
}

const read = (ordered: string, owed: string, advance: string): Exposure =>
  exposureFrom(new Decimal(ordered), new Decimal(owed), new Decimal(advance))
