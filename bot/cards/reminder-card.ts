import { type Lang, showValue } from '#contract'
import type { Card } from '../card.ts'

type Reminder = {
  customerId: string
  customerName: string
  ownerName: string
  amount: string
  oldestDueOn: string
  count: number
  days: number
}

/** Money that falls due, or is overdue: how much, since when, whose customer. */
export function reminderCard(reminder: Reminder, lang: Lang): Card {
  const overdue = reminder.days > 0
  const en = lang === 'en'
  const title = overdue
    ? en
      ? `Overdue ${reminder.days} days: ${reminder.customerName}`
      : `逾期 ${reminder.days} 天：${reminder.customerName}`
    : en
      ? `Due in ${-reminder.days} days: ${reminder.customerName}`
      : `${-reminder.days} 天后到期：${reminder.customerName}`
  const statement = `/customers/${reminder.customerId}/statement?share`
  return {
    colour: overdue ? 'red' : 'orange',
    title,
    parts: [
      {
        kind: 'figure',
        value: showValue({ kind: 'money' }, reminder.amount, lang),
        label: overdue ? (en ? 'overdue' : '逾期金额') : en ? 'falls due' : '将到期金额',
      },
      {
        kind: 'facts',
        facts: [
          { label: en ? 'Due' : '最早到期日', value: reminder.oldestDueOn },
          { label: en ? 'Documents' : '单据', value: String(reminder.count) },
          { label: en ? 'Owner' : '负责人', value: reminder.ownerName },
          // A link for the customer is made when its owner asks for it, there, and not before.
          {
            label: en ? 'Statement' : '对账单',
            value: [{ text: en ? 'Send it to the customer' : '发给客户', path: statement }],
          },
        ],
      },
    ],
    buttons: [],
    link: { label: en ? 'Open the account' : '查看往来明细', path: `/customers/${reminder.customerId}` },
  }
}
