import { Decimal } from '#contract'

/** What a line's amounts follow from. Prices and unit costs are per base unit, tax included. */
export type Goods = { quantity: Decimal; rulePrice: Decimal; price: Decimal; taxRate: Decimal; unitCost: Decimal }
export type Amounts = { net: Decimal; tax: Decimal; gross: Decimal; cost: Decimal }

const zero = new Decimal(0)
const hundred = new Decimal(100)
const toFen = (value: Decimal): Decimal => value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP)

/**
 * The amounts of one line. Price times quantity is rounded to the fen here and nowhere else; the net amount is taken
 * out of that, and tax is what is left, so that net and tax always add up to what the customer pays.
 * Cost stands net of tax too: margin compares net with net.
 */
export function amountsOf({ quantity, price, taxRate, unitCost }: Goods): Amounts {
  const gross = toFen(price.times(quantity))
  const net = netOf(gross, taxRate)
  return { gross, net, tax: gross.minus(net), cost: netOf(unitCost.times(quantity), taxRate) }
}

/** An amount with its tax taken out, to the fen. */
export const netOf = (gross: Decimal, taxRate: Decimal): Decimal =>
  toFen(gross.times(hundred).div(hundred.plus(taxRate)))

/** A document's totals are the sums of its lines: nothing is rounded again. */
export const totalsOf = (lines: readonly Amounts[]): Amounts =>
  lines.reduce(
    (all, line) => ({
      net: all.net.plus(line.net),
      tax: all.tax.plus(line.tax),
      gross: all.gross.plus(line.gross),
      cost: all.cost.plus(line.cost),
    }),
    { net: zero, tax: zero, gross: zero, cost: zero },
  )

/** Margin in per cent of the net amount: (net - net cost) / net. Nothing sold has no margin. */
export const marginPercent = ({ net, cost }: Pick<Amounts, 'net' | 'cost'>): Decimal | null =>
  net.isZero() ? null : net.minus(cost).times(hundred).div(net)

export type MarginBands = { floor: Decimal; low: Decimal }
export type MarginBand = 'ok' | 'low' | 'below_floor'

/** Where a margin stands: what a seller may know of it. Goods given away stand below the floor. */
export function bandOf(margin: Decimal | null, { floor, low }: MarginBands): MarginBand {
  if (margin === null || margin.lt(floor)) return 'below_floor'
  return margin.lt(low) ? 'low' : 'ok'
}

/** How far a price lies under what the rule says, in per cent; above it counts as nothing. */
export const discountPercent = ({ rulePrice, price }: Pick<Goods, 'rulePrice' | 'price'>): Decimal =>
  rulePrice.lte(price) ? zero : rulePrice.minus(price).times(hundred).div(rulePrice)

/** The largest discount of a line, and that of all lines together against the amount the rules give. */
export function discountsOf(lines: readonly Goods[]): { max: Decimal; total: Decimal } {
  const byRule = lines.reduce((all, { rulePrice, quantity }) => all.plus(rulePrice.times(quantity)), zero)
  const agreed = lines.reduce((all, { price, quantity }) => all.plus(price.times(quantity)), zero)
  const max = lines.map(discountPercent).reduce((most, one) => Decimal.max(most, one), zero)
  return { max, total: discountPercent({ rulePrice: byRule, price: agreed }) }
}

/**
 * What of an amount falls on the quantity between two points of a line. Taken as the difference of two rounded shares,
 * so that the parts of any number of deliveries add up to the amount, and each is within a fen of its share.
 */
export const shareBetween = (amount: Decimal, quantity: Decimal, before: Decimal, after: Decimal): Decimal => {
  const upTo = (point: Decimal): Decimal => toFen(amount.times(point).div(quantity))
  return upTo(after).minus(upTo(before))
}
