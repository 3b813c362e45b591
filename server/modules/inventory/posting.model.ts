import { Decimal, Refusal, showQuantity, toQuantity, type UnitRatio } from '#contract'
import { type Layer, type Layered, type LayerUse, openLayer, takeOldest } from './cost-layers.model.ts'
import { comeIn, goOut, noWorth, shareInStock, takeAway, unitCostOf, valueOf, type Worth } from './cost.model.ts'

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
  /** What comes in is worth this; null: what the item costs now, as all that goes out unless it undoes a move. */
  value: Decimal | null
  /** The move that brought these goods in: they leave at what they came with, or not at all. */
  undoes?: string
  /** A cost that is put upon goods received before: how many they were, and the layer they are in. */
  upon?: { received: Decimal; layerId: string | null }
}
/** A movement with the value that came (positive) or went (negative) with it; under first in, first out with the layers it opened and took from. */
export type CostedMove = Movement & {
  id: string
  kind: MoveKind
  cost: Decimal
  opened?: Layer
  uses?: readonly LayerUse[]
}

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
  /** Open layers of the items whose cost is first in, first out: as many of the oldest as the movements can reach. */
  layers: Map<string, readonly Layer[]>
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
  newId: () => string,
): { stock: Stock; moves: CostedMove[] } {
  const after: Stock = {
    balances: movedBalances(stock.balances, movements, words),
    lots: movedLots(stock.lots, movements, words),
    serials: movedSerials(stock.serials, kind, movements, words),
    worths: new Map(stock.worths),
    layers: new Map(stock.layers),
  }
  const moves = movements.flatMap((movement) => costed(after, kind, movement, words, newId))
  if (kind === 'revaluation') assertWorthSomething(after, moves, words)
  return { stock: after, moves }
}

/** What is put upon goods may be taken off again, but not more than they are worth. */
function assertWorthSomething({ worths, layers }: Stock, moves: readonly CostedMove[], words: Words): void {
  const below = moves.find(
    ({ itemId }) =>
      worths.get(itemId)!.value.isNegative() || layers.get(itemId)?.some(({ value }) => value.isNegative()),
  )
  if (!below) return
  throw new Refusal('worth_below_nothing', {
    item: words.goods(below.itemId).name,
    amount: below.cost.neg().toFixed(2),
  })
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
function costed(stock: Stock, kind: MoveKind, movement: Movement, words: Words, newId: () => string): CostedMove[] {
  const { itemId, quantity, value } = movement
  const worth = stock.worths.get(itemId) ?? noWorth
  const move = { ...movement, id: newId(), kind }
  if (kind === 'transfer_in') return [{ ...move, cost: value ?? valueOf(worth, quantity) }]
  if (kind === 'transfer_out') return [{ ...move, cost: valueOf(worth, quantity.neg()).neg() }]
  if (kind === 'revaluation') return revalued(stock, worth, move)
  if (movement.undoes) return [undone(stock, worth, move, words)]
  if (quantity.isNegative()) return [wentOut(stock, worth, move)]
  const { revaluation, ...came } = cameIn(stock, worth, move, value ?? fenOf(unitCostOf(worth).times(quantity)))
  if (revaluation.isZero()) return [came]
  const ofValue = { quantity: new Decimal(0), lotId: null, serialId: null, cost: revaluation }
  return [came, { ...movement, ...ofValue, id: newId(), kind: 'revaluation' }]
}

type Uncosted = Omit<CostedMove, 'cost'>

function wentOut(stock: Stock, worth: Worth, move: Uncosted): CostedMove {
  const layered = layeredOf(stock, worth, move.itemId)
  if (!layered) {
    const { worth: after, cost } = goOut(worth, move.quantity.neg())
    stock.worths.set(move.itemId, after)
    return { ...move, cost: cost.neg() }
  }
  const { cost, uses, ...after } = takeOldest(layered, move.quantity.neg())
  keep(stock, move.itemId, after)
  return { ...move, cost: cost.neg(), uses }
}

/** Goods leave exactly as they came: from their own layer, at what it was opened with; on average as long as the rest stays worth something. */
function undone(stock: Stock, worth: Worth, move: Uncosted, words: Words): CostedMove {
  const { itemId, undoes, value } = move
  const refused = new Refusal('return_used', { item: words.goods(itemId).name })
  const quantity = move.quantity.neg()
  const after = takeAway(worth, quantity, value!)
  if (!after) throw refused
  stock.worths.set(itemId, after)
  const layers = stock.layers.get(itemId)
  if (!layers) return { ...move, cost: value!.neg() }
  const own = layers.find(({ id }) => id === undoes)
  if (!own?.quantity.eq(quantity) || !own.value.eq(value!)) throw refused
  stock.layers.set(
    itemId,
    layers.filter((layer) => layer !== own),
  )
  return { ...move, cost: value!.neg(), uses: [{ layerId: own.id, quantity, value: value! }] }
}

function cameIn(stock: Stock, worth: Worth, move: Uncosted, cost: Decimal): CostedMove & { revaluation: Decimal } {
  const layered = layeredOf(stock, worth, move.itemId)
  if (!layered) {
    const { worth: after, revaluation } = comeIn(worth, move.quantity, cost)
    stock.worths.set(move.itemId, after)
    return { ...move, cost, revaluation }
  }
  const opened: Layer = { id: move.id, quantity: move.quantity, value: cost }
  const { revaluation, uses, ...after } = openLayer(layered, opened)
  keep(stock, move.itemId, after)
  return { ...move, cost, revaluation, opened, uses }
}

/** Goods received before turn out to have cost more, or less: those that are still there are worth what falls on them. */
function revalued(stock: Stock, worth: Worth, move: Uncosted): CostedMove[] {
  const { itemId, value, upon } = move
  const layers = stock.layers.get(itemId) ?? []
  const layer = layers.find(({ id }) => id === upon?.layerId)
  const there = upon?.layerId ? layer?.quantity : worth.quantity
  const cost = shareInStock(value!, there ?? new Decimal(0), upon!.received)
  if (cost.isZero()) return []
  stock.worths.set(itemId, { ...worth, value: worth.value.plus(cost) })
  if (layer)
    stock.layers.set(
      itemId,
      layers.map((one) => (one === layer ? { ...layer, value: layer.value.plus(cost) } : one)),
    )
  return [{ ...move, cost }]
}

function layeredOf({ layers }: Stock, worth: Worth, itemId: string): Layered | undefined {
  const open = layers.get(itemId)
  return open && { worth, layers: open }
}

function keep(stock: Stock, itemId: string, { worth, layers }: Layered): void {
  stock.worths.set(itemId, worth)
  stock.layers.set(itemId, layers)
}

const fenOf = (value: Decimal): Decimal => value.toDecimalPlaces(2)

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
