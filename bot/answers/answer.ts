import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Card } from '../card.ts'
import { answerAgeing } from './answer-ageing.ts'
import { answerApprovals, answerApprovalStatus } from './answer-approvals.ts'
import { answerArrivals } from './answer-arrivals.ts'
import { answerAvailability } from './answer-availability.ts'
import { answerCollections, answerComingDue } from './answer-collections.ts'
import { answerCustomer } from './answer-customer.ts'
import { answerDelivery, answerDue } from './answer-deliveries.ts'
import { answerHelp } from './answer-help.ts'
import { answerInApp } from './answer-in-app.ts'
import { answerExpiring, answerLots } from './answer-lots.ts'
import { answerItemMargin, answerOrderMargin } from './answer-margin.ts'
import { answerMoves } from './answer-moves.ts'
import { answerOrder, answerOrders } from './answer-orders.ts'
import { answerOverdue } from './answer-overdue.ts'
import { answerLastPrice, answerPrices } from './answer-prices.ts'
import { answerCredit, answerReceivable } from './answer-receivable.ts'
import { answerRank, answerSales } from './answer-sales.ts'
import { answerStatement } from './answer-statement.ts'
import { answerStock } from './answer-stock.ts'
import { answerLow, answerWarehouse } from './answer-stock-lists.ts'
import { answerVariants } from './answer-variants.ts'
import type { BotQuery, Intent, QueryOf } from './query.ts'

type Answers = { [I in Intent]: (caller: Caller, query: QueryOf<I>, lang: Lang) => Card | Promise<Card> }
const inApp = (_caller: Caller, query: BotQuery, lang: Lang): Card => answerInApp(query, lang)

const answers: Answers = {
  'stock.item': answerStock,
  'stock.warehouse': answerWarehouse,
  'stock.lot': answerLots,
  'stock.variant': answerVariants,
  'stock.atp': answerAvailability,
  'stock.in_transit': answerArrivals,
  'stock.low': answerLow,
  'stock.slow': inApp,
  'stock.moves': answerMoves,
  'stock.expiring': (caller, query, lang) =>
    query.itemId ? answerExpiring(caller, { ...query, itemId: query.itemId }, lang) : answerInApp(query, lang),
  'price.item': answerPrices,
  'price.last': answerLastPrice,
  'margin.query': (caller, query, lang) => {
    if (query.itemId) return answerItemMargin(caller, { ...query, itemId: query.itemId }, lang)
    return query.orderId
      ? answerOrderMargin(caller, { ...query, orderId: query.orderId }, lang)
      : answerInApp(query, lang)
  },
  'order.status': (caller, { orderId, ...query }, lang) =>
    orderId ? answerOrder(caller, orderId, lang) : answerOrders(caller, { ...query, intent: 'order.list' }, lang),
  'order.list': answerOrders,
  'delivery.status': answerDelivery,
  'delivery.due': answerDue,
  'ar.customer': answerReceivable,
  'ar.overdue': answerOverdue,
  'ar.ageing': answerAgeing,
  'ar.credit': answerCredit,
  'ar.collections': answerCollections,
  'ar.statement': answerStatement,
  'ar.due': answerComingDue,
  'ap.payable': inApp,
  'approval.mine': answerApprovals,
  'approval.status': answerApprovalStatus,
  'crm.funnel': inApp,
  'crm.followups': inApp,
  'crm.profile': answerCustomer,
  'sales.summary': (caller, query, lang) =>
    query.itemId || query.category ? answerInApp(query, lang) : answerSales(caller, query, lang),
  'sales.rank': (caller, { by, ...query }, lang) =>
    by === 'rep' || by === 'customer'
      ? answerRank(caller, { ...query, by }, lang)
      : answerInApp({ ...query, by }, lang),
  'target.progress': inApp,
  'quote.draft': inApp,
  'order.draft': inApp,
  'owner.remind': inApp,
  'crm.log': inApp,
  'alert.subscribe': inApp,
  help: (caller, _query, lang) => answerHelp(caller, lang),
}

/** Runs a typed query with the asker's own rights. Figures come from the services' answers and from nowhere else. */
export async function answer<I extends Intent>(caller: Caller, query: QueryOf<I>, lang: Lang): Promise<Card> {
  const intent: I = query.intent
  return answers[intent](caller, query, lang)
}

/** Answers that carry money, customers or contacts go to the asker alone, also when he asked in a group. */
export const isPrivate = ({ intent }: BotQuery): boolean => !intent.startsWith('stock.') && intent !== 'help'
