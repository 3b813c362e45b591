import { type Lang, say, showValue } from '#contract'
import { salesOrder } from '#contract/modules/sales'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { documentFor, summaryOf } from '#server/engines/forms'
import { salesActions } from '#server/modules/sales'
import type { Card } from '../card.ts'
import { moment } from '../cards/moment.ts'
import type { BotQuery } from './query.ts'

/** Where an order stands: its state, what has gone, and its last steps. */
export async function answerOrder(
  caller: Caller,
  { orderId }: Extract<BotQuery, { intent: 'order.status' }>,
  lang: Lang,
): Promise<Card> {
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
    parts: [
      {
        kind: 'figure',
        value: stateWord(order.state, lang),
        label: en ? `delivered ${order.deliveredPercent ?? '0'}%` : `已发货 ${order.deliveredPercent ?? '0'}%`,
      },
      {
        kind: 'facts',
        facts: summary.filter((fact) => fact.key !== 'state').map(({ label, value }) => ({ label, value })),
      },
      ...(waiting ? [{ kind: 'text' as const, text: en ? `Waits for ${waiting}` : `正在等 ${waiting} 审批` }] : []),
      { kind: 'text', text: steps.join('\n') },
      { kind: 'note', text: en ? `As of ${moment(caller.at)}` : `截至 ${moment(caller.at)}` },
    ],
    buttons: [],
    link: { label: en ? 'Open the order' : '打开订单', path: `/orders/${orderId}` },
  }
}

const rowsMax = 6

/** The last orders of a customer. */
export async function answerOrders(
  caller: Caller,
  { customerId }: Extract<BotQuery, { intent: 'order.list' }>,
  lang: Lang,
): Promise<Card> {
  const { rows } = await ask(caller, salesActions.orders, { customerId, limit: rowsMax })
  const en = lang === 'en'
  const name = rows[0]?.names['customerId'] ?? ''
  return {
    colour: 'blue',
    title: en ? `Last orders ${name}` : `最近订单 ${name}`,
    parts: [
      rows.length === 0
        ? { kind: 'text', text: en ? 'No orders yet.' : '还没有订单。' }
        : {
            kind: 'table',
            columns: en ? ['No.', 'State', 'Amount', 'Delivered'] : ['订单', '状态', '金额', '发货'],
            rows: rows.map((order) => [
              order.number ?? (en ? 'draft' : '草稿'),
              stateWord(order.state, lang),
              showValue({ kind: 'money' }, order.grossTotal, lang),
              `${order.deliveredPercent ?? '0'}%`,
            ]),
          },
      { kind: 'note', text: en ? `As of ${moment(caller.at)}` : `截至 ${moment(caller.at)}` },
    ],
    buttons: [],
    link: { label: en ? 'All orders' : '全部订单', path: `/orders?customerId=${customerId}` },
  }
}

type State = keyof NonNullable<typeof salesOrder.states>
const stateOf = (state: string | null | undefined) => salesOrder.states?.[(state ?? 'draft') as State] // one of the descriptor's own states
const stateWord = (state: string | null | undefined, lang: Lang): string => {
  const known = stateOf(state)
  return known ? say(known.label, lang) : ''
}
const stateColour = (state: string | null | undefined): Card['colour'] => stateOf(state)?.colour ?? 'blue'
