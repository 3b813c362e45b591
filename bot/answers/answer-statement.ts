import { type Lang, say } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { financeActions } from '#server/modules/finance'
import type { Card } from '../card.ts'
import { money, moreNote, period, tableOr, understood } from './card-pieces.ts'
import { nextStep } from './next-step.ts'
import type { QueryOf } from './query.ts'

const rowsMax = 8

/** What a customer owed at the beginning, what was charged and paid, what he owes at the end. */
export async function answerStatement(caller: Caller, query: QueryOf<'ar.statement'>, lang: Lang): Promise<Card> {
  const { customerId, from, to } = query
  const statement = await ask(caller, financeActions.statement, { id: customerId, from, to })
  const en = lang === 'en'
  return {
    colour: 'blue',
    title: `${statement.customerName} · ${en ? 'statement' : '对账单'}`,
    parts: [
      { kind: 'figure', value: money(statement.closing, lang), label: en ? 'closing balance' : '期末余额' },
      {
        kind: 'facts',
        facts: [
          { label: en ? 'Opening' : '期初', value: money(statement.opening, lang) },
          { label: en ? 'Charged' : '本期应收', value: money(statement.charged, lang) },
          { label: en ? 'Paid' : '本期收款', value: money(statement.paid, lang) },
        ],
      },
      tableOr(
        en ? ['Day', 'What', 'Document', '#Amount', '#Balance'] : ['日期', '摘要', '单据', '#金额', '#余额'],
        statement.entries
          .slice(-rowsMax)
          .map((entry) => [
            entry.on,
            say(entry.words, lang),
            entry.sourceNumber,
            money(entry.amount, lang),
            money(entry.balance, lang),
          ]),
        en ? 'No entries in these days.' : '这期间没有往来。',
      ),
      ...moreNote(statement.entries.length > rowsMax, lang),
      understood(
        caller.at,
        lang,
        en ? 'statement' : '对账单',
        statement.customerName,
        period(statement.from, statement.to, lang),
      ),
    ],
    buttons: [nextStep('ageing', en ? 'Ageing' : '账龄', { intent: 'ar.ageing', customerId }, lang)],
    link: {
      label: en ? 'Open, print or share it' : '打开、打印或分享',
      path: `/customers/${customerId}/statement`,
    },
  }
}
