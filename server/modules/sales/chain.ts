import { Decimal, type Document, type Text, toMoney } from '#contract'
import { type Caller, canRead, has, seesOwner } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { paymentOf } from '#server/modules/finance'
import type { ChainLink } from './contract.ts'
import { deliveriesOf } from './delivery-store.ts'
import { delivery } from './delivery.document.ts'
import type { Delivery } from './delivery.model.ts'
import { findOrder } from './order-store.ts'
import type { Order } from './order.model.ts'
import { findQuotation } from './quotation-store.ts'
import { quotation } from './quotation.document.ts'
import type { Quotation } from './quotation.model.ts'
import { salesOrder } from './sales-order.document.ts'

type Chain = { quotation?: Quotation; order?: Order; deliveries: Delivery[] }

/** The chain of documents an order stands in: 报价 → 订单 → 出库 → 应收 → 收款; what the caller may not see is left out. */
export async function chainOfOrder(tx: Tx, caller: Caller, order: Order): Promise<ChainLink[]> {
  const quoted = order.quotationId ? await findQuotation(tx, order.quotationId) : undefined
  return chain(tx, caller, { quotation: quoted, order, deliveries: await deliveriesOf(tx, order.id) })
}

/** The same, seen from its quotation. */
export async function chainOfQuotation(tx: Tx, caller: Caller, quoted: Quotation): Promise<ChainLink[]> {
  const order = quoted.orderId ? await findOrder(tx, quoted.orderId) : undefined
  return chain(tx, caller, { quotation: quoted, order, deliveries: order ? await deliveriesOf(tx, order.id) : [] })
}

async function chain(tx: Tx, caller: Caller, { quotation: quoted, order, deliveries }: Chain): Promise<ChainLink[]> {
  const amount = (value: { toFixed(places: number): string }) => (canRead(caller, 'amount') ? value.toFixed(2) : null)
  const sees = (document: string, ownerId: string) => seesOwner(caller, document, ownerId)
  const links: ChainLink[] = []
  if (quoted && sees('quotation', quoted.ownerId)) links.push(link(quotation, quoted, null, amount(quoted.grossTotal)))
  if (order && sees('sales_order', order.ownerId))
    links.push(link(salesOrder, order, order.orderedOn, amount(order.grossTotal)))
  for (const one of deliveries.filter(({ ownerId, state }) => state !== 'cancelled' && sees('delivery', ownerId)))
    links.push(link(delivery, one, one.shippedOn ?? one.plannedOn, one.shippedOn ? amount(one.grossTotal) : null))
  return order && has(caller, 'receivable.read') ? [...links, ...(await money(tx, caller, order))] : links
}

const link = (
  document: Document,
  { id, number, state }: { id: string; number: string | null; state: string },
  on: string | null,
  amount: string | null,
): ChainLink => ({
  document: document.name as ChainLink['document'], // called with the three documents of this module
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
async function money(tx: Tx, caller: Caller, order: Order): Promise<ChainLink[]> {
  const payment = (await paymentOf(tx, [order.id])).get(order.id)!
  const shown = (value: string) => (canRead(caller, 'amount') ? toMoney(value) : null)
  const owed = payment.receivables.map((row): ChainLink => {
    const state = settledState(row)
    return {
      document: 'receivable',
      id: row.id,
      number: row.sourceNumber,
      state,
      stateLabel: moneyStates[state],
      on: row.dueOn,
      amount: shown(row.amount),
      page: `/receivables/${row.id}`,
    }
  })
  const paid = payment.allocations.map((row): ChainLink => ({
    document: 'receipt',
    id: row.receiptId,
    number: row.receiptNumber,
    state: 'posted',
    stateLabel: { zh: '已收款', en: 'Received' },
    on: row.on,
    amount: shown(row.amount),
    page: `/receipts/${row.receiptId}`,
  }))
  return [...owed, ...paid]
}
