import type { Lang } from '#contract'
import type { OrderDetail } from '#contract/modules/sales'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import { inventoryActions } from '#server/modules/inventory'
import { salesActions } from '#server/modules/sales'
import type { Card, CardPart } from '../card.ts'
import { mayAsk } from './may-ask.ts'
import { nextStep } from './next-step.ts'
import { itemLabel } from './pick.ts'
import type { Intent } from './query.ts'

type Names = { item: string; customer: string; order: string }
type Group = { intent: Intent; title: { zh: string; en: string }; examples: (names: Names, lang: Lang) => string[] }

const groups: Group[] = [
  {
    intent: 'stock.item',
    title: { zh: '库存', en: 'Stock' },
    examples: ({ item }, lang) =>
      lang === 'en'
        ? [`how many ${item} in stock`, `${item} on the way`, 'low stock']
        : [`${item} 还有多少`, `${item} 什么时候到货`, '哪些快没货了'],
  },
  {
    intent: 'price.item',
    title: { zh: '价格', en: 'Prices' },
    examples: ({ item, customer }, lang) =>
      lang === 'en'
        ? [`price of ${item}`, `last price of ${item} for ${customer}`]
        : [`${item} 什么价`, `上次给${customer}的${item}多少钱`],
  },
  {
    intent: 'ar.customer',
    title: { zh: '应收和信用', en: 'Receivables and credit' },
    examples: ({ customer }, lang) =>
      lang === 'en'
        ? [`how much does ${customer} owe us`, `credit left for ${customer}`, 'who is overdue']
        : [`${customer}还欠多少`, `${customer}信用额度还剩多少`, '哪些客户逾期了', '本周回款'],
  },
  {
    intent: 'order.status',
    title: { zh: '订单', en: 'Orders' },
    examples: ({ customer, order }, lang) =>
      lang === 'en'
        ? [`order status ${order}`, `orders of ${customer}`]
        : [`订单尾号 ${order} 到哪了`, `${customer}还有几张单没完`, '我的订单'],
  },
  {
    intent: 'delivery.due',
    title: { zh: '发货', en: 'Deliveries' },
    examples: (_, lang) => (lang === 'en' ? ["what's due to ship today"] : ['今天要发哪些货', '逾期没发的有几张']),
  },
  {
    intent: 'approval.mine',
    title: { zh: '审批', en: 'Approvals' },
    examples: (_, lang) => (lang === 'en' ? ['what is waiting for me'] : ['有哪些待我审批', '我提的审批进度']),
  },
]

/** What one can ask: only what is for this person, with names out of his own work. */
export async function answerHelp(caller: Caller, lang: Lang): Promise<Card> {
  const names = await namesFor(caller, lang)
  const en = lang === 'en'
  const mine = groups.filter((group) => mayAsk(caller, group.intent))
  return {
    colour: 'blue',
    title: en ? 'Ask me, for example' : '你可以这样问我',
    parts: [
      ...mine.map((group): CardPart => ({
        kind: 'list',
        title: group.title[lang],
        items: group.examples(names, lang),
      })),
      {
        kind: 'note',
        text: en
          ? 'You see only what your role may see; in a group, amounts go to you privately.'
          : '只会看到你岗位能看的数据；在群里问到金额，会私信给你。',
      },
    ],
    buttons: [
      nextStep('waiting', en ? 'Waiting for me' : '待我审批', { intent: 'approval.mine' }, lang),
      ...(mayAsk(caller, 'order.list')
        ? [nextStep('orders', en ? 'My orders' : '我的订单', { intent: 'order.list', scope: 'mine' }, lang)]
        : []),
    ],
    link: { label: en ? 'Open the app' : '打开一单', path: '/' },
  }
}

/** Names that he meets in his work; where there are none yet, what kind of name goes there. */
async function namesFor(caller: Caller, lang: Lang): Promise<Names> {
  const order = await lastOrder(caller)
  const item = order?.lines[0]?.item ?? (await anyItem(caller))
  const en = lang === 'en'
  return {
    item: item ? itemLabel(item) : en ? 'name and size' : '商品名和规格',
    customer: order?.order.names['customerId'] || (en ? 'customer' : '客户简称'),
    order: order?.order.number?.slice(-5) ?? '00042',
  }
}

async function lastOrder(caller: Caller): Promise<OrderDetail | undefined> {
  if (!mayAsk(caller, 'order.list')) return undefined
  const { rows } = await ask(caller, salesActions.orders, { limit: 1 })
  return rows[0] && ask(caller, salesActions.order, { id: rows[0].id })
}

async function anyItem(caller: Caller) {
  if (!mayAsk(caller, 'stock.item')) return undefined
  const { rows } = await ask(caller, inventoryActions.stock, { limit: 1 })
  return rows[0]?.item
}
