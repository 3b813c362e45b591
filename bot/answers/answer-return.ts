import { type Lang, say, showValue } from '#contract'
import { returnReasons, salesReturn } from '#contract/modules/sales'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { salesActions } from '#server/modules/sales'
import type { Card } from '../card.ts'
import { moment } from '../cards/moment.ts'
import { understood } from './card-pieces.ts'

const linesMax = 8
const stepsMax = 4

/** Where a return stands: what comes back or has, where it goes, and what it takes off what is owed. */
export async function answerReturn(caller: Caller, returnId: string, lang: Lang): Promise<Card> {
  const { return: found, lines, timeline } = await ask(caller, salesActions.salesReturn, { id: returnId })
  const en = lang === 'en'
  const state = Object.entries(salesReturn.states ?? {}).find(([key]) => key === found.state)?.[1]
  const reason = returnReasons.find(({ value }) => value === found.reason)
  const isHere = found.state === 'received' || found.state === 'reversed'
  const steps = timeline.slice(-stepsMax)
  return {
    colour: state?.colour ?? 'blue',
    title: `${found.number ?? ''} · ${found.names['customerId'] ?? ''}`,
    parts: [
      {
        kind: 'figure',
        value: state ? say(state.label, lang) : '',
        label: found.grossTotal ? showValue({ kind: 'money' }, found.grossTotal, lang) : (found.number ?? ''),
      },
      {
        kind: 'facts',
        facts: [
          { label: en ? 'Order' : '订单', value: found.names['orderId'] ?? '' },
          { label: en ? 'Reason' : '退货原因', value: reason ? say(reason.label, lang) : '' },
          { label: en ? 'Goes to' : '退到仓库', value: found.names['warehouseId'] ?? '' },
          { label: en ? 'Received on' : '收货日期', value: found.receivedOn ?? '' },
        ].filter((fact) => fact.value !== ''),
      },
      {
        kind: 'table',
        columns: [{ label: en ? 'Item' : '商品' }, { label: en ? 'Quantity' : '数量', isNumber: true }],
        rows: lines.slice(0, linesMax).map((line, i) => {
          const row = found.lines[i]
          return [`${line.item.name} ${line.item.spec}`.trim(), (isHere ? row?.receivedText : row?.quantityText) ?? '']
        }),
      },
      {
        kind: 'text',
        text: steps.map((step) => `${moment(step.at)} ${say(step.words, lang)} · ${step.by}`).join('\n'),
      },
      understood(caller.at, lang, en ? 'return' : '退货', found.number ?? ''),
    ],
    buttons: [],
    link: { label: en ? 'Open the return' : '打开退货单', path: `/returns/${returnId}` },
  }
}
