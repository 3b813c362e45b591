import type { z } from 'zod'
import type { Endpoint } from '#contract'
import { approvals } from '#contract/engines/approvals'
import { rules } from '#contract/engines/rules'
import { catalog } from '#contract/modules/catalog'
import { finance } from '#contract/modules/finance'
import { inventory } from '#contract/modules/inventory'
import { parties } from '#contract/modules/parties'
import { sales } from '#contract/modules/sales'
import { newId } from '#kernel/ids'
import { ask } from '#kernel/perform'
import { systemCaller } from '#kernel/caller'
import { dayAt } from '#kernel/days'
import { insertPaymentTerms, standardTerms } from '#server/modules/parties'
import { as, type Who } from './door.ts'

// What a company has and does, made as its people make it: through the door.

export const today = (): string => dayAt(new Date())

type Given<E extends Endpoint> = Partial<z.input<E['input']>>

/** Payment terms and a warehouse: without them nothing is sold. Answers the warehouse. */
export async function openShop(): Promise<string> {
  await ask(systemCaller(new Date()), (tx) => insertPaymentTerms(tx, standardTerms), undefined)
  return aWarehouse('主仓')
}

export async function aWarehouse(name: string): Promise<string> {
  const id = newId()
  await as('owner').call(inventory.endpoints.createWarehouse, { id, code: `W${id.slice(-8)}`, name })
  return id
}

export async function anItem(given: Given<typeof catalog.endpoints.createItem> = {}): Promise<string> {
  const id = newId()
  await as('owner').call(catalog.endpoints.createItem, {
    id,
    code: `I${id.slice(-8)}`,
    name: '膨胀螺栓',
    category: '紧固件',
    baseUnit: '支',
    tracking: 'none',
    taxRate: '13',
    listPrice: '10',
    ...given,
  })
  return id
}

/** Goods that have come in. Answers the goods receipt. */
export async function stocked(itemId: string, warehouseId: string, quantity: string, unitCost = '6'): Promise<string> {
  const id = newId()
  const { createGoodsReceipt, receiveGoodsReceipt } = inventory.endpoints
  const lines = [{ id: newId(), itemId, entered: [{ unit: '支', quantity }], unitCost }]
  const { receipt } = await as('owner').call(createGoodsReceipt, { id, kind: 'purchase', warehouseId, lines })
  await as('owner').call(receiveGoodsReceipt, { id, version: receipt.version })
  return id
}

export async function aCustomer(who: Who, given: Given<typeof parties.endpoints.createCustomer> = {}): Promise<string> {
  const id = newId()
  await as(who).call(parties.endpoints.createCustomer, {
    id,
    name: `客户${id.slice(-8)}有限公司`,
    shortName: `客户${id.slice(-8)}`,
    level: 'A',
    termCode: 'net_30',
    ...given,
  })
  return id
}

export type Goods = { itemId: string; warehouseId: string; quantity?: string }
export const lineOf = ({ itemId, quantity = '10' }: Goods) => ({ itemId, entered: [{ unit: '支', quantity }] })

/** An order; submitted, and so confirmed where no rule asks for approval, unless `submit` is false. */
export async function anOrder(
  who: Who,
  customerId: string,
  goods: Goods,
  given: Given<typeof sales.endpoints.createOrder> = {},
): Promise<string> {
  const id = newId()
  const { warehouseId } = goods
  const lines = [lineOf(goods)]
  await as(who).call(sales.endpoints.createOrder, { id, customerId, warehouseId, lines, submit: true, ...given })
  return id
}

export async function aQuotation(who: Who, customerId: string, goods: Goods): Promise<string> {
  const id = newId()
  const { createQuotation } = sales.endpoints
  const lines = [lineOf(goods)]
  await as(who).call(createQuotation, { id, customerId, warehouseId: goods.warehouseId, validUntil: today(), lines })
  return id
}

/** Ships all of a confirmed order; answers its delivery note. */
export async function shipped(orderId: string): Promise<string> {
  const { deliveries, shipDelivery } = sales.endpoints
  const { rows } = await as('owner').call(deliveries, { orderId })
  const note = rows[0]
  if (!note) throw new Error(`Order ${orderId} has no delivery note.`)
  await as('owner').call(shipDelivery, { id: note.id, version: note.version })
  return note.id
}

/** Some of what left with a delivery note is to come back: a draft, unless it is to be submitted. */
export async function aReturn(
  orderId: string,
  given: Partial<Given<typeof sales.endpoints.createReturn>> = {},
): Promise<string> {
  const { order, lines } = await as('owner').call(sales.endpoints.returnable, { id: orderId })
  const id = newId()
  await as('owner').call(sales.endpoints.createReturn, {
    id,
    orderId,
    warehouseId: order.warehouseId,
    reason: 'wrong',
    lines: [{ deliveryLineId: lines[0]?.deliveryLineId ?? '', quantity: '1' }],
    ...given,
  })
  return id
}

export async function receivableOf(orderId: string): Promise<string> {
  const { rows } = await as('owner').call(finance.endpoints.receivables, { orderId })
  if (!rows[0]) throw new Error(`Order ${orderId} has no receivable.`)
  return rows[0].id
}

/** An approval of a new order, which waits for the sales manager because a rule on its margin asks for him. */
export async function anApproval(
  who: Who,
  customerId: string,
  goods: Goods,
  given: Given<typeof sales.endpoints.createOrder> = {},
): Promise<string> {
  await askForManager()
  const orderId = await anOrder(who, customerId, goods, given)
  await as('owner').call(rules.endpoints.retireRule, { key: 'low_margin' })
  const asked = { document: 'sales_order', documentId: orderId }
  const { approvals: opened } = await as(who).call(approvals.endpoints.documentApprovals, asked)
  if (!opened[0]) throw new Error(`Order ${orderId} has no approval.`)
  return opened[0].id
}

/** From now on every order waits for the sales manager, until the rule is retired. */
async function askForManager(): Promise<void> {
  const about = { document: 'sales_order', name: { zh: '毛利偏低' }, revision: 0 }
  const approvers = [{ role: 'sales_manager' }]
  const nodes = [{ kind: 'approve' as const, name: { zh: '审批' }, approvers, sign: 'any' as const }]
  const { saveFlow, publishFlow } = approvals.endpoints
  const flow = await as('owner').call(saveFlow, { ...about, key: 'ask_manager', move: 'submit', nodes })
  await as('owner').call(publishFlow, { key: flow.key, revision: flow.revision })
  const condition = { field: 'margin.percent', is: 'lt' as const, value: '99' }
  const actions = [{ do: 'require_approval' as const, flow: 'ask_manager' }]
  const { saveRule, publishRule } = rules.endpoints
  const rule = await as('owner').call(saveRule, { ...about, key: 'low_margin', event: 'submit', condition, actions })
  await as('owner').call(publishRule, { key: rule.key, revision: rule.revision })
}
