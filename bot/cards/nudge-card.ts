import type { Lang } from '#contract'
import type { Card } from '../card.ts'

type Nudge = {
  customerId: string
  customerName: string
  by: string
  text: string
  /** What the customer owes, and what of it is overdue, when it is about money. */
  owed?: { total: string; overdue: string }
  isTakenBack?: boolean
}

/** A word from a colleague about a customer whom one looks after. */
export function nudgeCard({ customerId, customerName, by, text, owed, isTakenBack }: Nudge, lang: Lang): Card {
  const en = lang === 'en'
  return {
    colour: isTakenBack ? 'grey' : 'orange',
    title: en ? `${by} reminds you: ${customerName}` : `${by}提醒你：${customerName}`,
    tag: isTakenBack ? (en ? 'Taken back' : '已撤回') : undefined,
    parts: isTakenBack
      ? [{ kind: 'text', text: en ? 'It was taken back.' : '这条提醒已被撤回。' }]
      : [
          { kind: 'text', text },
          ...(owed
            ? [
                {
                  kind: 'facts' as const,
                  facts: [
                    { label: en ? 'Owed' : '应收余额', value: owed.total },
                    { label: en ? 'Overdue' : '其中逾期', value: owed.overdue },
                  ],
                },
              ]
            : []),
        ],
    buttons: [],
    link: { label: en ? 'Open the customer' : '打开客户', path: `/customers/${customerId}` },
  }
}
