import { Decimal } from '#contract'
import type { Tx } from '#kernel/db'
import { soldAmounts, type SoldAmount } from '#server/modules/sales'
import { adjustmentParts, costParts, landedParts, receiptParts, saleParts } from './event-parts.model.ts'
import {
  type LandedRow,
  type MoneyRow,
  type Scope,
  type StockRow,
  waitingLanded,
  waitingMoney,
  waitingStock,
} from './ledger-events-store.ts'
import type { VoucherEvent } from './voucher-template.document.ts'
import type { LedgerEvent, Part } from './voucher.model.ts'

/** What happened to customers' money and has no voucher yet. */
export async function moneyEvents(tx: Tx, scope: Scope): Promise<LedgerEvent[]> {
  const rows = await waitingMoney(tx, scope)
  const sales = rows.filter(
    ({ kind, document }) => kind === 'delivery' || kind === 'order' || document === 'sales_return',
  )
  const sold = bySource(
    await soldAmounts(
      tx,
      sales.map(({ id }) => id),
    ),
  )
  return rows.map((row) => ({
    ...basic(row),
    event: moneyEvent(row),
    customerId: row.customerId,
    parts: moneyParts(row, sold.get(row.id) ?? []),
  }))
}

/** What happened to the value of the stock and has no voucher yet. */
export async function stockEvents(tx: Tx, scope: Scope): Promise<LedgerEvent[]> {
  const rows = await waitingStock(tx, scope)
  const gone = rows.filter(({ kind }) => kind === 'delivery' || kind === 'return')
  const sold = bySource(
    await soldAmounts(
      tx,
      gone.map(({ id }) => id),
    ),
  )
  const stock = deeds(rows, ({ kind }) => kind).map((goods): LedgerEvent => {
    const [{ kind, id }] = goods
    const sale = sold.get(id) ?? []
    const customerId = sale[0]?.customerId ?? null
    return { ...together(goods), event: stockEventOf[kind], customerId, parts: stockParts(kind, goods, sale) }
  })
  const landed = deeds(await waitingLanded(tx, scope), () => '').map(landedEvent)
  return [...stock, ...landed]
}

const stockEventOf = {
  opening: 'opening_stock',
  receipt: 'goods_receipt',
  delivery: 'delivery_cost',
  adjustment: 'stock_adjustment',
  return: 'stock_return',
  revaluation: 'cost_correction',
} as const satisfies Record<StockRow['kind'], VoucherEvent>

function moneyEvent({ kind, received, document }: MoneyRow): VoucherEvent {
  if (kind === 'opening') return 'opening_receivable'
  if (kind === 'back') return document === 'sales_return' ? 'return_reversal' : 'receipt_reversal'
  if (kind === 'money' && new Decimal(received).isZero()) return 'allocation'
  if (kind === 'money') return document === 'sales_return' ? 'sales_return' : 'receipt'
  return 'sale'
}

function moneyParts(row: MoneyRow, sold: readonly SoldAmount[]): Part[] {
  const { kind, customerId, method } = row
  const [raised, received, allocated] = [row.raised, row.received, row.allocated].map((value) => new Decimal(value))
  if (kind === 'opening') return [{ amount: 'gross', customerId, value: raised! }]
  if (kind === 'money') {
    const money = receiptParts(customerId, method ?? '', { received: received!, allocated: allocated! })
    return row.document === 'sales_return' ? [...money, ...saleParts(customerId, received!, sold)] : money
  }
  // What is undone is the voucher that it undoes, in red.
  if (kind === 'back') return []
  return saleParts(customerId, raised!, sold)
}

function stockParts(kind: StockRow['kind'], goods: readonly StockRow[], sold: readonly SoldAmount[]): Part[] {
  const exact = goods.map(({ category, ...row }) => ({
    category,
    cost: new Decimal(row.cost),
    netCost: new Decimal(row.netCost),
    gain: new Decimal(row.gain),
    loss: new Decimal(row.loss),
  }))
  if (kind === 'adjustment') return adjustmentParts(exact)
  if (kind === 'revaluation')
    return exact.flatMap(({ category, gain, loss }) =>
      [gain, loss.neg()].map((value) => ({ amount: 'cost', category, value })),
    )
  if (kind === 'opening' || kind === 'receipt') return costParts(exact)
  // What left, or came back, cost without tax what its document says: that is what margins are reckoned from.
  const netCostOf = new Map(sold.map(({ category, netCost }) => [category, netCost]))
  return costParts(
    exact.map(({ category, ...row }) => {
      const cost = kind === 'delivery' ? row.cost.neg() : row.cost
      const told = netCostOf.get(category)
      const netCost = told ? (cost.isNegative() ? told.neg() : told) : row.netCost.times(cost.eq(row.cost) ? 1 : -1)
      return { category, cost, netCost }
    }),
  )
}

function landedEvent(goods: Deed<LandedRow>): LedgerEvent {
  const parts = landedParts(
    goods.map(({ category, inStock, expensed }) => ({
      category,
      inStock: new Decimal(inStock),
      expensed: new Decimal(expensed),
    })),
  )
  return { ...together(goods), event: 'landed_cost', customerId: null, parts }
}

type Raw = Pick<MoneyRow, 'document' | 'id' | 'number' | 'on' | 'documentOn' | 'recordedAt' | 'by' | 'lineIds'>
/** Rows of one deed: there is at least one. */
type Deed<T> = [T, ...T[]]

const basic = ({ document, id, number, on, documentOn, recordedAt, by, lineIds }: Raw) => ({
  source: { document, id, number },
  ...{ on, documentOn, recordedAt, by, lineIds },
})

const together = (rows: Deed<Raw>) => ({
  ...basic(rows[0]),
  lineIds: [...new Set(rows.flatMap(({ lineIds }) => lineIds))],
})

function deeds<T extends Raw>(rows: readonly T[], kindOf: (row: T) => string): Deed<T>[] {
  const found = new Map<string, Deed<T>>()
  for (const row of rows) {
    const key = JSON.stringify([row.id, row.on, row.recordedAt, row.by, kindOf(row)])
    const known = found.get(key)
    if (known) known.push(row)
    else found.set(key, [row])
  }
  return [...found.values()]
}

function bySource(sold: readonly SoldAmount[]): Map<string, SoldAmount[]> {
  const found = new Map<string, SoldAmount[]>()
  for (const one of sold) {
    const known = found.get(one.sourceId)
    if (known) known.push(one)
    else found.set(one.sourceId, [one])
  }
  return found
}
