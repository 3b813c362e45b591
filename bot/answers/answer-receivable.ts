import { Decimal, type Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { financeActions } from '#server/modules/finance'
import type { Card, CardButton, CardFact, CardPart } from '../card.ts'
import { money, table, understood } from './card-pieces.ts'
import { mayAsk } from './may-ask.ts'
import { nextStep } from './next-step.ts'
import type { QueryOf } from './query.ts'

type Focus = 'owed' | 'credit'
type Account = Awaited<ReturnType<typeof financeActions.account>>

/** What customers owe: one with everything about it, several beside each other. */
export function answerReceivable(caller: Caller, query: QueryOf<'ar.customer'>, lang: Lang): Promise<Card> {
  const { customerIds, day } = query
  if (day) return owedOn(caller, customerIds, day, lang)
  return customerIds.length === 1
    ? accountCard(caller, customerIds[0]!, 'owed', lang)
    : severalAccounts(caller, customerIds, lang)
}

/** How much credit is left, and whether an amount still fits. */
export const answerCredit = (caller: Caller, { customerId, amount }: QueryOf<'ar.credit'>, lang: Lang): Promise<Card> =>
  accountCard(caller, customerId, 'credit', lang, amount)

async function accountCard(
  caller: Caller,
  customerId: string,
  focus: Focus,
  lang: Lang,
  amount?: string,
): Promise<Card> {
  const account = await ask(caller, financeActions.account, { id: customerId })
  const en = lang === 'en'
  return {
    colour: account.amounts && account.amounts.overdue.count > 0 ? 'red' : 'blue',
    title: account.customerName,
    parts: [
      ...figure(account, focus, lang),
      ...fits(account, amount, lang),
      { kind: 'facts', facts: facts(account, focus, lang) },
      understood(account.at, lang, focusWords[focus][lang], account.customerName),
    ],
    buttons: nextSteps(caller, account, focus, lang),
    link: { label: en ? 'Documents behind it' : '查看往来明细', path: `/customers/${customerId}` },
  }
}

async function severalAccounts(caller: Caller, customerIds: readonly string[], lang: Lang): Promise<Card> {
  const accounts = await Promise.all(customerIds.map((id) => ask(caller, financeActions.account, { id })))
  const en = lang === 'en'
  return {
    colour: 'blue',
    title: focusWords.owed[lang],
    parts: [
      table(
        en ? ['Customer', '#Owed', '#Overdue'] : ['客户', '#应收余额', '#逾期'],
        accounts.map(({ customerId, customerName, amounts }) => [
          [{ text: customerName, path: `/customers/${customerId}` }],
          money(amounts?.owed, lang),
          money(amounts?.overdue.amount, lang),
        ]),
      ),
      understood(caller.at, lang, focusWords.owed[lang], accounts.map((one) => one.customerName).join('、')),
    ],
    buttons: [],
    link: { label: en ? 'Receivables' : '应收', path: '/receivables' },
  }
}

/** What they owed at the end of a day that is over, from the ledger as it lies then. */
async function owedOn(caller: Caller, customerIds: readonly string[], day: string, lang: Lang): Promise<Card> {
  const stood = await Promise.all(
    customerIds.map(async (customerId) => {
      const { customerName } = await ask(caller, financeActions.account, { id: customerId })
      const asked = { by: 'customer', customerId, asOf: day, limit: 1 } as const
      return { customerName, ...(await ask(caller, financeActions.ageing, asked)).totals }
    }),
  )
  const en = lang === 'en'
  const names = stood.map((one) => one.customerName).join('、')
  return {
    colour: 'blue',
    title: names,
    parts: [
      ...stood.map((one): CardPart => ({
        kind: 'figure',
        value: money(one.owed, lang),
        label: [stood.length > 1 && one.customerName, en ? `owed at the end of ${day}` : `${day} 日终应收余额`]
          .filter(Boolean)
          .join(' · '),
      })),
      understood(caller.at, lang, focusWords.owed[lang], names, en ? `at the end of ${day}` : `${day} 日终`),
    ],
    buttons: [],
    link: { label: en ? 'Receivables' : '应收', path: '/receivables' },
  }
}

const focusWords = {
  owed: { zh: '应收余额', en: 'what is owed' },
  credit: { zh: '剩余额度', en: 'credit left' },
}

/** What the asker may not read is not in the account, and so not on the card. */
function figure({ amounts, credit }: Account, focus: Focus, lang: Lang): CardPart[] {
  const value = focus === 'credit' ? credit?.left : amounts?.owed
  return value === undefined ? [] : [{ kind: 'figure', value: money(value, lang), label: focusWords[focus][lang] }]
}

/** Whether an amount still fits below the limit. */
function fits({ credit }: Account, amount: string | undefined, lang: Lang): CardPart[] {
  if (!amount || !credit) return []
  const isWithin = new Decimal(amount).lte(credit.left)
  const said = money(amount, lang)
  if (lang === 'en')
    return [{ kind: 'text', text: isWithin ? `${said} more fits.` : `${said} more goes over the limit.` }]
  return [{ kind: 'text', text: isWithin ? `再下 ${said} 不会超额度。` : `再下 ${said} 会超额度。` }]
}

function facts({ amounts, credit }: Account, focus: Focus, lang: Lang): CardFact[] {
  const en = lang === 'en'
  const { nextDue } = amounts ?? {}
  return [
    ...(amounts && focus !== 'owed' ? [{ label: en ? 'Owed' : '欠款', value: money(amounts.owed, lang) }] : []),
    ...(amounts
      ? [
          { label: en ? 'Overdue' : '逾期', value: overdueWords(amounts.overdue, lang) },
          { label: en ? 'Ordered, not delivered' : '已订未发', value: money(amounts.ordered, lang) },
          ...(Number(amounts.advance) > 0
            ? [{ label: en ? 'Paid in advance' : '预收', value: money(amounts.advance, lang) }]
            : []),
        ]
      : []),
    ...(nextDue
      ? [{ label: en ? 'Next due' : '最近到期', value: `${nextDue.on} ${money(nextDue.amount, lang)}` }]
      : []),
    ...(credit
      ? [
          { label: en ? 'Credit limit' : '信用额度', value: money(credit.limit, lang) },
          {
            label: en ? 'Credit left' : '剩余额度',
            value: `${money(credit.left, lang)}${en ? ` (${credit.usedPercent}% used)` : `（已用 ${credit.usedPercent}%）`}`,
          },
        ]
      : []),
  ]
}

function overdueWords(overdue: { amount: string; days: number; count: number }, lang: Lang): string {
  if (overdue.count === 0) return lang === 'en' ? 'none' : '无'
  return `${money(overdue.amount, lang)} ${lang === 'en' ? `(longest ${overdue.days} days)` : `（最长 ${overdue.days} 天）`}`
}

function nextSteps(caller: Caller, { customerId, amounts, credit }: Account, focus: Focus, lang: Lang) {
  const en = lang === 'en'
  const steps: CardButton[] = []
  if (amounts && amounts.overdue.count > 0)
    steps.push(nextStep('overdue', en ? 'What is overdue' : '逾期明细', { intent: 'ar.overdue', customerId }, lang))
  if (credit && focus !== 'credit')
    steps.push(nextStep('credit', en ? 'Credit' : '信用额度', { intent: 'ar.credit', customerId }, lang))
  if (focus === 'credit')
    steps.push(nextStep('owed', en ? 'Owed' : '欠款', { intent: 'ar.customer', customerIds: [customerId] }, lang))
  if (mayAsk(caller, 'order.list'))
    steps.push(nextStep('orders', en ? 'Orders' : '订单', { intent: 'order.list', customerId }, lang))
  return steps
}
