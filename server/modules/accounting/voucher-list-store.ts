import { joinSql, noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import { searchWords } from '#kernel/search'
import type { VoucherEvent } from './voucher-template.document.ts'

export type ListedVoucher = {
  id: string
  number: string
  on: Day
  documentOn: Day | null
  event: VoucherEvent
  sourceDocument: string
  sourceId: string
  sourceNumber: string
  customerId: string | null
  amount: string
}
export type VoucherFilter = {
  q?: string
  from?: Day
  to?: Day
  account?: string
  event?: VoucherEvent
  sourceId?: string
  customerId?: string
}

const columns = sql`
  v.id, v.number, v."on"::text as "on", v.document_on::text as "documentOn", v.event, v.source_document as "sourceDocument", v.source_id as "sourceId",
  v.source_number as "sourceNumber", v.customer_id as "customerId", v.amount::text`

/** Latest first; one row more than the limit. */
export function listVouchers(
  tx: Tx,
  filter: VoucherFilter,
  limit: number,
  after?: [day: Day, number: string],
): Promise<ListedVoucher[]> {
  const conditions = [
    ...conditionsOf(filter),
    after ? sql`(v."on", v.number) < (${after[0]}::date, ${after[1]})` : noSql,
  ]
  const given = conditions.filter((condition) => condition !== noSql)
  return tx.$queryRaw<ListedVoucher[]>`
    select ${columns} from voucher v ${given.length > 0 ? sql`where ${joinSql(given, ' and ')}` : noSql}
    order by v."on" desc, v.number desc limit ${limit + 1}`
}

function conditionsOf({ q, from, to, account, event, sourceId, customerId }: VoucherFilter): Sql[] {
  const words = searchWords(q ?? '').map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  return [
    from ? sql`v."on" >= ${from}::date` : noSql,
    to ? sql`v."on" <= ${to}::date` : noSql,
    event ? sql`v.event = ${event}` : noSql,
    sourceId ? sql`v.source_id = ${sourceId}::uuid` : noSql,
    customerId ? sql`v.customer_id = ${customerId}::uuid` : noSql,
    account ? sql`exists (select from voucher_line l where l.voucher_id = v.id and l.account = ${account})` : noSql,
    ...words.map((word) => sql`(v.number ilike ${word} or v.source_number ilike ${word})`),
  ]
}

export type FoundVoucher = ListedVoucher & { madeAt: Date; by: string; lines: FoundLine[] }
export type FoundLine = {
  id: string
  account: string
  accountName: { zh: string; en: string }
  debit: string
  credit: string
  customerId: string | null
  category: string | null
}

export async function findVoucher(tx: Tx, id: string): Promise<FoundVoucher | undefined> {
  const [row] = await tx.$queryRaw<Omit<FoundVoucher, 'lines'>[]>`
    select ${columns}, v.made_at as "madeAt", v.by from voucher v where v.id = ${id}::uuid`
  if (!row) return undefined
  return { ...row, lines: await findLines(tx, [id]) }
}

/** The lines of these vouchers, each voucher's in their order. */
export const findLines = (tx: Tx, voucherIds: readonly string[]): Promise<(FoundLine & { voucherId: string })[]> =>
  tx.$queryRaw<(FoundLine & { voucherId: string })[]>`
    select l.id, l.voucher_id as "voucherId", l.account, jsonb_build_object('zh', a.name_zh, 'en', a.name_en) as "accountName",
      l.debit::text, l.credit::text, l.customer_id as "customerId", l.category
    from voucher_line l join ledger_account a on a.code = l.account
    where l.voucher_id = any(${voucherIds}::uuid[]) order by l.voucher_id, l.position`
