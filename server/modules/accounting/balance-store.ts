import { noSql, type Sql, sql, type Tx } from '#kernel/db'
import type { Day } from '#kernel/days'
import type { AccountEntry } from './contract.ts'

export type AccountSums = {
  account: string
  /** Debits less credits of all days before. */
  opening: string
  debit: string
  credit: string
}

/** What each account stood at before some days, and what went to it on them. */
export const accountSums = (
  tx: Tx,
  { from, to, only }: { from: Day; to: Day; only?: OfAccount },
): Promise<AccountSums[]> =>
  tx.$queryRaw<AccountSums[]>`
    select l.account, coalesce(sum(l.debit - l.credit) filter (where l."on" < ${from}::date), 0)::text as opening,
      coalesce(sum(l.debit) filter (where l."on" >= ${from}::date), 0)::text as debit,
      coalesce(sum(l.credit) filter (where l."on" >= ${from}::date), 0)::text as credit
    from voucher_line l where l."on" <= ${to}::date ${only ? ofAccount(only) : noSql} group by 1 order by 1`

export type OfAccount = { code: string; customerId?: string }
const ofAccount = ({ code, customerId }: OfAccount): Sql =>
  sql`and l.account = ${code} ${customerId ? sql`and l.customer_id = ${customerId}::uuid` : noSql}`

export type ListedEntry = Omit<AccountEntry, 'balance' | 'customerName'> & {
  customerId: string | null
  position: number
}

/** What went to an account on some days, first to last; one row more than the limit. */
export function listEntries(
  tx: Tx,
  { from, to, ...account }: OfAccount & { from: Day; to: Day },
  limit: number,
  after?: readonly [day: Day, number: string, position: number],
): Promise<ListedEntry[]> {
  const [day, number, position] = after ?? []
  const later = after ? sql`and (l."on", v.number, l.position) > (${day}::date, ${number}, ${position})` : noSql
  return tx.$queryRaw<ListedEntry[]>`
    select l.id, l.voucher_id as "voucherId", v.number, l."on"::text as "on", v.event, v.source_number as "sourceNumber",
      coalesce(l.customer_id, v.customer_id) as "customerId", l.category, l.debit::text, l.credit::text, l.position
    from voucher_line l join voucher v on v.id = l.voucher_id
    where l."on" between ${from}::date and ${to}::date ${ofAccount(account)} ${later}
    order by l."on", v.number, l.position limit ${limit + 1}`
}
