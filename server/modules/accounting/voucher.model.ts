import { Decimal } from '#contract'
import {
  keyOfLine,
  linesOf,
  type Side,
  type TemplateKey,
  type TemplateLine,
  type VoucherEvent,
} from './voucher-template.document.ts'

/** The document that an event is of. */
export type Source = { document: string; id: string; number: string }

/** What of an event goes under one of its amounts, and of whom or what it is. */
export type Part = { amount: string; value: Decimal; customerId?: string; category?: string }

/** Something that happened in a ledger: all of the lines that one deed wrote of one document, for one day. */
export type LedgerEvent = {
  event: VoucherEvent
  source: Source
  customerId: string | null
  on: string
  documentOn: string | null
  recordedAt: string
  by: string
  /** The lines of the ledger that it is made of. */
  lineIds: string[]
  parts: Part[]
}

export type Account = { code: string; keeps: readonly string[]; control: string | null }
export type Line = {
  account: string
  side: Side
  amount: Decimal
  customerId: string | null
  category: string | null
}
/** Which account a line of a template goes to. */
export type AccountOf = (event: TemplateKey, line: TemplateLine) => Account

/** What an event comes to in the accounts: each amount where its template says, by whatever the account keeps. */
export function templatedLines(event: TemplateKey, parts: readonly Part[], accountOf: AccountOf): Line[] {
  const lines = linesOf(event).flatMap((line) => {
    const { code, keeps } = accountOf(event, line)
    return parts
      .filter(({ amount }) => amount === line.amount)
      .map(({ value, customerId, category }) => ({
        account: code,
        side: line.side,
        amount: value,
        customerId: (keeps.includes('customer') && customerId) || null,
        category: (keeps.includes('category') && category) || null,
      }))
  })
  return merged(lines)
}

/** The same in red: what it undoes is as if it had not been, and both stand there. */
export const inRed = (lines: readonly Line[]): Line[] =>
  merged(lines.map((line) => ({ ...line, amount: line.amount.neg() })))

/** One line for whatever differs in nothing but its amount; what comes to nothing is left out. Black and red are kept apart: both were there. */
function merged(lines: readonly Line[]): Line[] {
  const sums = new Map<string, Line>()
  for (const line of lines) {
    const key = JSON.stringify([line.account, line.side, line.customerId, line.category, line.amount.isNegative()])
    const known = sums.get(key)
    sums.set(key, known ? { ...known, amount: known.amount.plus(line.amount) } : line)
  }
  return [...sums.values()].filter(({ amount }) => !amount.isZero())
}

/** What the debits come to, and the credits; null where they differ: then there is no voucher. */
export function amountOf(lines: readonly Line[]): Decimal | null {
  const onSide = (side: Side): Decimal =>
    Decimal.sum(0, ...lines.filter((line) => line.side === side).map(({ amount }) => amount))
  const debit = onSide('debit')
  return debit.eq(onSide('credit')) ? debit : null
}

/** Under which name the company's own choice of an account is kept. */
export const choiceKey = (event: TemplateKey, line: Pick<TemplateLine, 'side' | 'amount'>): string =>
  `${event}.${keyOfLine(line)}`

/** A line that a ledger is checked by goes to an account of that ledger, and no other line does. */
export const mayTake = (line: TemplateLine, account: Account): boolean => (line.control ?? null) === account.control
