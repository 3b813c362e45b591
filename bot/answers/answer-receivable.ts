import { type Lang, showValue } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { financeActions } from '#server/modules/finance'
import type { Card, CardPart } from '../card.ts'
import { moment } from '../cards/moment.ts'
import type { BotQuery } from './query.ts'

type Query = Extract<BotQuery, { intent: 'ar.customer' }>
type Account = Awaited<ReturnType<typeof financeActions.account>>

/** What a customer owes: the figure asked for first, then the other parts. */
export async function answerReceivable(caller: Caller, { customerId, focus }: Query, lang: Lang): Promise<Card> {
  const account = await ask(caller, financeActions.account, { id: customerId })
  const en = lang === 'en'
  const head = figure(account, focus, lang)
  return {
    colour: account.amounts && Number(account.amounts.overdue.count) > 0 ? 'red' : 'blue',
    title: account.customerName,
    parts: [
      ...(head ? [head] : []),
      { kind: 'facts', facts: parts(account, lang) },
      {
        kind: 'note',
        text: en
          ? `Understood as: ${focusWords[focus].en} of ${account.customerName} · as of ${moment(account.at)}`
          : `理解为：${focusWords[focus].zh} · ${account.customerName} · 截至 ${moment(account.at)}`,
      },
    ],
    buttons: [],
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
function figure({ amounts, credit }: Account, focus: Query['focus'], lang: Lang): CardPart | undefined {
  const value = focus === 'credit' ? credit?.left : focus === 'overdue' ? amounts?.overdue.amount : amounts?.owed
  return value === undefined ? undefined : { kind: 'figure', value: money(value, lang), label: focusWords[focus][lang] }
}

function parts({ amounts, credit }: Account, lang: Lang): { label: string; value: string }[] {
  const en = lang === 'en'
  return [
    ...(amounts
      ? [
          { label: en ? 'Owed' : '欠款', value: money(amounts.owed, lang) },
          { label: en ? 'Overdue' : '逾期', value: overdueWords(amounts.overdue, lang) },
          { label: en ? 'Ordered, not delivered' : '已订未发', value: money(amounts.ordered, lang) },
          { label: en ? 'Paid in advance' : '预收', value: money(amounts.advance, lang) },
        ]
      : []),
    ...(credit
      ? [
          { label: en ? 'Credit limit' : '信用额度', value: money(credit.limit, lang) },
          {
            label: en ? 'Credit left' : '剩余额度',
            value: `${money(credit.left, lang)}（${en ? 'used' : '已用'} ${credit.usedPercent}%）`,
          },
        ]
      : []),
  ]
}

function overdueWords(overdue: { amount: string; days: number; count: number }, lang: Lang): string {
  if (overdue.count === 0) return lang === 'en' ? 'none' : '无'
  return `${money(overdue.amount, lang)} ${lang === 'en' ? `(longest ${overdue.days} days)` : `（最长 ${overdue.days} 天）`}`
}
