import { Decimal, Refusal, showQuantity, type UnitRatio } from '#contract'
import type { Movement } from './posting.model.ts'

/** A line of goods that moves, with the lots or serial numbers it is made of. */
export type TrackedLine = {
  lineId: string
  itemId: string
  warehouseId: string
  /** Always above zero; the direction is told beside it. */
  quantity: Decimal
  lots: readonly { lotId: string; quantity: Decimal }[]
  serialIds: readonly string[]
  /** What all of it is worth; null: moving average. */
  value: Decimal | null
}
export type TrackedGoods = { name: string; units: readonly UnitRatio[]; tracking: 'none' | 'lot' | 'serial' }

/** One movement for each lot or serial number, or one for the line; refused when they do not make up its quantity. */
export function movementsOf(line: TrackedLine, goods: TrackedGoods, direction: 'in' | 'out'): Movement[] {
  assertTracked(line, goods)
  const { lineId, itemId, warehouseId } = line
  const parts = partsOf(line, goods)
  const values =
    line.value &&
    split(
      line.value,
      parts.map((part) => part.quantity),
    )
  return parts.map(({ lotId, serialId, quantity }, i) => ({
    lineId,
    itemId,
    warehouseId,
    lotId,
    serialId,
    quantity: direction === 'in' ? quantity : quantity.neg(),
    value: values ? values[i]! : null,
  }))
}

type Part = { lotId: string | null; serialId: string | null; quantity: Decimal }

function partsOf({ quantity, lots, serialIds }: TrackedLine, { tracking }: TrackedGoods): Part[] {
  if (tracking === 'lot') return lots.map((lot) => ({ lotId: lot.lotId, serialId: null, quantity: lot.quantity }))
  if (tracking === 'serial') return serialIds.map((serialId) => ({ lotId: null, serialId, quantity: new Decimal(1) }))
  return [{ lotId: null, serialId: null, quantity }]
}

function assertTracked({ quantity, lots, serialIds }: TrackedLine, { name, units, tracking }: TrackedGoods): void {
  if (quantity.lte(0) || lots.some((lot) => lot.quantity.lte(0))) throw new Refusal('quantity_not_positive')
  if (tracking !== 'lot' && lots.length > 0) throw new Refusal('lot_not_kept', { item: name })
  if (tracking !== 'serial' && serialIds.length > 0) throw new Refusal('serials_not_kept', { item: name })
  if (tracking === 'lot') {
    if (lots.length === 0) throw new Refusal('lot_needed', { item: name })
    const given = Decimal.sum(0, ...lots.map((lot) => lot.quantity))
    if (!given.eq(quantity))
      throw new Refusal('lots_do_not_add_up', {
        item: name,
        given: showQuantity(given, units),
        wanted: showQuantity(quantity, units),
      })
  }
  if (tracking === 'serial' && !quantity.eq(new Set(serialIds).size))
    throw new Refusal('serials_do_not_match', { item: name, wanted: quantity.toString(), given: serialIds.length })
}

/** A value in proportion to quantities, to the fen; what rounding leaves is carried on, so the parts add up to the whole. */
export function split(value: Decimal, quantities: readonly Decimal[]): Decimal[] {
  const whole = Decimal.sum(0, ...quantities)
  let upTo = new Decimal(0)
  let given = new Decimal(0)
  return quantities.map((quantity) => {
    upTo = upTo.plus(quantity)
    const part = value.times(upTo).div(whole).toDecimalPlaces(2).minus(given)
    given = given.plus(part)
    return part
  })
}
