import { Decimal, Refusal, toMoney } from '#contract'

/** A receivable as far as money can be set against it. Days are 'YYYY-MM-DD'. */
export type OpenItem = {
  id: string
  number: string
  dueOn: string
  /** Since then all that is open now has been open. */
  openSince: string
  open: Decimal
}
/** A receipt as far as it is not used up; it took effect on `hereSince`. */
export type OpenReceipt = { id: string; number: string; hereSince: string; left: Decimal }
/** So much of a receipt settles so much of a receivable, from a day on. */
export type Pair = { receipt: { id: string; number: string }; receivableId: string; amount: Decimal; on: string }
/** What somebody said should be settled. */
export type Told = readonly { receivableId: string; amount: string }[]

const zero = new Decimal(0)

/** Sets money against what is due first. Money left over stays with its receipt, debt left over stays owed. */
export function oldestFirst(receipts: readonly OpenReceipt[], items: readonly OpenItem[], from: string): Pair[] {
  const purses = receipts.map((receipt) => ({ receipt, left: receipt.left }))
  return [...items].sort(byDueDay).flatMap((item) => {
    let open = item.open
    return purses.flatMap((purse) => {
      const amount = Decimal.min(open, purse.left)
      if (amount.lte(0)) return []
      open = open.minus(amount)
      purse.left = purse.left.minus(amount)
      return [pair(purse.receipt, item, amount, from)]
    })
  })
}

/** Sets a receipt against the receivables that somebody named. More than is open, or more than there is, is refused. */
export function asTold(receipt: OpenReceipt, told: Told, items: readonly OpenItem[], from: string): Pair[] {
  const open = new Map(items.map((item) => [item.id, item]))
  const pairs = summed(told).map(([id, amount]) => {
    const item = open.get(id)
    if (!item) throw new Refusal('not_found', { what: { zh: '未收的应收', en: 'open receivable' } })
    if (amount.gt(item.open)) throw overAllocated(item, amount)
    return pair(receipt, item, amount, from)
  })
  const amount = total(pairs.map((one) => one.amount))
  if (amount.gt(receipt.left)) throw exhausted(receipt, amount)
  return pairs
}

/** Takes an amount off several rests in proportion, to the fen: never more than a rest, all of the amount together. */
export function inProportion(amount: Decimal, rests: readonly Decimal[]): Decimal[] {
  const whole = total(rests)
  const cut = Decimal.min(amount, whole)
  let passed = zero
  let taken = zero
  // Rounding the running total instead of each share leaves nothing over at the end.
  return rests.map((rest) => {
    passed = passed.plus(rest)
    const until = whole.isZero() ? zero : cut.times(passed).div(whole).toDecimalPlaces(2)
    const share = until.minus(taken)
    taken = until
    return share
  })
}

export const total = (amounts: readonly Decimal[]): Decimal => amounts.reduce((sum, amount) => sum.plus(amount), zero)

/** Money and debt meet once both are there to stay: so no day in the past ever shows less than nothing. */
const pair = ({ id, number, hereSince }: OpenReceipt, item: OpenItem, amount: Decimal, from: string): Pair => ({
  receipt: { id, number },
  receivableId: item.id,
  amount,
  on: [from, hereSince, item.openSince].reduce((latest, day) => (day > latest ? day : latest)),
})

const byDueDay = (a: OpenItem, b: OpenItem): number => (a.dueOn + a.id < b.dueOn + b.id ? -1 : 1)

function summed(told: Told): [string, Decimal][] {
  const sums = new Map<string, Decimal>()
  for (const { receivableId, amount } of told) sums.set(receivableId, (sums.get(receivableId) ?? zero).plus(amount))
  return [...sums]
}

const message = '超过可核销金额 / more than can be allocated'
const overAllocated = ({ number, open }: OpenItem, amount: Decimal): Refusal =>
  new Refusal('over_allocated', { number, open: toMoney(open), amount: toMoney(amount) }, [
    { field: 'allocations', message },
  ])
const exhausted = ({ left }: OpenReceipt, amount: Decimal): Refusal =>
  new Refusal('receipt_exhausted', { left: toMoney(left), amount: toMoney(amount) }, [
    { field: 'allocations', message },
  ])
