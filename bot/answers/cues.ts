import type { Intent } from './query.ts'

type Cue = { pattern: RegExp; weight: number }

/** The words that point to an intent. Negative weights point away from it. */
export const cues: Record<Intent, Cue[]> = {
  'stock.item': [
    { pattern: /库存|现货|有货|可用|可卖|在库|kucun|苦存|库从/, weight: 0.9 },
    { pattern: /还有多少|还剩|剩多少|还有几|有多少|剩几|够不够|有没有货|还有没|还有吗|有吗/, weight: 0.8 },
    { pattern: /in stock|stock of|how many|any .* left|available/, weight: 0.9 },
    { pattern: /欠|应收|额度|订单|审批/, weight: -0.6 },
  ],
  'ar.customer': [
    { pattern: /欠款?|应收|账款|没付|未付|没结|挂账|yingshou|qiankuan|qian duoshao/, weight: 0.9 },
    { pattern: /逾期|超期|过期没|到期没/, weight: 0.9 },
    { pattern: /信用|额度/, weight: 0.9 },
    { pattern: /\bowes?\b|receivable|outstanding|overdue|credit|balance of/, weight: 0.9 },
  ],
  'order.status': [
    { pattern: /so\d{6}-\d{1,6}|尾号\s*\d{3,6}/, weight: 0.9 },
    { pattern: /订单|单子|进度|到哪|发货了|发了没|发没发|什么时候发|货发/, weight: 0.8 },
    { pattern: /order status|where is (my|the) order|\border\b|shipped/, weight: 0.8 },
    { pattern: /审批|待我/, weight: -0.5 },
  ],
  'order.list': [],
  'approval.mine': [
    { pattern: /待我|等我|要我批|待审|我的审批|待办|需要我|审批.*(有|几|哪)|daishenpi|shenpi/, weight: 0.9 },
    { pattern: /waiting for me|my approvals|approvals|to approve|pending/, weight: 0.9 },
  ],
  help: [
    { pattern: /^(帮助|help|你好|您好|hi|hello|嗨|\?|？|怎么用|使用说明|你会什么|能做什么)[!！。.]*$/, weight: 0.95 },
    { pattern: /你(会|能)(做|干|查)?什么|怎么用|what can you do/, weight: 0.9 },
  ],
}

/** Words that are never part of a name: cut out before names are looked for. */
export const cueWords =
  /库存|现货|有货|可用|可卖|在库|还有多少|还剩多少|还剩下?|剩多少|有多少|还有几个?|剩几个?|够不够|有没有货?|还有没有?|还有吗?|还欠|欠款|欠了|欠|应收账款|应收|账款|没付|未付|没结|多少钱|多少|几个|几箱|几盒|逾期|超期|信用额度|信用|额度|剩余|订单|单子|的单|进度|到哪了?|发货了?|发了没有?|什么时候|货|总共|一共|现在|目前|我们|咱们|的|了|吗|么|没|有|在|是|在途|kucun|how (many|much)|do we have|does|do|have|in stock|stock|of|left|any|owes?|owe|us|receivables?|outstanding|overdue|credit|balance|orders?|status|where is|my|is|are|what|whats|what's|there/g

export const threshold = { answer: 0.7, lead: 0.15 }

export function scoreIntents(text: string): { intent: Intent; score: number }[] {
  return (Object.entries(cues) as [Intent, Cue[]][]) // a table keyed by Intent
    .map(([intent, list]) => ({
      intent,
      score: list.filter((cue) => cue.pattern.test(text)).reduce((sum, cue) => sum + cue.weight, 0),
    }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
}
