import { type Lang, say, type Text } from '#contract'
import type { Card } from '../card.ts'
import type { Intent } from './query.ts'

type Words = { title: Text; text: Text; link: { label: Text; path: string } }

const notKept = (what: Text, instead: Text): Text => ({
  zh: `${what.zh}还没有录入系统，所以答不了。${instead.zh}`,
  en: `${what.en ?? what.zh} are not kept here yet, so there is no answer. ${instead.en ?? instead.zh}`,
})

/** What is understood but not answered: figures that nobody keeps yet. */
type NotKept = Extract<Intent, 'ap.payable' | 'crm.funnel'>
const words: Record<NotKept, Words> = {
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
export function answerInApp(intent: NotKept, lang: Lang): Card {
  const { title, text, link } = words[intent]
  return {
    colour: 'grey',
    title: say(title, lang),
    parts: [{ kind: 'text', text: say(text, lang) }],
    buttons: [],
    link: { label: say(link.label, lang), path: link.path },
  }
}
