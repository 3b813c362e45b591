import { type Lang, say } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import type { Card, CardPart } from '../card.ts'
import { moment } from '../cards/moment.ts'
import type { QueryOf } from './query.ts'

const rowsMax = 6
const readMax = 50

/** What waits for the asker himself: who wants what, and why it came to him. */
export async function answerApprovals(
  caller: Caller,
  { document }: QueryOf<'approval.mine'>,
  lang: Lang,
): Promise<Card> {
  const inbox = await ask(caller, approvalsActions.inbox, { box: 'waiting', limit: readMax })
  const rows = document ? inbox.rows.filter((row) => row.document === document) : inbox.rows
  const waiting = document ? rows.length : inbox.waiting
  const en = lang === 'en'
  return {
    colour: waiting > 0 ? 'orange' : 'green',
    title: en ? 'Waiting for you' : '待你审批',
    parts: [
      waiting > 0
        ? { kind: 'figure', value: String(waiting), label: en ? 'approvals' : '张审批' }
        : { kind: 'text', text: en ? 'Nothing waits for you.' : '没有要你处理的审批。' },
      ...rows.slice(0, rowsMax).map((row): CardPart => ({
        kind: 'entry',
        title: [{ text: headline(row), path: `/approvals/${row.id}` }],
        facts: [
          { label: en ? 'From' : '提交', value: `${row.openedBy.name} ${moment(row.openedAt)}` },
          { label: en ? 'Why' : '原因', value: row.reasons.map((reason) => say(reason.name, lang)).join('；') },
        ],
      })),
      { kind: 'note', text: en ? `As of ${moment(caller.at)}` : `截至 ${moment(caller.at)}` },
    ],
    buttons: [],
    link: { label: en ? 'Open the inbox' : '去处理', path: '/approvals' },
  }
}

type Row = Awaited<ReturnType<typeof approvalsActions.inbox>>['rows'][number]

const headline = ({ documentNumber, summary }: Row): string =>
  [documentNumber, ...summary.slice(0, 2).map((fact) => fact.value)].join(' · ')
