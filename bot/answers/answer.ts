import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Card } from '../card.ts'
import { propose } from '../deeds/proposal-card.ts'
import { answerAlerts } from './answer-alerts.ts'
import { answerAgeing } from './answer-ageing.ts'
import { answerApprovals, answerApprovalStatus } from './answer-approvals.ts'
import { answerArrivals } from './answer-arrivals.ts'
import { answerAvailability } from './answer-availability.ts'
import { answerCollections, answerComingDue } from './answer-collections.ts'
import { answerCustomer } from './answer-customer.ts'
import { answerDelivery, answerDue } from './answer-deliveries.ts'
import { answerDraft } from './answer-draft.ts'
import { answerExpiring } from './answer-expiring.ts'
import { answerFollowUps } from './answer-follow-ups.ts'
import { answerHelp } from './answer-help.ts'
import { answerInApp } from './answer-in-app.ts'
import { answerLots } from './answer-lots.ts'
import { answerMargin } from './answer-margin.ts'
import { answerMoves } from './answer-moves.ts'
import { answerOrder, answerOrders } from './answer-orders.ts'
import { answerOverdue } from './answer-overdue.ts'
import { answerLastPrice, answerPrices } from './answer-prices.ts'
import { answerCredit, answerReceivable } from './answer-receivable.ts'
import { answerRanks } from './answer-ranks.ts'
import { answerSales } from './answer-sales.ts'
import { answerSlow } from './answer-slow.ts'
import { answerStatement } from './answer-statement.ts'
import { answerStock } from './answer-stock.ts'
import { answerLow, answerWarehouse } from './answer-stock-lists.ts'
import { answerTargets } from './answer-targets.ts'
import { answerReturn } from './answer-return.ts'
import { answerVariants } from './answer-variants.ts'
import type { BotQuery, Intent, QueryOf } from './query.ts'

type Answers = { [I in Intent]: (caller: Caller, query: QueryOf<I>, lang: Lang) => Card | Promise<Card> }

const answers: Answers = {
  'stock.item': answerStock,
  'stock.warehouse': answerWarehouse,
  'stock.lot': answerLots,
  'stock.variant': answerVariants,
  'stock.atp': answerAvailability,
  'stock.in_transit': answerArrivals,
  'stock.low': answerLow,
  'stock.slow': answerSlow,
  'stock.moves': answerMoves,
  'stock.expiring': answerExpiring,
  'price.item': answerPrices,
  'price.last': answerLastPrice,
  'margin.query': answerMargin,
  'order.status': (caller, { orderId, returnId, ...query }, lang) =>
    returnId
      ? answerReturn(caller, returnId, lang)
      : orderId
        ? answerOrder(caller, orderId, lang)
        : answerOrders(caller, { ...query, intent: 'order.list' }, lang),
  'order.list': answerOrders,
  'delivery.status': (caller, query, lang) =>
    query.returnId ? answerReturn(caller, query.returnId, lang) : answerDelivery(caller, query, lang),
  'delivery.due': answerDue,
  'ar.customer': answerReceivable,
  'ar.overdue': answerOverdue,
  'ar.ageing': answerAgeing,
  'ar.credit': answerCredit,
  'ar.collections': answerCollections,
  'ar.statement': answerStatement,
  'ar.due': answerComingDue,
  'ap.payable': (_caller, { intent }, lang) => answerInApp(intent, lang),
  'approval.mine': answerApprovals,
  'approval.status': answerApprovalStatus,
  'crm.funnel': (_caller, { intent }, lang) => answerInApp(intent, lang),
  'crm.followups': answerFollowUps,
  'crm.profile': answerCustomer,
  'sales.summary': answerSales,
  'sales.rank': answerRanks,
  'target.progress': answerTargets,
  'quote.draft': answerDraft,
  'order.draft': answerDraft,
  'owner.remind': (caller, { customerId, reason, text }, lang) =>
    propose(caller, { do: 'remind', customerId, reason, text }, lang),
  'crm.log': (caller, { customerId, kind, text, nextOn }, lang) =>
    propose(caller, { do: 'log', customerId, kind, text, nextOn }, lang),
  'alert.subscribe': answerAlerts,
  help: (caller, _query, lang) => answerHelp(caller, lang),
}

/** Runs a typed query with the asker's own rights. Figures come from the services' answers and from nowhere else. */
export async function answer<I extends Intent>(caller: Caller, query: QueryOf<I>, lang: Lang): Promise<Card> {
  const intent: I = query.intent
  return answers[intent](caller, query, lang)
}

/** Answers that carry money, customers or contacts go to the asker alone, also when he asked in a group. */
export const isPrivate = ({ intent }: BotQuery): boolean => !intent.startsWith('stock.') && intent !== 'help'
