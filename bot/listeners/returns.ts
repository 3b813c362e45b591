import { type Lang, showValue } from '#contract'
import type { ReturnDetail } from '#contract/modules/sales'
import type { GoodsReturned, ReturnApproved, ReturnRejected } from '#facts/modules/sales'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Listener, reaction } from '#kernel/events'
import { holdersOf } from '#server/modules/org'
import { salesActions } from '#server/modules/sales'
import type { Card } from '../card.ts'
import { deliverCard } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader, unlessRefused } from '../reader.ts'

type Step = { zh: string; en: string; colour: Card['colour'] }
const cameBack: Step = { zh: '货已退回', en: 'Goods came back', colour: 'green' }
const rejected: Step = { zh: '退货被拒绝', en: 'Return rejected', colour: 'red' }
const toReceive: Step = { zh: '待收退货', en: 'A return to receive', colour: 'blue' }

/** What sellers hear of what comes back, and the warehouse of what is to come. Nobody is told of what he did himself. */
export const returnListeners = (platforms: Platform[]): Listener[] => [
  reaction<GoodsReturned>('bot.tell-goods-returned', 'sales.goods-returned', (tx, caller, { body }, { eventId, by }) =>
    tell(tx, caller, platforms, { ...body, to: [body.ownerId], by, eventId }, cameBack),
  ),
  reaction<ReturnRejected>(
    'bot.tell-return-rejected',
    'sales.return-rejected',
    (tx, caller, { body }, { eventId, by }) =>
      tell(tx, caller, platforms, { ...body, to: [body.ownerId], by, eventId }, rejected),
  ),
  reaction<ReturnApproved>(
    'bot.tell-return-to-receive',
    'sales.return-approved',
    async (tx, caller, { body }, { eventId, by }) =>
      tell(tx, caller, platforms, { ...body, to: await holdersOf(tx, 'warehouse'), by, eventId }, toReceive),
  ),
]

type Told = { returnId: string; to: readonly string[]; by: string; eventId: string }

async function tell(tx: Tx, caller: Caller, platforms: Platform[], { returnId, to, by, eventId }: Told, step: Step) {
  for (const personId of to.filter((one) => one !== by)) {
    const person = await reader(tx, personId, caller.at)
    if (!person) continue
    const detail = await unlessRefused(salesActions.salesReturn(tx, person, { id: returnId }))
    if (!detail) continue
    const copy = { subject: 'return', subjectId: returnId, personId, key: `${eventId}:${personId}` }
    await deliverCard(tx, caller, platforms, copy, returnCard(detail, step, person.lang))
  }
}

const linesMax = 10

function returnCard({ return: found, lines }: ReturnDetail, step: Step, lang: Lang): Card {
  const en = lang === 'en'
  const more = lines.length - linesMax
  const isHere = found.state === 'received'
  const facts = [
    { label: en ? 'Customer' : '客户', value: found.names['customerId'] ?? '' },
    { label: en ? 'Order' : '订单', value: found.names['orderId'] ?? '' },
    { label: en ? 'Goes to' : '退到仓库', value: found.names['warehouseId'] ?? '' },
    ...(found.grossTotal
      ? [{ label: en ? 'Credited' : '退货金额', value: showValue({ kind: 'money' }, found.grossTotal, lang) }]
      : []),
  ]
  return {
    colour: step.colour,
    title: `${step[lang]} ${found.number}`,
    parts: [
      { kind: 'facts', facts },
      {
        kind: 'table',
        columns: [{ label: en ? 'Item' : '商品' }, { label: en ? 'Quantity' : '数量', isNumber: true }],
        rows: lines.slice(0, linesMax).map((line, i) => {
          const row = found.lines[i]
          return [`${line.item.name} ${line.item.spec}`.trim(), (isHere ? row?.receivedText : row?.quantityText) ?? '']
        }),
      },
      ...(more > 0 ? [{ kind: 'note' as const, text: en ? `and ${more} more lines` : `另有 ${more} 行` }] : []),
    ],
    buttons: [],
    link: { label: en ? 'Open the return' : '查看退货单', path: `/returns/${found.id}` },
  }
}
