import { approvalMine, approvalStatus } from './fill-approvals.ts'
import { orderDraft, quoteDraft } from './fill-drafts.ts'
import {
  stockAtp,
  stockExpiring,
  stockInTransit,
  stockItem,
  stockLot,
  stockLow,
  stockMoves,
  stockSlow,
  stockVariant,
  stockWarehouse,
} from './fill-goods.ts'
import { marginQuery } from './fill-margin.ts'
import { deliveryDue, deliveryStatus, orderList, orderStatus } from './fill-orders.ts'
import { priceItem, priceLast } from './fill-prices.ts'
import { salesRank } from './fill-ranks.ts'
import {
  apPayable,
  arAgeing,
  arCollections,
  arCredit,
  arCustomer,
  arDue,
  arOverdue,
  arStatement,
} from './fill-receivables.ts'
import { crmLog, ownerRemind } from './fill-words.ts'
import { alertSubscribe, crmFollowups, crmFunnel, crmProfile, salesSummary, targetProgress } from './fill-work.ts'
import type { Asked } from './asked.ts'
import { asked } from './pick.ts'
import type { Intent } from './query.ts'
import type { Understanding } from './understanding.ts'

/** How the query of each intent is made of what a message names; what is missing is asked for, what fits twice is asked back. */
const fillers: Record<Intent, (ask: Asked) => Understanding | Promise<Understanding>> = {
  'stock.item': stockItem,
  'stock.warehouse': stockWarehouse,
  'stock.lot': stockLot,
  'stock.variant': stockVariant,
  'stock.atp': stockAtp,
  'stock.in_transit': stockInTransit,
  'stock.low': stockLow,
  'stock.slow': stockSlow,
  'stock.moves': stockMoves,
  'stock.expiring': stockExpiring,
  'price.item': priceItem,
  'price.last': priceLast,
  'margin.query': marginQuery,
  'order.status': orderStatus,
  'order.list': orderList,
  'delivery.status': deliveryStatus,
  'delivery.due': deliveryDue,
  'ar.customer': arCustomer,
  'ar.overdue': arOverdue,
  'ar.ageing': arAgeing,
  'ar.credit': arCredit,
  'ar.collections': arCollections,
  'ar.statement': arStatement,
  'ar.due': arDue,
  'ap.payable': apPayable,
  'approval.mine': approvalMine,
  'approval.status': approvalStatus,
  'crm.funnel': crmFunnel,
  'crm.followups': crmFollowups,
  'crm.profile': crmProfile,
  'sales.summary': salesSummary,
  'sales.rank': salesRank,
  'target.progress': targetProgress,
  'quote.draft': quoteDraft,
  'order.draft': orderDraft,
  'owner.remind': ownerRemind,
  'crm.log': crmLog,
  'alert.subscribe': alertSubscribe,
  help: () => asked({ intent: 'help' }),
}

export const fill = async (ask: Asked): Promise<Understanding> => fillers[ask.intent](ask)
