import { type Lang, say } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import type { Card } from '../card.ts'
import { moment } from '../cards/moment.ts'

const rowsMax = 8

/** What waits for the asker himself. */
export async function answerApprovals(caller: Caller, lang: Lang): Promise<Card> {
  const { rows, waiting } = await ask(caller, approvalsActions.inbox, { box: 'waiting', limit: rowsMax })
  const en = lang === 'en'
  return {
    colour: waiting > 0 ? 'orange' : 'green',
    title: en ? 'Waiting for you' : '待你审批',
    parts: [
      { kind: 'figure', value: String(waiting), label: en ? 'approvals' : '张审批' },
      ...rows.map((row) => ({
        kind: 'facts' as const,
        facts: [
          {
            label: `${say(row.documentLabel, lang)} ${row.documentNumber}`,
            value: row.summary
              .slice(0, 2)
              .map((fact) => fact.value)
              .join(' · '),
          },
          { label: row.openedBy.name, value: moment(row.openedAt) },
        ],
      })),
      { kind: 'note', text: en ? `As of ${moment(caller.at)}` : `截至 ${moment(caller.at)}` },
    ],
    buttons: [],
    link: { label: en ? 'Open the inbox' : '去处理', path: '/approvals' },
  }
}
