import { Decimal, type Document, type Text, toMoney } from '#contract'
import { type Caller, canRead, has, seesOwner } from '#kernel/caller'
import type { Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { type OrderPayment, paymentOf } from '#server/modules/finance'
import type { ChainLink } from './contract.ts'
import { deliveriesOf } from './delivery-store.ts'
import { delivery } from './delivery.document.ts'
import type { Delivery } from './delivery.model.ts'
import { findOrder } from './order-store.ts'
import type { Order } from './order.model.ts'
import { findQuotation } from './quotation-store.ts'
import { seesDelivery } from './policy.ts'
import { quotation } from './quotation.document.ts'
import type { Quotation } from './quotation.model.ts'
import { returnsOf } from './sales-return-store.ts'
import { salesReturn } from './sales-return.document.ts'
import type { SalesReturn } from './sales-return.model.ts'
import { salesOrder } from './sales-order.document.ts'

/** What has come of an order: its delivery notes, what came back, and how far it is paid. */
export type Outcome = { deliveries: Delivery[]; returns: SalesReturn[]; payment: OrderPayment }

export async function outcomeOf(tx: Tx, order: Order): Promise<Outcome> {
  return {
    deliveries: await deliveriesOf(tx, order.id),
    returns: await returnsOf(tx, order.id),
    payment: (await paymentOf(tx, [order.id])).get(order.id)!,
  }
}

/** The chain of documents an order stands in: 报价 → 订单 → 出库 → 退货 → 应收 → 收款; what the caller may not see is left out. */
export async function chainOfOrder(tx: Tx, caller: Caller, order: Order, outcome: Outcome): Promise<ChainLink[]> {
  const quoted = order.quotationId ? await findQuotation(tx, order.quotationId) : undefined
  return [...quotationLink(caller, quoted), ...orderLinks(caller, order, outcome)]
}

/** The same, seen from its quotation. */
export async function chainOfQuotation(tx: Tx, caller: Caller, quoted: Quotation): Promise<ChainLink[]> {
  const order = quoted.orderId ? await findOrder(tx, quoted.orderId) : undefined
  return [...quotationLink(caller, quoted), ...(order ? orderLinks(caller, order, await outcomeOf(tx, order)) : [])]
}

const quotationLink = (caller: Caller, quoted: Quotation | undefined): ChainLink[] =>
  quoted && seesOwner(caller, 'quotation', quoted.ownerId)
    ? [link(quotation, quoted, null, shown(caller, quoted.grossTotal))]
    : []

function orderLinks(caller: Caller, order: Order, { deliveries, returns, payment }: Outcome): ChainLink[] {
  const links: ChainLink[] = []
  if (seesOwner(caller, 'sales_order', order.ownerId))
    links.push(link(salesOrder, order, order.orderedOn, shown(caller, order.grossTotal)))
  for (const note of deliveries.filter(({ state }) => state !== 'cancelled'))
    if (seesDelivery(caller, note))
      links.push(
        link(delivery, note, note.shippedOn ?? note.plannedOn, note.shippedOn ? shown(caller, note.grossTotal) : null),
      )
  for (const back of returns.filter(({ state }) => state !== 'cancelled'))
    if (seesDelivery(caller, back))
      links.push(link(salesReturn, back, back.receivedOn, shown(caller, back.grossTotal.neg())))
  return has(caller, 'receivable.read') ? [...links, ...moneyLinks(caller, payment)] : links
}

const shown = (caller: Caller, amount: Decimal): string | null => (canRead(caller, 'amount') ? toMoney(amount) : null)

const link = (
  document: Document,
  { id, number, state }: { id: string; number: string | null; state: string },
  on: string | null,
  amount: string | null,
): ChainLink => ({
  document: document.name as ChainLink['document'], // called with the documents of this module
  id,
  number: number ?? '',
  state,
  stateLabel: document.states?.[state]?.label ?? document.label,
  on,
  amount,
  page: document.page.replace(':id', id),
})

const moneyStates = {
  open: { zh: '未收', en: 'Open' },
  part: { zh: '部分收款', en: 'Partly paid' },
  settled: { zh: '已收清', en: 'Settled' },
} as const satisfies Record<string, Text>

function settledState(row: { settled: string; open: string }): keyof typeof moneyStates {
  if (new Decimal(row.open).isZero()) return 'settled'
  return new Decimal(row.settled).isZero() ? 'open' : 'part'
}

/** What is owed for the order, and the receipts that paid it. */
function moneyLinks(caller: Caller, { receivables, allocations }: OrderPayment): ChainLink[] {
  const owed = receivables.map((row): ChainLink => {
    const state = settledState(row)
    return {
      document: 'receivable',
      id: row.id,
      number: row.sourceNumber,
      state,
      stateLabel: moneyStates[state],
      on: row.dueOn,
      amount: shown(caller, new Decimal(row.amount)),
      page: `/receivables/${row.id}`,
    }
  })
  const paid = receiptsOf(allocations).map(({ id, number, on, amount }): ChainLink => ({
    document: 'receipt',
    id,
    number,
    state: 'posted',
    stateLabel: { zh: '已收款', en: 'Received' },
    on,
    amount: shown(caller, amount),
    page: `/receipts/${id}`,
  }))
  return [...owed, ...paid]
}

/** The receipts behind what was paid, each once with all that it paid of the order; what returns took off is no receipt. */
export function receiptsOf(
  allocations: OrderPayment['allocations'],
): { id: string; number: string; on: Day; amount: Decimal }[] {
  const receiptIds = [...new Set(allocations.filter((row) => !row.isCredit).map((row) => row.receiptId))]
  return receiptIds.map((id) => {
    const parts = allocations.filter((row) => row.receiptId === id)
    const { receiptNumber, on } = parts[0]!
    return { id, number: receiptNumber, on, amount: Decimal.sum(...parts.map((row) => row.amount)) }
  })
}
