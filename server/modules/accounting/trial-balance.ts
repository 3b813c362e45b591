import { Decimal, type Input, Refusal, toMoney } from '#contract'
import type { Caller } from '#kernel/caller'
import { endOfMonth } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { cursorOf, keysOf } from '#kernel/paging'
import { listAccounts } from './account-store.ts'
import { accountSums, listEntries } from './balance-store.ts'
import type { accounting, AccountPage, TrialBalance } from './contract.ts'
import { mayReadVouchers } from './policy.ts'
import { customerNames } from './vouchers.ts'

type Endpoints = (typeof accounting)['endpoints']
type Sides = TrialBalance['total']['opening']

/** What each account stood at before some months, what went to it in them, and what it stands at after them. */
export async function trialBalance(
  tx: Tx,
  caller: Caller,
  { from, to }: Input<Endpoints['trialBalance']>,
): Promise<TrialBalance> {
  mayReadVouchers(caller)
  if (from > to) throw new Refusal('periods_reversed')
  const chart = new Map((await listAccounts(tx)).map((account) => [account.code, account]))
  const sums = await accountSums(tx, { from: `${from}-01`, to: endOfMonth(`${to}-01`) })
  const rows = sums.map(({ account, opening, debit, credit }) => {
    const { name, kind } = chart.get(account)! // a voucher's line goes to an account that is there
    const closing = new Decimal(opening).plus(debit).minus(credit)
    return { account, name, kind, opening: onSide(opening), turnover: { debit, credit }, closing: onSide(closing) }
  })
  const total = {
    opening: added(rows.map(({ opening }) => opening)),
    turnover: added(rows.map(({ turnover }) => turnover)),
    closing: added(rows.map(({ closing }) => closing)),
  }
  return {
    from,
    to,
    rows: rows.filter(({ opening, turnover, closing }) => [opening, turnover, closing].some(isSomething)),
    total,
  }
}

const onSide = (balance: Decimal.Value): Sides => {
  const value = new Decimal(balance)
  return { debit: toMoney(Decimal.max(value, 0)), credit: toMoney(Decimal.max(value.neg(), 0)) }
}
const added = (all: readonly Sides[]): Sides => ({
  debit: toMoney(Decimal.sum(0, ...all.map(({ debit }) => debit))),
  credit: toMoney(Decimal.sum(0, ...all.map(({ credit }) => credit))),
})
const isSomething = ({ debit, credit }: Sides): boolean => !new Decimal(debit).isZero() || !new Decimal(credit).isZero()

/** The ledger of an account: what went to it, line by line, with what it stood at after each. */
export async function accountLedger(
  tx: Tx,
  caller: Caller,
  { code, from, to, customerId, cursor, limit }: Input<Endpoints['accountLedger']>,
): Promise<AccountPage> {
  mayReadVouchers(caller)
  const account = (await listAccounts(tx)).find((one) => one.code === code)
  if (!account) throw new Refusal('not_found', { what: { zh: '科目', en: 'account' } })
  const only = { code, ...(customerId && { customerId }) }
  const [sums] = await accountSums(tx, { from, to, only })
  const usual = (debit: Decimal.Value, credit: Decimal.Value = 0): Decimal =>
    account.side === 'debit' ? new Decimal(debit).minus(credit) : new Decimal(credit).minus(debit)
  const [opening, debit, credit] = [usual(sums?.opening ?? 0), sums?.debit ?? '0.00', sums?.credit ?? '0.00']

  // A later page goes on from the balance at which the one before it ended.
  const after = keysOf(cursor, ['day', 'text', 'rank', 'decimal'])
  const listed = await listEntries(tx, { ...only, from, to }, limit, after && [after[0], after[1], after[2]])
  const shown = listed.slice(0, limit)
  const nameOf = await customerNames(tx, shown)
  let balance = after ? new Decimal(after[3]) : opening
  const rows = shown.map((entry) => {
    balance = balance.plus(usual(entry.debit, entry.credit))
    return { ...entry, customerName: nameOf(entry), balance: toMoney(balance) }
  })
  const last = shown.at(-1)
  return {
    account,
    opening: toMoney(opening),
    ...{ debit, credit, closing: toMoney(opening.plus(usual(debit, credit))) },
    rows,
    cursor: listed.length > limit && last ? cursorOf([last.on, last.number, last.position, toMoney(balance)]) : null,
  }
}
