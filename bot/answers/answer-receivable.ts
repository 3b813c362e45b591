import { Decimal, type Lang, showValue } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { financeActions } from '#server/modules/finance'
import type { Card, CardButton, CardFact, CardPart } from '../card.ts'
import { moment } from '../cards/moment.ts'
import { mayAsk } from './may-ask.ts'
import { nextStep } from './next-step.ts'
import type { QueryOf } from './query.ts'

type Query = QueryOf<'ar.customer'>
type Account = Awaited<ReturnType<typeof financeActions.account>>

/** What a customer owes: the figure asked for first, then the other parts. */
export async function answerReceivable(caller: Caller, query: Query, lang: Lang): Promise<Card> {
  const { customerId, focus } = query
  const account = await ask(caller, financeActions.account, { id: customerId })
  const en = lang === 'en'
  return {
    colour: account.amounts && account.amounts.overdue.count > 0 ? 'red' : 'blue',
    title: account.customerName,
    parts: [
      ...figure(account, focus, lang),
      ...fits(account, query, lang),
      { kind: 'facts', facts: facts(account, focus, lang) },
      {
        kind: 'note',
        text: en
          ? `Understood as: ${focusWords[focus].en} of ${account.customerName} · as of ${moment(account.at)}`
          : `理解为：${focusWords[focus].zh} · ${account.customerName} · 截至 ${moment(account.at)}`,
      },
    ],
    buttons: nextSteps(caller, account, focus, lang),
    link: { label: en ? 'Documents behind it' : '查看往来明细', path: `/customers/${customerId}` },
  }
}

const focusWords = {
  owed: { zh: '应收余额', en: 'what is owed' },
  overdue: { zh: '逾期', en: 'what is overdue' },
  credit: { zh: '剩余额度', en: 'credit left' },
}

const money = (value: string, lang: Lang): string => showValue({ kind: 'money' }, value, lang)

/** What the asker may not read is not in the account, and so not on the card. */
function figure({ amounts, credit }: Account, focus: Query['focus'], lang: Lang): CardPart[] {
  const value = focus === 'credit' ? credit?.left : focus === 'overdue' ? amounts?.overdue.amount : amounts?.owed
  return value === undefined ? [] : [{ kind: 'figure', value: money(value, lang), label: focusWords[focus][lang] }]
}

/** Whether an amount still fits below the limit. */
function fits({ credit }: Account, { amount }: Query, lang: Lang): CardPart[] {
  if (!amount || !credit) return []
  const isWithin = new Decimal(amount).lte(credit.left)
  const said = money(amount, lang)
  if (lang === 'en')
    return [{ kind: 'text', text: isWithin ? `${said} more fits.` : `${said} more goes over the limit.` }]
  return [{ kind: 'text', text: isWithin ? `再下 ${said} 不会超额度。` : `再下 ${said} 会超额度。` }]
}

function facts({ amounts, credit }: Account, focus: Query['focus'], lang: Lang): CardFact[] {
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

function nextSteps(caller: Caller, { customerId, amounts, credit }: Account, focus: Query['focus'], lang: Lang) {
  const en = lang === 'en'
  const steps: CardButton[] = []
  if (amounts && amounts.overdue.count > 0)
    steps.push(nextStep('overdue', en ? 'What is overdue' : '逾期明细', { intent: 'ar.overdue', customerId }, lang))
  if (credit && focus !== 'credit')
    steps.push(
      nextStep('credit', en ? 'Credit' : '信用额度', { intent: 'ar.customer', customerId, focus: 'credit' }, lang),
    )
  if (focus === 'credit')
    steps.push(nextStep('owed', en ? 'Owed' : '欠款', { intent: 'ar.customer', customerId, focus: 'owed' }, lang))
  if (mayAsk(caller, 'order.list'))
    steps.push(nextStep('orders', en ? 'Orders' : '订单', { intent: 'order.list', customerId }, lang))
  return steps
}
