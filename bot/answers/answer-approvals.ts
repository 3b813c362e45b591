import { type Lang, say } from '#contract'
import type { Caller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
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

type Row = Awaited<ReturnType<typeof approvalsActions.inbox>>['rows'][number]
type About = Omit<QueryOf<'approval.mine'>, 'intent'>

/** By which figures one sees that it is about the credit, or about the price. */
const figures = { credit: /^(?:credit|overdue)\./, price: /^(?:discount|margin|price)\./ }

/** Whether an approval is of that kind, for that reason, of that person and those days. */
function isAbout(row: Row, { document, about, openedById, from, to }: About): boolean {
  const day = dayAt(new Date(row.openedAt))
  const isReason = !about || row.reasons.some(({ clauses }) => clauses.some(({ field }) => figures[about].test(field)))
  return (
    isReason &&
    (!document || row.document === document) &&
    (!openedById || row.openedBy.id === openedById) &&
    (!from || day >= from) &&
    (!to || day <= to)
  )
}

const aboutWords = {
  credit: { zh: '信用', en: 'credit' },
  price: { zh: '价格', en: 'price' },
}
const saidOf = ({ about, from, to }: About, lang: Lang): string =>
  [about && aboutWords[about][lang], from && to && (from === to ? from : `${from} ~ ${to}`)].filter(Boolean).join(' ')

/** What waits for the asker himself: who wants what, and why it came to him. */
export async function answerApprovals(caller: Caller, query: QueryOf<'approval.mine'>, lang: Lang): Promise<Card> {
  const inbox = await ask(caller, approvalsActions.inbox, { box: 'waiting', limit: readMax })
  const rows = inbox.rows.filter((row) => isAbout(row, query))
  const waiting = rows.length < inbox.rows.length ? rows.length : inbox.waiting
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
      understood(caller.at, lang, en ? 'waiting for you' : '待你审批', saidOf(query, lang)),
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
      ...(views.length === 0 ? [{ kind: 'text' as const, text: noneWords(query, en) }] : []),
      ...views.map((view): CardPart => ({
        kind: 'entry',
        title: [{ text: headline(view), path: `/approvals/${view.id}` }],
        facts: standing(view, lang),
      })),
      understood(caller.at, lang, en ? 'approvals' : '审批进度', saidOf(query, lang)),
    ],
    buttons: [],
    link: { label: en ? 'Approvals' : '审批', path: '/approvals' },
  }
}

/** Of a colleague's requests one sees those that came by oneself. */
const noneWords = ({ openedById }: About, en: boolean): string =>
  openedById
    ? en
      ? 'None of those that came to you.'
      : '经过你的审批里没有相关的。'
    : en
      ? 'There is none.'
      : '没有相关的审批。'

async function viewsFor(caller: Caller, query: QueryOf<'approval.status'>): Promise<View[]> {
  const { orderId, customerId, openedById } = query
  if (orderId) {
    const found = await ask(caller, approvalsActions.documentApprovals, {
      document: 'sales_order',
      documentId: orderId,
    })
    return found.approvals.slice(0, rowsMax)
  }
  const rows = await rowsOf(
    caller,
    openedById && openedById !== caller.personId ? ['waiting', 'done', 'copied'] : ['mine'],
  )
  const documentIds = customerId && (await documentsOf(caller, customerId))
  const asked = rows.filter((row) => isAbout(row, query) && (!documentIds || documentIds.has(row.documentId)))
  return Promise.all(asked.slice(0, rowsMax).map(({ id }) => ask(caller, approvalsActions.approval, { id })))
}

/** What is in some of his boxes, each once. */
async function rowsOf(caller: Caller, boxes: readonly ('waiting' | 'done' | 'copied' | 'mine')[]): Promise<Row[]> {
  const found = new Map<string, Row>()
  for (const box of boxes) {
    const { rows } = await ask(caller, approvalsActions.inbox, { box, limit: readMax })
    for (const row of rows) found.set(row.id, row)
  }
  return [...found.values()]
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

const headline = ({ documentNumber, summary }: Pick<Row, 'documentNumber' | 'summary'>): string =>
  [documentNumber, ...summary.slice(0, 2).map((fact) => fact.value)].join(' · ')
