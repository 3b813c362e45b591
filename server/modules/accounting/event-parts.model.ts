import { Decimal } from '#contract'
import type { Part } from './voucher.model.ts'

const fen = (value: Decimal): Decimal => value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP)
const total = (values: readonly Decimal[]): Decimal => Decimal.sum(0, ...values)

/**
 * What a customer came to owe, split into sales by category and tax. Where only a share of the document is owed the net amounts are cut down to
 * it; tax is what is left, so that both always add up to what is owed.
 */
export function saleParts(
  customerId: string,
  gross: Decimal,
  sold: readonly { category: string; gross: Decimal; net: Decimal }[],
): Part[] {
  const whole = total(sold.map((one) => one.gross))
  const net = sold.map(({ category, net }) => ({
    amount: 'net',
    category,
    value: whole.eq(gross) ? net : fen(net.times(gross).div(whole)),
  }))
  const tax = gross.minus(total(net.map(({ value }) => value)))
  return [{ amount: 'gross', customerId, value: gross }, ...net, { amount: 'tax', value: tax }]
}

/** What goods cost, and what of it is tax. */
export const costParts = (goods: readonly { category: string; cost: Decimal; netCost: Decimal }[]): Part[] =>
  goods.flatMap(({ category, cost, netCost }) => [
    { amount: 'cost', category, value: cost },
    { amount: 'netCost', category, value: netCost },
    { amount: 'costTax', category, value: cost.minus(netCost) },
  ])

/** What a stocktake found, and what it missed. */
export const adjustmentParts = (goods: readonly { category: string; gain: Decimal; loss: Decimal }[]): Part[] =>
  goods.flatMap(({ category, gain, loss }) => [
    { amount: 'gain', category, value: gain },
    { amount: 'loss', category, value: loss },
  ])

/** What a cost of bringing goods in fell on. */
export const landedParts = (goods: readonly { category: string; inStock: Decimal; expensed: Decimal }[]): Part[] => [
  ...goods.flatMap(({ category, inStock, expensed }) => [
    { amount: 'inStock', category, value: inStock },
    { amount: 'expensed', category, value: expensed },
  ]),
  { amount: 'amount', value: total(goods.map(({ inStock, expensed }) => inStock.plus(expensed))) },
]

/** Money by how it came; what is not set against a debt at once is an advance. */
export const receiptParts = (
  customerId: string,
  method: string,
  { received, allocated }: { received: Decimal; allocated: Decimal },
): Part[] => [
  { amount: method, customerId, value: received },
  { amount: 'allocated', customerId, value: allocated },
  { amount: 'advance', customerId, value: received.minus(allocated) },
]
