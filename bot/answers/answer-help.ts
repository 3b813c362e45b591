import type { Lang } from '#contract'
import { type Caller, has } from '#kernel/caller'
import type { Card } from '../card.ts'

type Example = { zh: string; en: string; needs?: string }

const examples: Example[] = [
  { zh: '膨胀螺栓 M10*100 还有多少', en: 'how many 膨胀螺栓 M10*100 in stock', needs: 'stock.read' },
  { zh: '主仓密封胶库存', en: 'stock of 密封胶 in 主仓', needs: 'stock.read' },
  { zh: '宏达还欠多少', en: 'how much does 宏达 owe', needs: 'receivable.read' },
  { zh: '宏达的信用额度还剩多少', en: 'credit left of 宏达', needs: 'receivable.read' },
  { zh: '宏达的订单到哪了', en: 'orders of 宏达', needs: 'sales_order.write' },
  { zh: '订单尾号 00042 发货了吗', en: 'order status 00042', needs: 'sales_order.write' },
  { zh: '有哪些待我审批', en: 'what waits for me' },
]

/** What one can ask, with examples that this person may use. */
export async function answerHelp(caller: Caller, lang: Lang): Promise<Card> {
  const mine = examples.filter((example) => !example.needs || has(caller, example.needs))
  return {
    colour: 'blue',
    title: lang === 'en' ? 'Ask me, for example' : '你可以这样问我',
    parts: [{ kind: 'text', text: mine.map((example) => `· ${example[lang]}`).join('\n') }],
    buttons: [],
    link: { label: lang === 'en' ? 'Open the app' : '打开一单', path: '/' },
  }
}
