import { Decimal } from '#contract'
import { comeIn, type Worth } from './cost.model.ts'

/** What is left of goods that came in at one cost. */
export type Layer = { id: string; quantity: Decimal; value: Decimal }
/** What was taken from a layer; from none where more left than was there. */
export type LayerUse = { layerId: string | null; quantity: Decimal; value: Decimal }
/** An item's worth with its open layers, the oldest first. They make up the worth as long as anything is there. */
export type Layered = { worth: Worth; layers: readonly Layer[] }

const fen = (value: Decimal): Decimal => value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP)
const some = (use: LayerUse): boolean => use.quantity.gt(0)

/** Goods leave: of what came first, first. The last piece of a layer takes all of its value; beyond what is there, the last cost holds. */
export function takeOldest(
  { worth, layers }: Layered,
  quantity: Decimal,
): Layered & { cost: Decimal; uses: LayerUse[] } {
  let rest = quantity
  const takes = layers.map((layer): LayerUse => {
    const taken = Decimal.min(rest, layer.quantity)
    rest = rest.minus(taken)
    const isAll = taken.eq(layer.quantity)
    const value = isAll ? layer.value : fen(layer.value.times(taken).div(layer.quantity))
    return { layerId: layer.id, quantity: taken, value }
  })
  const short: LayerUse = { layerId: null, quantity: rest, value: fen(rest.times(worth.lastCost)) }
  const cost = Decimal.sum(short.value, ...takes.map((use) => use.value))
  return {
    worth: { ...worth, quantity: worth.quantity.minus(quantity), value: worth.value.minus(cost) },
    layers: layers.map((layer, i) => less(layer, takes[i]!)).filter((layer) => layer.quantity.gt(0)),
    cost,
    uses: [...takes, short].filter(some),
  }
}

const less = (layer: Layer, { quantity, value }: LayerUse): Layer => ({
  ...layer,
  quantity: layer.quantity.minus(quantity),
  value: layer.value.minus(value),
})

/**
 * Goods come and open a layer, the last to leave of those that are there. What makes good a shortage is taken from it at once, and
 * `revaluation` says what that cost more or less than was assumed.
 */
export function openLayer(
  { worth, layers }: Layered,
  came: Layer,
): Layered & { revaluation: Decimal; uses: LayerUse[] } {
  const { worth: after, revaluation } = comeIn(worth, came.quantity, came.value)
  const missing = Decimal.max(0, worth.quantity.neg())
  const use: LayerUse = { layerId: came.id, quantity: Decimal.min(missing, came.quantity), value: new Decimal(0) }
  if (!some(use)) return { worth: after, layers: [...layers, came], revaluation, uses: [] }
  const kept = after.quantity.gt(0) ? after.value : new Decimal(0)
  const made = { ...use, value: came.value.minus(kept) }
  const left = less(came, made)
  return { worth: after, layers: left.quantity.gt(0) ? [...layers, left] : layers, revaluation, uses: [made] }
}
