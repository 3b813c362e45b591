import { type Lang, say, type Text } from '#contract'
import type { Card } from '../card.ts'
import type { BotQuery, Intent } from './query.ts'

type Words = { title: Text; text: Text; link?: { label: Text; path: string } }

const notKept = (what: Text, instead: Text): Text => ({
  zh: `${what.zh}还没有录入系统，所以答不了。${instead.zh}`,
  en: `${what.en ?? what.zh} are not kept here yet, so there is no answer. ${instead.en ?? instead.zh}`,
})

/** What is understood but not answered: figures that nobody keeps yet. */
const words: Partial<Record<Intent, Words>> = {
  'stock.expiring': {
    title: { zh: '临期', en: 'Expiring' },
    text: notKept(
      { zh: '全部商品的临期清单', en: 'Expiring lots of all items' },
      { zh: '可以问某个商品的批次，例如加上商品名。', en: 'Name an item to see its lots.' },
    ),
    link: { label: { zh: '库存列表', en: 'Stock' }, path: '/stock' },
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
