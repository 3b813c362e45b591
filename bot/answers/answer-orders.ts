import { Decimal, type Lang, say, showValue, type Text } from '#contract'
import { salesOrder } from '#contract/modules/sales'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { documentFor, summaryOf } from '#server/engines/forms'
import { salesActions } from '#server/modules/sales'
import type { Card, CardButton, CardPart } from '../card.ts'
import { allPages } from './all-pages.ts'
import { moment } from '../cards/moment.ts'
import { betweenWords, isBetween } from './between.ts'
import { mayAsk } from './may-ask.ts'
import { nextStep } from './next-step.ts'
import type { QueryOf } from './query.ts'
import { ownerAsked, whoseWords } from './whose.ts'
import { withoutWords } from './without-words.ts'

/** Where an order stands: its state, what has gone, and its last steps. */
export async function answerOrder(caller: Caller, orderId: string, lang: Lang): Promise<Card> {
  const { detail, summary } = await ask(
    caller,
    async (tx) => {
      const detail = await salesActions.order(tx, caller, { id: orderId })
      return { detail, summary: summaryOf(await documentFor(tx, 'sales_order'), detail.order, lang) }
    },
    undefined,
  )
  const { order, timeline, approval } = detail
  const en = lang === 'en'
  const steps = timeline.slice(-4).map((entry) => `${moment(entry.at)} ${say(entry.words, lang)} · ${entry.by}`)
  const waiting = approval?.waitingFor.map((person) => person.name).join('、')
  return {
    colour: stateColour(order.state),
    title: `${order.number ?? (en ? 'Draft' : '草稿')} · ${order.names['customerId'] ?? ''}`,
    tag: stateWord(order.state, lang),
    parts: [
      {
        kind: 'figure',
        value: stateWord(order.state, lang),
        label: `${en ? 'delivered' : '已发货'} ${deliveredWord(order.deliveredPercent)}`,
      },
      {
        kind: 'facts',
        facts: summary
          .filter((fact) => !hiddenFacts.has(fact.key) && fact.value !== '—')
          .map(({ label, value }) => ({ label, value })),
      },
      ...(waiting ? [{ kind: 'text' as const, text: en ? `Waits for ${waiting}` : `正在等 ${waiting} 审批` }] : []),
      { kind: 'text', text: steps.join('\n') },
      { kind: 'note', text: en ? `As of ${moment(caller.at)}` : `截至 ${moment(caller.at)}` },
    ],
    buttons: stepsOfOrder(caller, order.customerId, lang),
    link: { label: en ? 'Open the order' : '打开订单', path: `/orders/${orderId}` },
  }
}

/** What the card says elsewhere. */
const hiddenFacts = new Set(['state', 'customerId'])

function stepsOfOrder(caller: Caller, customerId: string | null | undefined, lang: Lang): CardButton[] {
  const en = lang === 'en'
  if (!customerId) return []
  return [
    ...(mayAsk(caller, 'ar.customer')
      ? [nextStep('owed', en ? 'Owed' : '客户欠款', { intent: 'ar.customer', customerIds: [customerId] }, lang)]
      : []),
    nextStep('orders', en ? 'Other orders' : '其他订单', { intent: 'order.list', customerId }, lang),
  ]
}

type Only = NonNullable<QueryOf<'order.list'>['only']>
const rowsMax = 8
const readMax = 100
const statesOf: Record<Only, string> = {
  unfinished: 'submitted,confirmed,partly_delivered',
  waiting: 'submitted',
  draft: 'draft',
  rejected: 'rejected',
  finished: 'delivered,closed',
  cancelled: 'cancelled',
  valid: 'submitted,confirmed,partly_delivered,delivered,closed',
}
const onlyWords: Record<Only, Text> = {
  unfinished: { zh: '未完成', en: 'not finished' },
  waiting: { zh: '审批中', en: 'in approval' },
  draft: { zh: '草稿', en: 'drafts' },
  rejected: { zh: '被驳回', en: 'rejected' },
  finished: { zh: '已完成', en: 'finished' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  valid: { zh: '不含草稿、驳回和取消', en: 'without drafts, rejected and cancelled' },
}

/** Orders of a customer, of the asker himself, or all he may see; of some days, or in some states. */
export async function answerOrders(caller: Caller, query: QueryOf<'order.list'>, lang: Lang): Promise<Card> {
  const { customerId, only, over, under, from, to } = query
  const isFiltered =
    query.without !== undefined || (from !== undefined && to !== undefined) || over !== undefined || under !== undefined
  const asked = { customerId, ownerId: ownerAsked(caller, query), state: only && statesOf[only], from, to }
  const { rows: read, isCut } = await allPages(
    (cursor) =>
      ask(caller, salesActions.orders, { ...asked, limit: isFiltered || only ? readMax : rowsMax + 1, cursor }),
    (rows) => !isFiltered && !only && rows.length > rowsMax,
  )
  const rows = read.filter(
    (order) => isBetween(order.grossTotal, query) && !query.without?.includes(order.customerId ?? ''),
  )
  const en = lang === 'en'
  const whose = customerId ? (rows[0]?.names['customerId'] ?? '') : await whoseWords(caller, query, lang)
  return {
    colour: 'blue',
    title: [en ? 'Orders' : '订单', whose].filter(Boolean).join(' · '),
    parts: [
      ...(rows.length > 0 && (isFiltered || only) && !isCut ? [totals(rows, lang)] : []),
      rows.length === 0
        ? { kind: 'text', text: en ? 'There are none.' : '没有符合的订单。' }
        : ordersTable(rows.slice(0, rowsMax), !customerId, lang),
      ...(rows.length > rowsMax
        ? [{ kind: 'note' as const, text: en ? 'The newest; more in the list.' : '只列最近的，完整列表请打开应用。' }]
        : []),
      {
        kind: 'note',
        text: understood(query, [whose, await withoutWords(caller, query, lang)], moment(caller.at), lang),
      },
    ],
    buttons: rows
      .slice(0, customerId ? stepsMax : 0)
      .map((order, i) =>
        nextStep(`order${i + 1}`, shortLabel(order, lang), { intent: 'order.status', orderId: order.id }, lang),
      ),
    link: { label: en ? 'All orders' : '全部订单', path: customerId ? `/orders?customerId=${customerId}` : '/orders' },
  }
}

const stepsMax = 3
const tailLength = 5
/** The numbers stand in full in the table; three buttons fit into a row only by their tails. */
function shortLabel({ number }: OrderRow, lang: Lang): string {
  const tail = number?.slice(-tailLength)
  if (!tail) return lang === 'en' ? 'draft' : '草稿'
  return lang === 'en' ? `#${tail}` : `尾号${tail}`
}
type OrderRow = Awaited<ReturnType<typeof salesActions.orders>>['rows'][number]

/** How many there are and what they come to, when all of them were read. */
function totals(rows: readonly OrderRow[], lang: Lang): CardPart {
  const en = lang === 'en'
  const amounts = rows.flatMap((order) => (order.grossTotal == null ? [] : [order.grossTotal]))
  const sum =
    amounts.length === rows.length ? showValue({ kind: 'money' }, Decimal.sum(0, ...amounts).toFixed(2), lang) : ''
  return { kind: 'figure', value: `${rows.length}${sum && ` · ${sum}`}`, label: en ? 'orders' : '张订单' }
}

/** Without amounts for those who may not read them. */
function ordersTable(rows: OrderRow[], hasCustomers: boolean, lang: Lang): CardPart {
  const en = lang === 'en'
  const hasAmounts = rows.some((order) => order.grossTotal != null)
  return {
    kind: 'table',
    columns: [
      { label: en ? 'No.' : '订单' },
      ...(hasCustomers ? [{ label: en ? 'Customer' : '客户' }] : []),
      { label: en ? 'State' : '状态' },
      ...(hasAmounts ? [{ label: en ? 'Amount' : '金额', isNumber: true }] : []),
      { label: en ? 'Delivered' : '已发', isNumber: true },
    ],
    rows: rows.map((order) => [
      [{ text: order.number ?? (en ? 'draft' : '草稿'), path: `/orders/${order.id}` }],
      ...(hasCustomers ? [order.names['customerId'] ?? ''] : []),
      stateWord(order.state, lang),
      ...(hasAmounts ? [showValue({ kind: 'money' }, order.grossTotal, lang)] : []),
      deliveredWord(order.deliveredPercent),
    ]),
  }
}

const deliveredWord = (percent: string | null | undefined): string => `${(percent ?? '0').replace(/\.00$/, '')}%`

function understood(query: QueryOf<'order.list'>, whose: readonly string[], at: string, lang: Lang): string {
  const { only, from, to } = query
  const en = lang === 'en'
  const state = only && say(onlyWords[only], lang)
  const days = from && (from === to ? from : `${from} – ${to}`)
  const said = [
    en ? 'orders' : '订单',
    ...whose,
    state,
    days,
    betweenWords(query, lang),
    en ? `as of ${at}` : `截至 ${at}`,
  ].filter(Boolean)
  return `${en ? 'Understood as: ' : '理解为：'}${said.join(' · ')}`
}

type State = keyof NonNullable<typeof salesOrder.states>
const stateOf = (state: string | null | undefined) => salesOrder.states?.[(state ?? 'draft') as State] // one of the descriptor's own states
const stateWord = (state: string | null | undefined, lang: Lang): string => {
  const known = stateOf(state)
  return known ? say(known.label, lang) : ''
}
const stateColour = (state: string | null | undefined): Card['colour'] => stateOf(state)?.colour ?? 'blue'
