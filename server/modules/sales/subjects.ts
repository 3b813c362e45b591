import type { Facts } from '#contract'
import { type Caller, seesOwner, systemCaller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { registerSubject } from '#server/engines/approvals'
import { registerFactFields } from '#server/engines/rules'
import { saleFactFields } from './order-facts.model.ts'
import { orderBackground, quotationBackground } from './approval-background.ts'
import { findOrder, findOrderHeaders } from './order-store.ts'
import { seesDelivery } from './policy.ts'
import { findQuotation } from './quotation-store.ts'
import { findReturn } from './sales-return-store.ts'
import { returnFactFields } from './sales-return.document.ts'
import { judgeOrder, reassessOrder } from './settle-order.ts'
import { reassessQuotation } from './settle-quotation.ts'
import { judgeQuotation } from './submit-quotation.ts'
import { reassessReturn, returnFacts } from './submit-return.ts'

/** Makes orders, quotations and returns documents that rules can look at and that can be approved. */
export function registerSales(): void {
  registerFactFields('sales_order', saleFactFields)
  registerFactFields('quotation', saleFactFields)
  registerFactFields('sales_return', returnFactFields)
  registerSubject('sales_order', {
    reassess: reassessOrder,
    conditionFacts: orderFacts,
    mayRead: async (tx, caller, id) => mayRead(caller, 'sales_order', (await findOrderHeaders(tx, [id]))[0]),
    background: orderBackground,
  })
  registerSubject('quotation', {
    reassess: reassessQuotation,
    conditionFacts: quotationFacts,
    mayRead: async (tx, caller, id) => mayRead(caller, 'quotation', await findQuotation(tx, id)),
    background: quotationBackground,
  })
  registerSubject('sales_return', {
    reassess: reassessReturn,
    conditionFacts: returnFacts,
    mayRead: async (tx, caller, id) => {
      const found = await findReturn(tx, id)
      return found !== undefined && seesDelivery(caller, found)
    },
  })
}

const mayRead = (caller: Caller, document: string, found: { ownerId: string } | undefined): boolean =>
  found !== undefined && seesOwner(caller, document, found.ownerId)

async function orderFacts(tx: Tx, id: string): Promise<Facts> {
  const order = await findOrder(tx, id)
  return order ? (await judgeOrder(tx, systemCaller(new Date()), order)).facts : {}
}

async function quotationFacts(tx: Tx, id: string): Promise<Facts> {
  const quotation = await findQuotation(tx, id)
  return quotation ? (await judgeQuotation(tx, systemCaller(new Date()), quotation)).facts : {}
}
