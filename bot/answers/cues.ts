import type { Intent } from './query.ts'

type Cue = { pattern: RegExp; weight: number }

/** The words that point to an intent. Negative weights point away from it. */
const cues: Record<Intent, Cue[]> = {
  'stock.item': [
    { pattern: /库存|现货|有货|可用|可卖|在库|存货|kucun|苦存|库从/, weight: 0.9 },
    { pattern: /还有多少|还剩|剩多少|剩几|还有几|有多少|各有|够不够|有没有货|还有没|还有吗|有吗|有货没/, weight: 0.8 },
    { pattern: /in stock|stock of|how many|any .* left|\bleft\b|available/, weight: 0.9 },
    { pattern: /欠|应收|额度|订单|张单|审批|没批|没付|没付款|credit/, weight: -0.6 },
    { pattern: /怎么问|如何问/, weight: -0.9 },
  ],
  'stock.coming': [
    { pattern: /在途|在路上|什么时候到货|几时到货|到货没|何时到货|\bincoming\b|\binbound\b/, weight: 1 },
  ],
  'ar.customer': [
    {
      pattern: /欠款?|应收|账款|没付|未付|没结|结清|挂账|还差.*钱|差我们|yingshou|qian ?kuan|qian duoshao/,
      weight: 0.9,
    },
    { pattern: /逾期|超期|过期没|到期没|yuqi/, weight: 0.9 },
    { pattern: /信用|额度|赊|账期|xinyong|edu(?=\b|[^a-z])/, weight: 0.9 },
    { pattern: /\bowes?\b|receivable|outstanding|overdue|credit|balance of/, weight: 0.9 },
    { pattern: /怎么问|如何问/, weight: -0.9 },
  ],
  'ar.overdue': [
    { pattern: /(哪些|哪几|谁|什么)(家|个)?(客户)?.{0,6}(逾期|超期|没付款|没付)/, weight: 2.2 },
    { pattern: /(逾期|超期|超账期).{0,6}(客户|清单|列表|明细|列|有哪些|有谁|最多)/, weight: 2.2 },
    { pattern: /我(的|手上)?.{0,6}(逾期|超期|超账期)/, weight: 2.2 },
    { pattern: /overdue (list|customers)|who is overdue/, weight: 2.2 },
  ],
  'order.status': [
    {
      pattern: /so\d{6}-\d{1,6}|尾号\s*\d{3,6}|(?<![\d*.])\d{4,6}\s*(?:那|这)?(?:张|个)?单|order\s*#?\s*\d{4,6}/,
      weight: 0.9,
    },
    {
      pattern: /订单|单子|那单|张单|的单|下的单|开的单|进度|到哪|发货了|发了没|发没发|什么时候发|货发|dingdan/,
      weight: 0.8,
    },
    { pattern: /order status|where is (my|the) order|\borders?\b|shipped/, weight: 0.8 },
    { pattern: /待我|要我|等我|我.{0,2}批|waiting for m/, weight: -0.5 },
  ],
  'order.list': [],
  'approval.mine': [
    {
      pattern:
        /待我|等我|(要|让|给)我.{0,2}(批|审)|我要批|没批|要审|待审|我的审批|待办|需要我|审批.*(有|几|哪|过一下)|的审批|daishenpi|shenpi|daiban/,
      weight: 0.9,
    },
    { pattern: /waiting for m|my approvals?|approvals|to approve|pending/, weight: 0.9 },
    { pattern: /审了没|批了没|到谁/, weight: -0.4 },
  ],
  help: [
    {
      pattern:
        /^(帮助|help|你好|您好|hi|hello|嗨|\?|怎么用|使用说明|你会什么|你会啥|能做什么|bangzhu|能查(哪些|什么|啥)(东西)?)[!。.?]*$/,
      weight: 1.2,
    },
    { pattern: /你(会|能)(做|干|查)?(什么|啥)|怎么用|(怎么|如何)(问|查|用)|what can (you|i)/, weight: 1.1 },
  ],
}

/** Words that are never part of a name: cut out before names are looked for. */
export const cueWords = new RegExp(
  [
    '库存|现货|有货没?|可用|可卖|在库|存货|各?还?有没有货?|各?还?有多少|各有多少|还剩多少|还剩下?|剩多少|还有几个?|剩几个?|够不够|还有吗?|各有',
    '我们|咱们|我手上|我的|我|还欠|欠款|欠了|欠|应收账款|应收|账款|没付款?|未付|没结|结清了?|的账|还差|差|多少钱|多少|钱|几个|几箱|几盒|几张|张单',
    '逾期|超期|超账期|信用额度|信用|额度|账期|会不会|能不能|赊|再下|再|超|用完|剩余|剩|还能|能|多少天|天',
    '订单|的?单子|那单|那张单|这单|的单|下的单|开的单|进度|到哪步?了?|哪步|发货了?|发了没有?|发了没|什么时候|什么情况|啥状态|状态|情况|审了没|没完|未完|货|总共|一共|现在|目前|分别',
    '在途|在路上的?|到货没?|那款|这款|款|那批|下|的|了|吗|么|没|有|在|是|和|跟|与|都|哪些|哪',
    "kucun|dingdan|jindu|xinyong|edu|qian ?kuan|yingshou|how (?:many|much)|do we have|does|do|have|has|in stock|stock|warehouse|wh\\b|of|left|any|in\\b|for\\b|owes?|us\\b|receivables?|outstanding|overdue|credit|balance|orders?|status|where is|my\\b|is\\b|are\\b|what|whats|what's|there|incoming|inbound|and\\b",
  ].join('|'),
  'g',
)

export const threshold = { answer: 0.7, lead: 0.15 }
export type Scored = { intent: Intent; score: number }

/** How likely each intent is by its words, most likely first. */
export function scoreIntents(text: string): Scored[] {
  return (Object.entries(cues) as [Intent, Cue[]][]) // a table keyed by Intent
    .map(([intent, list]) => ({
      intent,
      score: list.filter((cue) => cue.pattern.test(text)).reduce((sum, cue) => sum + cue.weight, 0),
    }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
}
