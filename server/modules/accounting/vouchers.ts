import { type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { namesOf } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import type { accounting, Voucher, VoucherRow } from './contract.ts'
import { mayReadVouchers } from './policy.ts'
import { findLines, findVoucher, type FoundLine, type ListedVoucher, listVouchers } from './voucher-list-store.ts'

type Endpoints = (typeof accounting)['endpoints']

/** Vouchers, latest first. */
export async function vouchers(
  tx: Tx,
  caller: Caller,
  { cursor, limit, ...filter }: Input<Endpoints['vouchers']>,
): Promise<Output<Endpoints['vouchers']>> {
  mayReadVouchers(caller)
  const listed = await listVouchers(tx, filter, limit, keysOf(cursor, ['day', 'text']))
  const page = pageFrom(listed, limit, (row) => [row.on, row.number])
  return { rows: await named(tx, page.rows), cursor: page.cursor }
}

type LineOf = FoundLine & { customerName: string | null }

/** Vouchers with their lines. */
export async function withLines(
  tx: Tx,
  vouchers: readonly VoucherRow[],
): Promise<(VoucherRow & { lines: LineOf[] })[]> {
  const found = await findLines(
    tx,
    vouchers.map(({ id }) => id),
  )
  const nameOf = await customerNames(tx, found)
  const linesOf = new Map<string, LineOf[]>(vouchers.map(({ id }) => [id, []]))
  for (const line of found) linesOf.get(line.voucherId)?.push({ ...line, customerName: nameOf(line) })
  return vouchers.map((row) => ({ ...row, lines: linesOf.get(row.id) ?? [] }))
}

/** One voucher with its lines, and the others of its document. */
export async function voucher(tx: Tx, caller: Caller, { id }: Input<Endpoints['voucher']>): Promise<Voucher> {
  mayReadVouchers(caller)
  const found = await findVoucher(tx, id)
  if (!found) throw new Refusal('not_found', { what: { zh: '凭证', en: 'voucher' } })
  const { lines, madeAt, by, ...row } = found
  const ofSource = await listVouchers(tx, { sourceId: row.sourceId }, othersMax)
  const [people, nameOf] = [await namesOf(tx, [by]), await customerNames(tx, [row, ...lines])]
  return {
    voucher: {
      ...row,
      customerName: nameOf(row),
      madeAt: madeAt.toISOString(),
      by: people.get(by) ?? '',
      lines: lines.map((line) => ({ ...line, customerName: nameOf(line) })),
    },
    others: await named(
      tx,
      ofSource.filter((other) => other.id !== id),
    ),
  }
}
const othersMax = 50

async function named(tx: Tx, rows: readonly ListedVoucher[]): Promise<VoucherRow[]> {
  const nameOf = await customerNames(tx, rows)
  return rows.map((row) => ({ ...row, customerName: nameOf(row) }))
}

type OfCustomer = { customerId: string | null }

/** What the customers of some rows are called. */
export async function customerNames(tx: Tx, rows: readonly OfCustomer[]): Promise<(row: OfCustomer) => string | null> {
  const ids = new Set(rows.flatMap(({ customerId }) => customerId ?? []))
  const customers = await customersByIds(tx, [...ids])
  return ({ customerId }) => customers.get(customerId ?? '')?.shortName ?? null
}
