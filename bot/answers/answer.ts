import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Card } from '../card.ts'
import { answerApprovals } from './answer-approvals.ts'
import { answerHelp } from './answer-help.ts'
import { answerOrder, answerOrders } from './answer-orders.ts'
import { answerOverdue } from './answer-overdue.ts'
import { answerReceivable } from './answer-receivable.ts'
import { answerComing, answerStock } from './answer-stock.ts'
import type { BotQuery } from './query.ts'

/** Runs a typed query with the asker's own rights. Figures come from the services' answers and from nowhere else. */
export async function answer(caller: Caller, query: BotQuery, lang: Lang): Promise<Card> {
  switch (query.intent) {
    case 'stock.item':
      return answerStock(caller, query, lang)
    case 'stock.coming':
      return answerComing(caller, query, lang)
    case 'ar.overdue':
      return answerOverdue(caller, query, lang)
    case 'ar.customer':
      return answerReceivable(caller, query, lang)
    case 'order.status':
      return answerOrder(caller, query, lang)
    case 'order.list':
      return answerOrders(caller, query, lang)
    case 'approval.mine':
      return answerApprovals(caller, query, lang)
    case 'help':
      return answerHelp(caller, lang)
  }
}

/** Answers that carry money or contacts go to the asker alone, also when he asked in a group. */
export const isPrivate = ({ intent }: BotQuery): boolean => !['stock.item', 'stock.coming', 'help'].includes(intent)
