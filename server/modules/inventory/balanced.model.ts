import { Decimal } from '#contract'
import { type CostedMove, type MoveKind, place, type Stock } from './posting.model.ts'

const zero = new Decimal(0)
const sumBy = <T>(
  rows: readonly T[],
  key: (row: T) => string | null,
  value: (row: T) => Decimal,
): Map<string, Decimal> => {
  const sums = new Map<string, Decimal>()
  for (const row of rows) {
    const of = key(row)
    if (of !== null) sums.set(of, (sums.get(of) ?? zero).plus(value(row)))
  }
  return sums
}

/**
 * Stands in every posting, in production too: what the lines say is exactly how the balances change, or nothing is posted. Goods between
 * two warehouses keep their worth. It asks nothing of the database.
 */
export function assertBalanced(before: Stock, after: Stock, kind: MoveKind, moves: readonly CostedMove[]): void {
  const isTransfer = kind === 'transfer_out' || kind === 'transfer_in'
  const quantity = (move: CostedMove): Decimal => move.quantity
  const ofItem = (move: CostedMove): string => move.itemId
  const whole = isTransfer ? [] : moves
  agree(
    'on hand',
    sumBy(moves, (move) => place(move.itemId, move.warehouseId), quantity),
    before.balances,
    after.balances,
    (row) => row.onHand,
  )
  agree(
    'lot',
    sumBy(moves, (move) => move.lotId && place(move.lotId, move.warehouseId), quantity),
    before.lots,
    after.lots,
    (row) => row.onHand,
  )
  agree(
    'worth',
    sumBy(whole, ofItem, (move) => move.cost),
    before.worths,
    after.worths,
    (row) => row.value,
  )
  agree('quantity', sumBy(whole, ofItem, quantity), before.worths, after.worths, (row) => row.quantity)
}

function agree<T>(
  what: string,
  moved: ReadonlyMap<string, Decimal>,
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  figure: (row: T) => Decimal,
): void {
  const at = (rows: ReadonlyMap<string, T>, key: string): Decimal => {
    const row = rows.get(key)
    return row === undefined ? zero : figure(row)
  }
  for (const key of new Set([...after.keys(), ...moved.keys()])) {
    const change = at(after, key).minus(at(before, key))
    const said = moved.get(key) ?? zero
    if (!change.eq(said))
      throw new Error(
        `A posting does not balance: ${what} of ${key} changes by ${change.toFixed()}, its lines say ${said.toFixed()}`,
      )
  }
}
