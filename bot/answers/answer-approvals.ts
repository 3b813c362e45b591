import { type Lang, say } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import { salesActions } from '#server/modules/sales'
import type { Card, CardFact, CardPart } from '../card.ts'
import { moment } from '../cards/moment.ts'
import { understood } from './card-pieces.ts'
import type { QueryOf } from './query.ts'

const rowsMax = 6
const readMax = 50
const documentsMax = 100

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

type View = Awaited<ReturnType<typeof approvalsActions.approval>>

/** What became of what he asked for himself, or of what an order waits for: whom it waits for, and since when. */
export async function answerApprovalStatus(
  caller: Caller,
  query: QueryOf<'approval.status'>,
  lang: Lang,
): Promise<Card> {
  const views = await viewsFor(caller, query)
  const en = lang === 'en'
  return {
    colour: views.some((view) => view.state === 'open') ? 'orange' : 'blue',
    title: en ? 'Where approvals stand' : '审批进度',
    parts: [
      ...(views.length === 0 ? [{ kind: 'text' as const, text: en ? 'There is none.' : '没有相关的审批。' }] : []),
      ...views.map((view): CardPart => ({
        kind: 'entry',
        title: [{ text: headline(view), path: `/approvals/${view.id}` }],
        facts: standing(view, lang),
      })),
      understood(caller.at, lang, en ? 'approvals' : '审批进度'),
    ],
    buttons: [],
    link: { label: en ? 'Approvals' : '审批', path: '/approvals' },
  }
}

async function viewsFor(
  caller: Caller,
  { orderId, customerId, document }: QueryOf<'approval.status'>,
): Promise<View[]> {
  if (orderId) {
    const found = await ask(caller, approvalsActions.documentApprovals, {
      document: 'sales_order',
      documentId: orderId,
    })
    return found.approvals.slice(0, rowsMax)
  }
  const { rows } = await ask(caller, approvalsActions.inbox, { box: 'mine', limit: readMax })
  const documentIds = customerId && (await documentsOf(caller, customerId))
  const asked = rows.filter(
    (row) => (!document || row.document === document) && (!documentIds || documentIds.has(row.documentId)),
  )
  return Promise.all(asked.slice(0, rowsMax).map(({ id }) => ask(caller, approvalsActions.approval, { id })))
}

async function documentsOf(caller: Caller, customerId: string): Promise<Set<string>> {
  const asked = { customerId, limit: documentsMax }
  const lists = [await ask(caller, salesActions.orders, asked), await ask(caller, salesActions.quotations, asked)]
  return new Set(lists.flatMap(({ rows }) => rows.map(({ id }) => id)))
}

function standing(view: View, lang: Lang): CardFact[] {
  const en = lang === 'en'
  const waiting = view.steps
    .flatMap((step) => step.seats)
    .filter((seat) => seat.state === 'waiting')
    .map((seat) => seat.person.name)
  return [
    { label: en ? 'State' : '状态', value: say(view.stateLabel, lang) },
    { label: en ? 'Opened' : '提交', value: `${view.openedBy.name} ${moment(view.openedAt)}` },
    ...(view.state === 'open' && waiting.length > 0
      ? [{ label: en ? 'Waits for' : '正在等', value: waiting.join('、') }]
      : []),
    ...(view.settledBy && view.settledAt
      ? [{ label: en ? 'Decided' : '处理', value: `${view.settledBy.name} ${moment(view.settledAt)}` }]
      : []),
  ]
}

type Row = Awaited<ReturnType<typeof approvalsActions.inbox>>['rows'][number]

const headline = ({ documentNumber, summary }: Pick<Row, 'documentNumber' | 'summary'>): string =>
  [documentNumber, ...summary.slice(0, 2).map((fact) => fact.value)].join(' · ')
