import { type Lang, say } from '#contract'
import { delivery } from '#contract/modules/sales'
import { addDays, dayAt } from '#kernel/days'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { salesActions } from '#server/modules/sales'
import type { Card } from '../card.ts'
import { allPages } from './all-pages.ts'
import { moreNote, period, tableOr, understood } from './card-pieces.ts'
import { mayAsk } from './may-ask.ts'
import { nextStep } from './next-step.ts'
import type { QueryOf } from './query.ts'
import { withoutWords } from './without-words.ts'

const rowsMax = 8
const readMax = 100
type Row = Awaited<ReturnType<typeof salesActions.deliveries>>['rows'][number]

const stateWord = (state: string | null | undefined, lang: Lang): string => {
  const known = Object.entries(delivery.states ?? {}).find(([key]) => key === state)?.[1]
  return known ? say(known.label, lang) : ''
}

/** What has left: for an order or a customer, with who carries it and who signed for it; or all of some days. */
export async function answerDelivery(caller: Caller, query: QueryOf<'delivery.status'>, lang: Lang): Promise<Card> {
  if (query.wants === 'address') return answerAddress(caller, query, lang)
  const { orderId, customerId, from, to } = query
  const isOfAll = !orderId && !customerId
  const state = isOfAll ? 'shipped' : 'planned,picking,shipped'
  const asked = { orderId, customerId, state, from, to, limit: readMax }
  const { rows, cursor } = await ask(caller, salesActions.deliveries, asked)
  const newest = isOfAll ? undefined : rows[0]
  const en = lang === 'en'
  const number = orderId && newest?.names['orderId']
  return {
    colour: newest?.state === 'shipped' ? 'green' : 'blue',
    title: [newest?.names['customerId'], number].filter(Boolean).join(' · ') || (en ? 'Delivery' : '发货'),
    parts: [
      ...(newest
        ? [
            { kind: 'figure' as const, value: progressWord(newest, lang), label: newest.number ?? '' },
            { kind: 'facts' as const, facts: factsOf(newest, en) },
          ]
        : []),
      tableOr(
        en
          ? ['Note', 'Customer', 'State', 'Shipped', 'Carrier', 'Signed by']
          : ['出库单', '客户', '状态', '出库日', '物流单号', '签收'],
        rows
          .slice(0, rowsMax)
          .map((row) => [
            [{ text: row.number ?? '', path: `/deliveries/${row.id}` }],
            row.names['customerId'] ?? '',
            stateWord(row.state, lang),
            row.shippedOn ?? '—',
            [row.carrier, row.trackingNo].filter(Boolean).join(' ') || '—',
            row.signedBy || '—',
          ]),
        isOfAll
          ? en
            ? 'Nothing was shipped.'
            : '没有出库。'
          : en
            ? 'Nothing has been planned or shipped.'
            : '还没有安排出库。',
      ),
      ...moreNote(rows.length > rowsMax || cursor !== null, lang),
      understood(
        caller.at,
        lang,
        en ? 'delivery' : '发货进度',
        number || newest?.names['customerId'],
        period(from, to, lang),
      ),
    ],
    buttons:
      orderId && mayAsk(caller, 'order.status')
        ? [nextStep('order', en ? 'The order' : '订单进度', { intent: 'order.status', orderId }, lang)]
        : [],
    link: { label: en ? 'Delivery notes' : '出库单', path: '/deliveries' },
  }
}

/** Where goods go: those that leave next, or else those that left last. */
async function answerAddress(caller: Caller, query: QueryOf<'delivery.status'>, lang: Lang): Promise<Card> {
  const { orderId, customerId } = query
  const of = { orderId, customerId, limit: readMax }
  const { rows: waiting } = await ask(caller, salesActions.deliveries, { ...of, state: 'planned,picking' })
  const { rows: gone } =
    waiting.length > 0 ? { rows: [] } : await ask(caller, salesActions.deliveries, { ...of, state: 'shipped' })
  const [next] = [...waiting.toSorted((a, b) => ((a.plannedOn ?? '') < (b.plannedOn ?? '') ? -1 : 1)), ...gone]
  const en = lang === 'en'
  const when = next?.shippedOn ?? next?.plannedOn
  return {
    colour: 'blue',
    title: [next?.names['customerId'], en ? 'delivery address' : '收货地址'].filter(Boolean).join(' · '),
    parts: [
      next
        ? { kind: 'figure', value: next.address || (en ? 'no address given' : '没有填地址'), label: next.number ?? '' }
        : { kind: 'text', text: en ? 'Nothing has been planned or shipped.' : '还没有安排出库。' },
      ...(next
        ? [
            {
              kind: 'facts' as const,
              facts: [
                { label: en ? 'State' : '状态', value: stateWord(next.state, lang) },
                { label: en ? 'Day' : '日期', value: when ?? '—' },
                { label: en ? 'Warehouse' : '仓库', value: next.names['warehouseId'] ?? '' },
              ],
            },
          ]
        : []),
      understood(caller.at, lang, en ? 'where the goods go' : '送到哪里', next?.names['customerId']),
    ],
    buttons: [],
    link: { label: en ? 'Delivery notes' : '出库单', path: '/deliveries' },
  }
}

function progressWord({ state, signedBy }: Row, lang: Lang): string {
  if (state === 'shipped' && signedBy) return lang === 'en' ? 'Signed for' : '已签收'
  return stateWord(state, lang)
}

const factsOf = (row: Row, en: boolean) =>
  [
    { label: en ? 'Order' : '订单', value: row.names['orderId'] ?? '' },
    { label: en ? 'Warehouse' : '仓库', value: row.names['warehouseId'] ?? '' },
    { label: en ? 'Delivery address' : '收货地址', value: row.address || '—' },
    { label: en ? 'Carrier' : '承运', value: row.carrier ?? '' },
    { label: en ? 'Tracking no.' : '运单号', value: row.trackingNo ?? '' },
  ].filter((fact) => fact.value !== '')

const isWithin = (day: string | null | undefined, from: string | undefined, to: string | undefined): boolean =>
  !from || !to || (day != null && day >= from && day <= to)

const lateWords = (days: number, en: boolean): string => {
  if (days > 1) return en ? `late by ${days} days or more` : `逾期 ${days} 天以上未发`
  return en ? 'late deliveries' : '逾期未发'
}

/** What is to leave within some days, what is late first. */
export async function answerDue(caller: Caller, query: QueryOf<'delivery.due'>, lang: Lang): Promise<Card> {
  const { warehouseId, from, to, isOverdue, overDays = 1 } = query
  const today = dayAt(caller.at)
  const until = isOverdue ? addDays(today, -Math.max(1, overDays)) : to
  const { rows: read, isCut } = await allPages((cursor) =>
    ask(caller, salesActions.deliveries, { state: 'planned,picking', warehouseId, to: until, limit: readMax, cursor }),
  )
  const isLate = (row: Row): boolean => row.plannedOn != null && row.plannedOn < today
  const isLeftOut = (row: Row): boolean =>
    [row.customerId, row.warehouseId].some((id) => id != null && query.without?.includes(id))
  const isAsked = (row: Row): boolean =>
    isOverdue ? isLate(row) : isWithin(row.plannedOn, from, to) || (isLate(row) && from === today)
  const rows = read
    .filter((row) => isAsked(row) && !isLeftOut(row))
    .toSorted((a, b) => ((a.plannedOn ?? '') < (b.plannedOn ?? '') ? -1 : 1))
  const en = lang === 'en'
  return {
    colour: rows.some(isLate) ? 'red' : 'orange',
    title: en ? 'To be shipped' : '待发货',
    parts: [
      ...(isCut
        ? []
        : [{ kind: 'figure' as const, value: String(rows.length), label: en ? 'delivery notes' : '张出库单' }]),
      tableOr(
        query.wants === 'address'
          ? en
            ? ['Note', 'Customer', 'Planned', 'Delivery address']
            : ['出库单', '客户', '计划日期', '收货地址']
          : en
            ? ['Note', 'Customer', 'Planned', 'State', 'Warehouse']
            : ['出库单', '客户', '计划日期', '状态', '仓库'],
        rows
          .slice(0, rowsMax)
          .map((row) => [
            [{ text: row.number ?? '', path: `/deliveries/${row.id}` }],
            row.names['customerId'] ?? '',
            `${row.plannedOn ?? '—'}${isLate(row) ? (en ? ' late' : ' 逾期') : ''}`,
            ...(query.wants === 'address'
              ? [row.address || '—']
              : [stateWord(row.state, lang), row.names['warehouseId'] ?? '']),
          ]),
        en ? 'Nothing waits to be shipped.' : '没有待发的货。',
      ),
      ...moreNote(rows.length > rowsMax || isCut, lang),
      understood(
        caller.at,
        lang,
        isOverdue ? lateWords(overDays, en) : en ? 'to be shipped' : '待发货',
        await withoutWords(caller, query, lang),
        period(from, to, lang),
      ),
    ],
    buttons: [],
    link: { label: en ? 'Delivery notes' : '出库单', path: '/deliveries' },
  }
}
