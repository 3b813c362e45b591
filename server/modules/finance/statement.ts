import { Decimal, type Input, Refusal, type Text, toMoney } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Day, dayAt, daysBetween } from '#kernel/days'
import type { CustomerFacts } from '#server/modules/parties'
import { total } from './allocation.model.ts'
import type { AsKnownAt, finance, Statement } from './contract.ts'
import { laterBalances } from './late-store.ts'
import { customerOf, mayReadAmounts, mayReadReceivables } from './policy.ts'
import { balanceBefore, type StatementRow, statementRows } from './statement-store.ts'

const daysMax = 366

/** A customer's statement for a period; without days, for this month so far. */
export async function statement(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof finance)['endpoints']['statement']>,
): Promise<Statement> {
  mayReadReceivables(caller)
  mayReadAmounts(caller)
  return statementOf(tx, await customerOf(tx, caller, input.id), input, caller.at)
}

/** The statement of a customer that one may see: of the days asked for, else of the month so far. */
export async function statementOf(
  tx: Tx,
  customer: CustomerFacts,
  asked: { from?: Day; to?: Day; asKnownAt?: AsKnownAt },
  at: Date,
): Promise<Statement> {
  const to = asked.to ?? dayAt(at)
  const from = asked.from ?? `${to.slice(0, 8)}01`
  if (from > to || daysBetween(from, to) >= daysMax) throw new Refusal('statement_too_long')

  const opening = new Decimal(await balanceBefore(tx, customer.id, from, asked.asKnownAt))
  const rows = await statementRows(tx, customer.id, from, to, asked.asKnownAt)
  const amounts = rows.map((row) => new Decimal(row.amount))
  return {
    customerId: customer.id,
    customerName: customer.name,
    from,
    to,
    asKnownAt: asked.asKnownAt,
    opening: toMoney(opening),
    charged: toMoney(total(amounts.filter((amount) => amount.gt(0)))),
    paid: toMoney(total(amounts.filter((amount) => amount.lt(0))).neg()),
    closing: toMoney(opening.plus(total(amounts))),
    ...(await changedSince(tx, customer.id, to, asked.asKnownAt)),
    entries: withBalances(opening, rows),
  }
}

async function changedSince(
  tx: Tx,
  customerId: string,
  until: Day,
  asKnownAt: AsKnownAt | undefined,
): Promise<{ later?: string }> {
  if (asKnownAt === undefined) return {}
  const [later] = await laterBalances(tx, { until, asKnownAt, customers: [customerId] })
  return { later: toMoney(later?.amount ?? 0) }
}

function withBalances(opening: Decimal, rows: readonly StatementRow[]): Statement['entries'] {
  let balance = opening
  return rows.map((row) => {
    balance = balance.plus(row.amount)
    return { ...shownEntry(row), balance: toMoney(balance) }
  })
}

/** A line of the ledger as people read it. */
export const shownEntry = <R extends StatementRow>(row: R) => ({
  ...row,
  words: words[row.kind] ?? { zh: row.kind, en: row.kind },
  amount: toMoney(row.amount),
  recordedAt: row.recordedAt.toISOString(),
})

const words: Record<string, Text> = {
  opening: { zh: '期初余额', en: 'Opening balance' },
  delivery: { zh: '出库', en: 'Delivery' },
  order: { zh: '订单', en: 'Order' },
  receipt: { zh: '收款', en: 'Receipt' },
  reversal: { zh: '收款冲销', en: 'Receipt reversed' },
  return: { zh: '退货', en: 'Return' },
  return_reversal: { zh: '退货冲销', en: 'Return reversed' },
}
