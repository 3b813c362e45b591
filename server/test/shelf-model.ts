import { Decimal } from 'decimal.js'
import type { StockTransferPage } from '#contract/modules/inventory'

/** The last day of the story, and the one after a day: a model asks nothing of the product, not even the calendar. */
export const lastDay = '2026-11-20'
const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

// The stock as a child would keep it: a list of moves, a list of holds, one heap of money for each item.
type Move = { item: number; place: number; lot: number | null; day: string; quantity: number }
type Hold = { item: number; place: number; lineId: string; orderId: string; left: number }
export type Travelling = {
  item: number
  to: number
  parts: { lot: number | null; quantity: number; cost: Decimal }[]
  day: string
  page: StockTransferPage
}

export type CameBack = { id: string; item: number; place: number; quantity: number; value: Decimal }

export class Shelf {
  readonly tracked: readonly boolean[] = [false, true]
  readonly moves: Move[] = []
  readonly holds: Hold[] = []
  readonly travelling: Travelling[] = []
  /** Goods that came back, and can still be taken out as they came. */
  readonly cameBack: CameBack[] = []
  readonly worth = [0, 1].map(() => ({ quantity: 0, value: new Decimal(0), lastCost: new Decimal(0) }))

  onHand(item: number, place: number, lot?: number | null, day = lastDay): number {
    const here = this.moves.filter((move) => move.item === item && move.place === place && move.day <= day)
    return here.filter((move) => lot === undefined || move.lot === lot).reduce((sum, move) => sum + move.quantity, 0)
  }

  reserved(item: number, place: number): number {
    const here = this.holds.filter((one) => one.item === item && one.place === place)
    return here.reduce((sum, one) => sum + one.left, 0)
  }

  free = (item: number, place: number): number => this.onHand(item, place) - this.reserved(item, place)

  /** Lots in the order of expiry, which is the order of their numbers here. */
  parts(item: number, place: number, quantity: number): { lot: number | null; quantity: number }[] {
    if (!this.tracked[item]) return [{ lot: null, quantity }]
    let left = quantity
    return [0, 1, 2].flatMap((lot) => {
      const taken = Math.min(left, this.onHand(item, place, lot))
      left -= taken
      return taken > 0 ? [{ lot, quantity: taken }] : []
    })
  }

  /** Whether everything that goes would have been there at the end of each day since. */
  stands(item: number, place: number, parts: { lot: number | null; quantity: number }[], day: string): boolean {
    const total = parts.reduce((sum, part) => sum + part.quantity, 0)
    for (let at = day; at <= lastDay; at = nextDay(at)) {
      if (this.onHand(item, place, undefined, at) < total) return false
      if (parts.some((part) => part.lot !== null && this.onHand(item, place, part.lot, at) < part.quantity))
        return false
    }
    return true
  }

  come(item: number, place: number, lot: number | null, day: string, quantity: number, value: Decimal): void {
    this.moves.push({ item, place, lot, day, quantity })
    const worth = this.worth[item]!
    worth.quantity += quantity
    worth.value = worth.value.plus(value)
    worth.lastCost = value.div(quantity).toDecimalPlaces(6)
  }

  /** Whether goods that came back can go as they came: what stays must be worth something, and nothing nothing. */
  canUndo({ item, quantity, value }: CameBack): boolean {
    const worth = this.worth[item]!
    const [pieces, rest] = [worth.quantity - quantity, worth.value.minus(value)]
    return pieces === 0 ? rest.isZero() : pieces > 0 && rest.gte(0)
  }

  undo({ item, place, quantity, value }: CameBack): void {
    const worth = this.worth[item]!
    this.moves.push({ item, place, lot: null, day: lastDay, quantity: -quantity })
    worth.quantity -= quantity
    worth.value = worth.value.minus(value)
  }

  /** Takes parts off a place; `leaves`: they leave the house and not only the place. */
  go(
    item: number,
    place: number,
    parts: { lot: number | null; quantity: number }[],
    day: string,
    leaves: boolean,
  ): Decimal[] {
    const worth = this.worth[item]!
    return parts.map(({ lot, quantity }) => {
      const cost =
        quantity === worth.quantity ? worth.value : worth.value.times(quantity).div(worth.quantity).toDecimalPlaces(2)
      this.moves.push({ item, place, lot, day, quantity: -quantity })
      if (leaves) {
        worth.quantity -= quantity
        worth.value = worth.value.minus(cost)
      }
      return cost
    })
  }
}
