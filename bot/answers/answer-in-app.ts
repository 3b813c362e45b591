import { type Lang, say, type Text } from '#contract'
import type { Card } from '../card.ts'
import type { BotQuery, Intent } from './query.ts'

type Words = { title: Text; text: Text; link?: { label: Text; path: string } }

const notKept = (what: Text, instead: Text): Text => ({
  zh: `${what.zh}还没有录入系统，所以答不了。${instead.zh}`,
  en: `${what.en ?? what.zh} are not kept here yet, so there is no answer. ${instead.en ?? instead.zh}`,
})
const inApp = (deed: Text): Text => ({
  zh: `听懂了，但${deed.zh}请在应用里做，这里还没有动任何数据。`,
  en: `Understood. Please ${deed.en ?? deed.zh} in the app; nothing has been changed.`,
})

/** What is understood but not answered here: figures that nobody keeps yet, and deeds that are done in the app. */
const words: Partial<Record<Intent, Words>> = {
  'stock.slow': {
    title: { zh: '呆滞库存', en: 'Slow movers' },
    text: notKept(
      { zh: '每个商品的最近出库日汇总', en: 'The last issues of all items' },
      { zh: '可以问某个商品的流水。', en: 'Ask for the moves of an item.' },
    ),
    link: { label: { zh: '库存列表', en: 'Stock' }, path: '/stock' },
  },
  'stock.expiring': {
    title: { zh: '临期', en: 'Expiring' },
    text: notKept(
      { zh: '全部商品的临期清单', en: 'Expiring lots of all items' },
      { zh: '可以问某个商品的批次，例如加上商品名。', en: 'Name an item to see its lots.' },
    ),
    link: { label: { zh: '库存列表', en: 'Stock' }, path: '/stock' },
  },
  'margin.query': {
    title: { zh: '毛利', en: 'Margin' },
    text: notKept(
      { zh: '按客户或期间汇总的毛利', en: 'Margins by customer or period' },
      { zh: '可以问某个商品或某张订单的毛利。', en: 'Ask for an item or an order.' },
    ),
  },
  'ap.payable': {
    title: { zh: '应付', en: 'Payables' },
    text: notKept(
      { zh: '应付账款', en: 'Payables' },
      { zh: '可以问在途和入库。', en: 'Ask what is on the way or was received.' },
    ),
    link: { label: { zh: '入库单', en: 'Goods receipts' }, path: '/stock/receipts' },
  },
  'crm.funnel': {
    title: { zh: '商机漏斗', en: 'Pipeline' },
    text: notKept({ zh: '商机', en: 'Opportunities' }, { zh: '可以看报价单。', en: 'The quotations are there.' }),
    link: { label: { zh: '报价单', en: 'Quotations' }, path: '/quotations' },
  },
  'crm.followups': {
    title: { zh: '跟进', en: 'Follow-ups' },
    text: notKept({ zh: '跟进记录', en: 'Follow-ups' }, { zh: '可以看客户列表。', en: 'The customers are there.' }),
    link: { label: { zh: '客户', en: 'Customers' }, path: '/customers' },
  },
  'sales.summary': {
    title: { zh: '销售', en: 'Sales' },
    text: notKept(
      { zh: '按商品或分类汇总的销量', en: 'Sales by item or category' },
      { zh: '可以问销售额，或某个商品的流水。', en: 'Ask for sales, or for the moves of an item.' },
    ),
  },
  'sales.rank': {
    title: { zh: '排行', en: 'Ranking' },
    text: notKept(
      { zh: '按商品或分类汇总的销量', en: 'Sales by item or category' },
      { zh: '可以问业绩排行或客户排行。', en: 'Ask for sellers or customers.' },
    ),
  },
  'target.progress': {
    title: { zh: '目标完成', en: 'Targets' },
    text: notKept(
      { zh: '销售目标', en: 'Targets' },
      { zh: '可以问本月销售额。', en: 'Ask for the sales of this month.' },
    ),
  },
  'quote.draft': {
    title: { zh: '报价', en: 'Quotation' },
    text: inApp({ zh: '报价', en: 'write the quotation' }),
    link: { label: { zh: '去报价', en: 'New quotation' }, path: '/quotations/new' },
  },
  'order.draft': {
    title: { zh: '开单', en: 'Order' },
    text: inApp({ zh: '开单', en: 'write the order' }),
    link: { label: { zh: '去开单', en: 'New order' }, path: '/orders/new' },
  },
  'owner.remind': {
    title: { zh: '提醒负责人', en: 'Nudge the owner' },
    text: inApp({ zh: '提醒同事', en: 'reach the owner' }),
    link: { label: { zh: '客户', en: 'Customers' }, path: '/customers' },
  },
  'crm.log': {
    title: { zh: '记跟进', en: 'Follow-up' },
    text: notKept(
      { zh: '跟进记录', en: 'Follow-ups' },
      { zh: '可以先写在客户备注里。', en: "The customer's note can hold it meanwhile." },
    ),
    link: { label: { zh: '客户', en: 'Customers' }, path: '/customers' },
  },
  'alert.subscribe': {
    title: { zh: '订阅提醒', en: 'Alerts' },
    text: { zh: '还不能在这里订阅提醒，没有创建任何提醒。', en: 'Alerts cannot be set here yet; none was created.' },
  },
}

/** Says plainly that this is not answered here, and where to go instead. */
export function answerInApp(query: BotQuery, lang: Lang): Card {
  const { title, text, link } = words[query.intent] ?? {
    title: { zh: '一单', en: 'Yidan' },
    text: { zh: '请在应用里查看。', en: 'Please look in the app.' },
  }
  return {
    colour: 'grey',
    title: say(title, lang),
    parts: [{ kind: 'text', text: say(text, lang) }],
    buttons: [],
    link: linkOf(query, link, lang),
  }
}

/** The page of the customer that is meant, where there is one. */
function linkOf(query: BotQuery, link: Words['link'], lang: Lang): Card['link'] {
  if (!link) return undefined
  const customerId = 'customerId' in query ? query.customerId : undefined
  return {
    label: say(link.label, lang),
    path: link.path === '/customers' && customerId ? `/customers/${customerId}` : link.path,
  }
}
