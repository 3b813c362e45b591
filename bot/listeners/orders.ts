import { type Lang, showValue } from '#contract'
import type { DeliveryDetail, OrderDetail } from '#contract/modules/sales'
import type {
  DeliveryPlanned,
  DeliveryShipped,
  OrderConfirmed,
  OrderRejected,
  OrderReturned,
} from '#facts/modules/sales'
import { systemCaller } from '#kernel/caller'
import { errand, type Listener, type Told } from '#kernel/events'
import { ask } from '#kernel/perform'
import { holdersOf } from '#server/modules/org'
import { salesActions } from '#server/modules/sales'
import type { Card } from '../card.ts'
import { deliverCard, eachOf } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader } from '../reader.ts'

type Step = { zh: string; en: string; colour: Card['colour'] }
const confirmed: Step = { zh: '订单已确认', en: 'Order confirmed', colour: 'green' }
const rejected: Step = { zh: '订单被拒绝', en: 'Order rejected', colour: 'red' }
const returned: Step = { zh: '订单退回草稿', en: 'Order back to draft', colour: 'grey' }
const shipped: Step = { zh: '货已出库', en: 'Goods have left', colour: 'green' }

/** What sellers and the warehouse hear of their orders. Nobody is told of what he did himself. */
export const orderListeners = (platforms: Platform[]): Listener[] => [
  errand<OrderConfirmed>('bot.tell-confirmed', 'sales.order-confirmed', (_, { body }, told) =>
    tellOwner(platforms, body, confirmed, told),
  ),
  errand<OrderRejected>('bot.tell-rejected', 'sales.order-rejected', (_, { body }, told) =>
    tellOwner(platforms, body, rejected, told),
  ),
  errand<OrderReturned>('bot.tell-returned', 'sales.order-returned', (_, { body }, told) =>
    tellOwner(platforms, body, returned, told),
  ),
  errand<DeliveryShipped>('bot.tell-shipped', 'sales.delivery-shipped', (_, { body }, told) =>
    tellOwner(platforms, body, shipped, told, { zh: '出库单', en: 'Delivery note', value: body.deliveryNumber }),
  ),
  errand<DeliveryPlanned>('bot.tell-warehouse', 'sales.delivery-planned', (_, { body }, { eventId }) =>
    tellWarehouse(platforms, body, eventId),
  ),
]

type Order = { orderId: string; number: string; ownerId: string }
type Extra = { zh: string; en: string; value: string }

async function tellOwner(
  platforms: Platform[],
  order: Order,
  step: Step,
  { eventId, by }: Told,
  extra?: Extra,
): Promise<void> {
  if (by === order.ownerId) return
  const caller = await reader(order.ownerId)
  if (!caller) return
  const detail = await ask(caller, salesActions.order, { id: order.orderId })
  const { lang } = caller
  await deliverCard(platforms, order.ownerId, { subject: 'order', subjectId: order.orderId }, eventId, {
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
async function tellWarehouse(platforms: Platform[], delivery: DeliveryPlanned['body'], eventId: string): Promise<void> {
  const keepers = await ask(systemCaller(new Date()), (tx) => holdersOf(tx, 'warehouse'), undefined)
  await eachOf(keepers, async (personId) => {
    const caller = await reader(personId)
    if (!caller) return
    const detail = await ask(caller, salesActions.delivery, { id: delivery.deliveryId })
    const about = { subject: 'delivery', subjectId: delivery.deliveryId }
    await deliverCard(platforms, personId, about, `${eventId}:${personId}`, pickCard(detail, caller.lang))
  })
}

function pickCard({ delivery, lines }: DeliveryDetail, lang: Lang): Card {
  const en = lang === 'en'
  const more = lines.length - linesMax
  return {
    colour: 'blue',
    title: `${en ? 'To pick' : '待拣货'} ${delivery.number}`,
    parts: [
      {
        kind: 'facts',
        facts: [
          { label: en ? 'Customer' : '客户', value: delivery.names['customerId'] ?? '' },
          { label: en ? 'Warehouse' : '仓库', value: delivery.names['warehouseId'] ?? '' },
        ],
      },
      {
        kind: 'table',
        columns: [{ label: en ? 'Item' : '商品' }, { label: en ? 'Quantity' : '数量', isNumber: true }],
        rows: lines.slice(0, linesMax).map((line) => [`${line.item.name} ${line.item.spec}`.trim(), line.plannedText]),
      },
      ...(more > 0 ? [{ kind: 'note' as const, text: en ? `and ${more} more lines` : `另有 ${more} 行` }] : []),
    ],
    buttons: [],
    link: { label: en ? 'Start picking' : '去拣货', path: `/deliveries/${delivery.id}` },
  }
}
