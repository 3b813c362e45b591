import { Decimal, type Text, toMoney } from '#contract'
import { type Day, addDays, dayAt, daysBetween } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { readSetting } from '#kernel/settings'
import { registerShareable, type Sheet, type SheetPart } from '#server/engines/shares'
import { companyName } from '#server/modules/org'
import { customersByIds } from '#server/modules/parties'
import { type OpenItem, total } from './allocation.model.ts'
import type { Statement } from './contract.ts'
import { customerOf, mayReadAmounts, mayReadReceivables } from './policy.ts'
import { openItems } from './receivable-store.ts'
import { statementOf } from './statement.ts'

const label: Text = { zh: '对账单', en: 'Statement' }
const daysMax = 365

/** A statement can be given to its customer; that it was stands on the customer's timeline. */
export const registerStatements = (): void =>
  registerShareable('statement', {
    label,
    toldBy: 'customer',
    mayRead: async (tx, caller, id) => {
      mayReadReceivables(caller)
      mayReadAmounts(caller)
      await customerOf(tx, caller, id)
    },
    sheet: statementSheet,
  })

type Asked = { id: string; at: Date; from?: Day; to?: Day }

/** What a customer was charged and paid in a period, what he owes at its end, and what of it is open now. */
async function statementSheet(tx: Tx, { id, at, from, to }: Asked): Promise<Sheet | undefined> {
  const customer = (await customersByIds(tx, [id])).get(id)
  if (!customer) return undefined
  const today = dayAt(at)
  // A link that goes up to the day of its opening is opened later than a statement may be long: then it tells of the last year.
  const begin = from && !to && daysBetween(from, today) > daysMax ? addDays(today, -daysMax) : from
  const statement = await statementOf(tx, customer, { from: begin, to }, at)
  const open = await openItems(tx, id)
  return {
    title: label,
    number: customer.number,
    company: await readSetting(tx, companyName),
    customer: customer.name,
    state: null,
    at: at.toISOString(),
    parts: [balance(statement), ...inShort(statement), entries(statement), openNow(open, today)],
  }
}

const balance = ({ to, closing }: Statement): SheetPart => ({
  part: 'figure',
  label: closing.startsWith('-')
    ? { zh: `截至 ${to} 预收余额`, en: `Paid in advance on ${to}` }
    : { zh: `截至 ${to} 应付余额`, en: `Balance due on ${to}` },
  kind: 'money',
  value: closing.replace('-', ''),
})

const inShort = ({ from, to, opening, charged, paid }: Statement): SheetPart[] => [
  {
    part: 'facts',
    facts: [
      { label: { zh: '从', en: 'From' }, kind: 'day', value: from },
      { label: { zh: '到', en: 'To' }, kind: 'day', value: to },
      { label: { zh: '期初余额', en: 'Opening balance' }, kind: 'money', value: opening },
      { label: { zh: '本期应付', en: 'Charged' }, kind: 'money', value: charged },
      { label: { zh: '本期付款', en: 'Paid' }, kind: 'money', value: paid },
    ],
  },
]

const entries = ({ entries: rows, closing }: Statement): SheetPart => ({
  part: 'table',
  title: { zh: '本期明细', en: 'Entries of the period' },
  columns: [
    { label: { zh: '摘要', en: 'What' }, kind: 'text', look: 'words' },
    { label: { zh: '日期', en: 'Date' }, kind: 'day', look: 'words' },
    { label: { zh: '金额', en: 'Amount' }, kind: 'money', look: 'main' },
    { label: { zh: '余额', en: 'Balance' }, kind: 'money', look: 'figure' },
  ],
  rows: rows.map((row) => ({ note: row.sourceNumber, cells: [row.words, row.on, row.amount, row.balance] })),
  sums: [{ label: { zh: '期末余额', en: 'Closing balance' }, kind: 'money', value: closing }],
  empty: { zh: '这段时间没有往来', en: 'Nothing happened in this period' },
})

function openNow(open: readonly OpenItem[], today: Day): SheetPart {
  const rows = open.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
  const due = rows.filter(({ dueOn }) => dueOn <= today)
  return {
    part: 'table',
    title: { zh: `未付款项（${today}）`, en: `Open items on ${today}` },
    columns: [
      { label: { zh: '单据', en: 'Document' }, kind: 'text', look: 'words' },
      { label: { zh: '到期日', en: 'Due' }, kind: 'day', look: 'words' },
      { label: { zh: '未付金额', en: 'Open' }, kind: 'money', look: 'main' },
    ],
    rows: rows.map(({ number, dueOn, open: left }) => ({
      note: overdueWords(dueOn, today),
      cells: [number, dueOn, toMoney(left)],
    })),
    sums: [
      { label: { zh: '已到期', en: 'Due by now' }, kind: 'money', value: sum(due) },
      { label: { zh: '未付合计', en: 'Open in all' }, kind: 'money', value: sum(rows) },
    ],
    empty: { zh: '没有未付款项', en: 'Nothing is open' },
  }
}

const sum = (items: readonly OpenItem[]): string =>
  toMoney(items.length > 0 ? total(items.map(({ open }) => open)) : new Decimal(0))

function overdueWords(dueOn: Day, today: Day): Text | null {
  const days = daysBetween(dueOn, today)
  return days > 0 ? { zh: `逾期 ${days} 天`, en: `${days} days overdue` } : null
}
