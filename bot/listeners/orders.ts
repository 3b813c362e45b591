import { type Lang, showValue } from '#contract'
import type { OrderDetail } from '#contract/modules/sales'
import type {
  DeliveryPlanned,
  DeliveryShipped,
  OrderConfirmed,
  OrderRejected,
  OrderReturned,
} from '#facts/modules/sales'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Heard, type Listener, reaction, reactionToMany, type Told } from '#kernel/events'
import { holdersOf } from '#server/modules/org'
import { salesActions, seesDelivery, toPick, type ToPick } from '#server/modules/sales'
import type { Card } from '../card.ts'
import { deliverCard, deliverCards } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader, unlessRefused } from '../reader.ts'

type Step = { zh: string; en: string; colour: Card['colour'] }
const confirmed: Step = { zh: '订单已确认', en: 'Order confirmed', colour: 'green' }
const rejected: Step = { zh: '订单被拒绝', en: 'Order rejected', colour: 'red' }
const returned: Step = { zh: '订单退回草稿', en: 'Order back to draft', colour: 'grey' }
const shipped: Step = { zh: '货已出库', en: 'Goods have left', colour: 'green' }

/** What sellers and the warehouse hear of their orders. Nobody is told of what he did himself. */
export const orderListeners = (platforms: Platform[]): Listener[] => [
  reactionToMany<OrderConfirmed>(
    'bot.tell-confirmed',
    'sales.order-confirmed',
    async (tx, caller, heard) => {
      for (const { body, ...told } of heard) await tellOwner(tx, caller, platforms, body, confirmed, told)
    },
    ({ body, by }) => by !== body.ownerId,
  ),
  reaction<OrderRejected>('bot.tell-rejected', 'sales.order-rejected', (tx, caller, { body }, told) =>
    tellOwner(tx, caller, platforms, body, rejected, told),
  ),
  reaction<OrderReturned>('bot.tell-returned', 'sales.order-returned', (tx, caller, { body }, told) =>
    tellOwner(tx, caller, platforms, body, returned, told),
  ),
  reaction<DeliveryShipped>('bot.tell-shipped', 'sales.delivery-shipped', (tx, caller, { body }, told) =>
    tellOwner(tx, caller, platforms, body, shipped, told, {
      zh: '出库单',
      en: 'Delivery note',
      value: body.deliveryNumber,
    }),
  ),
  reactionToMany<DeliveryPlanned>('bot.tell-warehouse', 'sales.delivery-planned', (tx, caller, heard) =>
    tellWarehouse(tx, caller, platforms, heard),
  ),
]

type Order = { orderId: string; number: string; ownerId: string }
type Extra = { zh: string; en: string; value: string }

async function tellOwner(
  tx: Tx,
  caller: Caller,
  platforms: Platform[],
  order: Order,
  step: Step,
  { eventId, by }: Told,
  extra?: Extra,
): Promise<void> {
  if (by === order.ownerId) return
  const owner = await reader(tx, order.ownerId, caller.at)
  if (!owner) return
  const detail = await unlessRefused(salesActions.order(tx, owner, { id: order.orderId }))
  if (!detail) return
  const { lang } = owner
  const copy = { subject: 'order', subjectId: order.orderId, personId: order.ownerId, key: eventId }
  await deliverCard(tx, caller, platforms, copy, {
    colour: step.colour,
    title: `${step[lang]} ${order.number}`,
    parts: [
      {
        kind: 'facts',
        facts: [...facts(detail, lang), ...(extra ? [{ label: extra[lang], value: extra.value }] : [])],
      },
    ],
    buttons: [],
    link: { label: lang === 'en' ? 'Open the order' : '查看订单', path: `/orders/${order.orderId}` },
  })
}

const facts = ({ order }: OrderDetail, lang: Lang): { label: string; value: string }[] => [
  { label: lang === 'en' ? 'Customer' : '客户', value: order.names['customerId'] ?? '' },
  { label: lang === 'en' ? 'Amount' : '金额', value: showValue({ kind: 'money' }, order.grossTotal, lang) },
]

const linesMax = 10

/** The warehouse hears what to pick; a card of theirs never carries an amount. */
async function tellWarehouse(
  tx: Tx,
  caller: Caller,
  platforms: Platform[],
  planned: Heard<DeliveryPlanned>[],
): Promise<void> {
  const eventOf = new Map(planned.map(({ body, eventId }) => [body.deliveryId, eventId]))
  const [notes, holders] = await Promise.all([toPick(tx, caller, [...eventOf.keys()]), holdersOf(tx, 'warehouse')])
  const keepers = await Promise.all(holders.map((personId) => reader(tx, personId, caller.at)))
  const cards = keepers.flatMap((keeper) => {
    if (!keeper) return []
    const { personId, lang } = keeper
    return notes
      .filter((note) => seesDelivery(keeper, note))
      .map((note) => {
        const key = `${eventOf.get(note.id)}:${personId}`
        return { copy: { subject: 'delivery', subjectId: note.id, personId, key }, card: pickCard(note, lang) }
      })
  })
  await deliverCards(tx, caller, platforms, cards)
}

function pickCard({ id, number, customer, warehouse, lines }: ToPick, lang: Lang): Card {
  const en = lang === 'en'
  const more = lines.length - linesMax
  return {
    colour: 'blue',
    title: `${en ? 'To pick' : '待拣货'} ${number}`,
    parts: [
      {
        kind: 'facts',
        facts: [
          { label: en ? 'Customer' : '客户', value: customer },
          { label: en ? 'Warehouse' : '仓库', value: warehouse },
        ],
      },
      {
        kind: 'table',
        columns: [{ label: en ? 'Item' : '商品' }, { label: en ? 'Quantity' : '数量', isNumber: true }],
        rows: lines.slice(0, linesMax).map(({ item, planned }) => [item, planned]),
      },
      ...(more > 0 ? [{ kind: 'note' as const, text: en ? `and ${more} more lines` : `另有 ${more} 行` }] : []),
    ],
    buttons: [],
    link: { label: en ? 'Start picking' : '去拣货', path: `/deliveries/${id}` },
  }
}
