import { Decimal, type Input, Refusal, type Text, toMoney } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Day, dayAt, daysBetween } from '#kernel/days'
import type { CustomerFacts } from '#server/modules/parties'
import { total } from './allocation.model.ts'
import type { finance, Statement } from './contract.ts'
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
  asked: { from?: Day; to?: Day },
  at: Date,
): Promise<Statement> {
  const to = asked.to ?? dayAt(at)
  const from = asked.from ?? `${to.slice(0, 8)}01`
  if (from > to || daysBetween(from, to) >= daysMax) throw new Refusal('statement_too_long')

  const opening = new Decimal(await balanceBefore(tx, customer.id, from))
  const rows = await statementRows(tx, customer.id, from, to)
  const amounts = rows.map((row) => new Decimal(row.amount))
  return {
    customerId: customer.id,
    customerName: customer.name,
    from,
    to,
    opening: toMoney(opening),
    charged: toMoney(total(amounts.filter((amount) => amount.gt(0)))),
    paid: toMoney(total(amounts.filter((amount) => amount.lt(0))).neg()),
    closing: toMoney(opening.plus(total(amounts))),
    entries: withBalances(opening, rows),
  }
}

function withBalances(opening: Decimal, rows: readonly StatementRow[]): Statement['entries'] {
  let balance = opening
  return rows.map((row) => {
    balance = balance.plus(row.amount)
    return { ...row, words: wordsOf(row.kind), amount: toMoney(row.amount), balance: toMoney(balance) }
  })
}

const words: Record<string, Text> = {
  opening: { zh: '期初余额', en: 'Opening balance' },
  delivery: { zh: '出库', en: 'Delivery' },
  order: { zh: '订单', en: 'Order' },
  receipt: { zh: '收款', en: 'Receipt' },
  reversal: { zh: '收款冲销', en: 'Receipt reversed' },
}
const wordsOf = (kind: string): Text => words[kind] ?? { zh: kind, en: kind }
