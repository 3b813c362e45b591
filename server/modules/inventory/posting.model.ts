import { Decimal, Refusal, showQuantity, toQuantity, type UnitRatio } from '#contract'
import { comeIn, goOut, noWorth, unitCostOf, valueOf, type Worth } from './cost.model.ts'

export type MoveKind =
  | 'opening'
  | 'receipt'
  | 'delivery'
  | 'transfer_out'
  | 'transfer_in'
  | 'adjustment'
  | 'return'
  | 'revaluation'

/** A quantity that comes in (positive) or goes out (negative), of one lot or one serial number where the item has such. */
export type Movement = {
  lineId: string
  itemId: string
  warehouseId: string
  quantity: Decimal
  lotId: string | null
  serialId: string | null
  /** What comes in is worth this; null: at moving average, as is all that goes out. */
  value: Decimal | null
}
/** A movement with the value that came (positive) or went (negative) with it. */
export type CostedMove = Movement & { kind: MoveKind; cost: Decimal }

/** What a movement needs to know of its item. */
export type Goods = { name: string; units: readonly UnitRatio[]; allowNegative: boolean }

export type Balance = {
  itemId: string
  warehouseId: string
  onHand: Decimal
  reserved: Decimal
  allowNegative: boolean
}
export type LotBalance = { lotId: string; warehouseId: string; itemId: string; code: string; onHand: Decimal }
export type SerialState = 'in_stock' | 'in_transit' | 'gone'
export type SerialAt = { id: string; code: string; state: SerialState; warehouseId: string | null }

/** The rows that a posting touches, by `place` of item or lot and warehouse, by serial id, by item. */
export type Stock = {
  balances: Map<string, Balance>
  lots: Map<string, LotBalance>
  serials: Map<string, SerialAt>
  worths: Map<string, Worth>
}

export const place = (thingId: string, warehouseId: string): string => `${thingId} ${warehouseId}`

/** Names for the sentences of refusals. */
export type Words = { goods: (itemId: string) => Goods; warehouse: (warehouseId: string) => string }

/**
 * Posts movements of one kind to stock: what everything stands at afterwards, and the ledger lines that say so.
 * Refused when a warehouse, a lot or a serial number does not have what is to go.
 */
export function settle(
  stock: Stock,
  kind: MoveKind,
  movements: readonly Movement[],
  words: Words,
): { stock: Stock; moves: CostedMove[] } {
  const after: Stock = {
    balances: movedBalances(stock.balances, movements, words),
    lots: movedLots(stock.lots, movements, words),
    serials: movedSerials(stock.serials, kind, movements, words),
    worths: new Map(stock.worths),
  }
  return { stock: after, moves: movements.flatMap((movement) => costed(after.worths, kind, movement)) }
}

function movedBalances(balances: Stock['balances'], movements: readonly Movement[], words: Words): Stock['balances'] {
  const after = new Map(balances)
  for (const [key, { itemId, warehouseId, quantity, lineId }] of sums(movements, (one) => one.itemId)) {
    const before = balances.get(key)!
    const goods = words.goods(itemId)
    const onHand = before.onHand.plus(quantity)
    const available = Decimal.max(0, before.onHand.minus(before.reserved))
    if (quantity.isNegative() && onHand.lt(before.reserved) && !goods.allowNegative)
      throw outOfStock([{ lineId, itemId, warehouseId, wanted: quantity.neg(), available, incoming: [] }], words)
    // Remembered for good: a history that was once allowed to run short stays legal when the item no longer is.
    after.set(key, { ...before, onHand, allowNegative: before.allowNegative || goods.allowNegative })
  }
  return after
}

function movedLots(lots: Stock['lots'], movements: readonly Movement[], words: Words): Stock['lots'] {
  const after = new Map(lots)
  for (const [key, { itemId, warehouseId, quantity }] of sums(movements, (one) => one.lotId)) {
    const before = lots.get(key)
    if (!before) throw new Refusal('lot_unknown', { item: words.goods(itemId).name })
    const onHand = before.onHand.plus(quantity)
    if (onHand.isNegative()) {
      const { name, units } = words.goods(itemId)
      const available = showQuantity(before.onHand, units)
      throw new Refusal('lot_short', {
        item: name,
        lot: before.code,
        warehouse: words.warehouse(warehouseId),
        available,
      })
    }
    after.set(key, { ...before, onHand })
  }
  return after
}

function movedSerials(
  serials: Stock['serials'],
  kind: MoveKind,
  movements: readonly Movement[],
  words: Words,
): Stock['serials'] {
  const after = new Map(serials)
  for (const { itemId, warehouseId, serialId, quantity } of movements) {
    if (!serialId) continue
    const before = after.get(serialId)
    const facts = {
      item: words.goods(itemId).name,
      serial: before?.code ?? serialId,
      warehouse: words.warehouse(warehouseId),
    }
    if (!before) throw new Refusal('serial_not_here', facts)
    if (quantity.isNegative()) {
      if (before.state !== 'in_stock' || before.warehouseId !== warehouseId) throw new Refusal('serial_not_here', facts)
      after.set(serialId, { ...before, state: kind === 'transfer_out' ? 'in_transit' : 'gone', warehouseId: null })
    } else {
      if (before.state !== (kind === 'transfer_in' ? 'in_transit' : 'gone')) throw new Refusal('serial_in_stock', facts)
      after.set(serialId, { ...before, state: 'in_stock', warehouseId })
    }
  }
  return after
}

/** The ledger lines of one movement; a transfer carries value from place to place and changes none. */
function costed(worths: Stock['worths'], kind: MoveKind, movement: Movement): CostedMove[] {
  const { itemId, quantity, value } = movement
  const worth = worths.get(itemId) ?? noWorth
  if (kind === 'transfer_in') return [{ ...movement, kind, cost: value ?? valueOf(worth, quantity) }]
  if (kind === 'transfer_out') return [{ ...movement, kind, cost: valueOf(worth, quantity.neg()).neg() }]
  if (quantity.isNegative()) {
    const out = goOut(worth, quantity.neg())
    worths.set(itemId, out.worth)
    return [{ ...movement, kind, cost: out.cost.neg() }]
  }
  const cost = value ?? unitCostOf(worth).times(quantity).toDecimalPlaces(2)
  const came = comeIn(worth, quantity, cost)
  worths.set(itemId, came.worth)
  const move = { ...movement, kind, cost }
  return came.revaluation.isZero() ? [move] : [move, revaluation(movement, came.revaluation)]
}

const revaluation = (movement: Movement, cost: Decimal): CostedMove => ({
  ...movement,
  kind: 'revaluation',
  quantity: new Decimal(0),
  lotId: null,
  serialId: null,
  cost,
})

type Sum = { itemId: string; warehouseId: string; lineId: string; quantity: Decimal }

/** What moves in all, by thing and warehouse; `lineId` is the first line's. */
function sums(movements: readonly Movement[], thing: (movement: Movement) => string | null): Map<string, Sum> {
  const found = new Map<string, Sum>()
  for (const movement of movements) {
    const thingId = thing(movement)
    if (!thingId) continue
    const key = place(thingId, movement.warehouseId)
    const { itemId, warehouseId, lineId } = movement
    const before = found.get(key) ?? { itemId, warehouseId, lineId, quantity: new Decimal(0) }
    found.set(key, { ...before, quantity: before.quantity.plus(movement.quantity) })
  }
  return found
}

export type ShortLine = {
  lineId: string
  itemId: string
  warehouseId: string
  wanted: Decimal
  available: Decimal
  incoming: { quantity: Decimal; on: string | null }[]
}

/** Says for every short line what is truly left and what is coming; the sentence is about the first. */
export function outOfStock(short: readonly ShortLine[], words: Words): Refusal {
  const lines = short.map((line) => {
    const { name, units } = words.goods(line.itemId)
    return {
      lineId: line.lineId,
      itemId: line.itemId,
      warehouseId: line.warehouseId,
      item: name,
      warehouse: words.warehouse(line.warehouseId),
      wanted: toQuantity(line.wanted),
      available: toQuantity(line.available),
      wantedShown: showQuantity(line.wanted, units),
      availableShown: showQuantity(line.available, units),
      incoming: line.incoming.map(({ quantity, on }) => ({ quantity: toQuantity(quantity), on })),
    }
  })
  const [first] = lines
  return new Refusal('out_of_stock', {
    item: first?.item,
    warehouse: first?.warehouse,
    wanted: first?.wantedShown,
    available: first?.availableShown,
    lines,
  })
}
