import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '#contract'
import { type Layered, openLayer, takeOldest } from './cost-layers.model.ts'
import { noWorth, shareInStock } from './cost.model.ts'

const d = (value: Decimal.Value) => new Decimal(value)
const nothing: Layered = { worth: noWorth, layers: [] }
const come = (state: Layered, id: string, quantity: Decimal.Value, value: Decimal.Value) =>
  openLayer(state, { id, quantity: d(quantity), value: d(value) })
const plain = (uses: { layerId: string | null; quantity: Decimal; value: Decimal }[]) =>
  uses.map(({ layerId, quantity, value }) => [layerId, quantity.toString(), value.toFixed(2)])

test('what came first goes first, at what it came in at', () => {
  const state = come(come(nothing, 'a', 100, '250.00'), 'b', 50, '200.00')
  const { cost, uses, layers, worth } = takeOldest(state, d(120))
  expect(cost.toFixed(2)).toBe('330.00')
  expect(plain(uses)).toEqual([
    ['a', '100', '250.00'],
    ['b', '20', '80.00'],
  ])
  expect([layers.map(({ id }) => id), worth.quantity.toString(), worth.value.toFixed(2)]).toEqual([
    ['b'],
    '30',
    '120.00',
  ])
})

test('the last piece of a layer takes the fen that rounding left', () => {
  let state: Layered = come(nothing, 'a', 3, '10.00')
  const costs = [1, 2, 3].map(() => {
    const taken = takeOldest(state, d(1))
    state = taken
    return taken.cost.toFixed(2)
  })
  expect(costs).toEqual(['3.33', '3.34', '3.33'])
})

test('what leaves beyond the layers costs the last cost, and the next goods make it good', () => {
  const short = takeOldest(come(nothing, 'a', 10, '40.00'), d(15))
  expect(plain(short.uses)).toEqual([
    ['a', '10', '40.00'],
    [null, '5', '20.00'],
  ])
  const made = come(short, 'b', 8, '48.00')
  expect(plain(made.uses)).toEqual([['b', '5', '30.00']])
  expect(made.revaluation.toFixed(2)).toBe('-10.00')
  expect([made.layers[0]?.quantity.toString(), made.layers[0]?.value.toFixed(2)]).toEqual(['3', '18.00'])
  expect(made.worth.value.toFixed(2)).toBe('18.00')
})

test('goods that make good a part of a shortage leave no layer', () => {
  const short = takeOldest(come(nothing, 'a', 1, '4.00'), d(11))
  const made = come(short, 'b', 4, '20.00')
  expect([made.layers, plain(made.uses)]).toEqual([[], [['b', '4', '20.00']]])
  expect([made.worth.quantity.toString(), made.worth.value.toFixed(2)]).toEqual(['-6', '-24.00'])
})

test('of a later cost as much stays in stock as can still be there', () => {
  const share = (there: number) => shareInStock(d('10.00'), d(there), d(3)).toFixed(2)
  expect([share(3), share(7), share(2), share(0), share(-4)]).toEqual(['10.00', '10.00', '6.67', '0.00', '0.00'])
})

// The same told by a child: a heap of pieces in the order in which they came, each layer a pile with its money.
type Pile = { id: string; came: Decimal; paid: Decimal; left: Decimal; value: Decimal }

const quantity = fc.integer({ min: 1, max: 400_000 }).map((n) => d(n).div(10_000))
const step = fc.record({
  isIn: fc.boolean(),
  quantity,
  value: fc.integer({ min: 0, max: 1_000_000 }).map((n) => d(n).div(100)),
})

test('layers make up the worth, every piece leaves once, and no fen is lost or made', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
      let state: Layered = nothing
      let received = d(0)
      let issued = d(0)
      const piles = new Map<string, Pile>()
      for (const [i, { isIn, quantity: moved, value }] of steps.entries()) {
        if (isIn) {
          const id = `layer ${i}`
          piles.set(id, { id, came: moved, paid: value, left: moved, value })
          const came = come(state, id, moved, value)
          for (const use of came.uses) take(piles, use)
          received = received.plus(value).plus(came.revaluation)
          state = came
        } else {
          const oldest = [...piles.values()].filter((pile) => pile.left.gt(0)).map((pile) => pile.id)
          const gone = takeOldest(state, moved)
          expect(gone.uses.flatMap((use) => use.layerId ?? [])).toEqual(
            oldest.slice(0, gone.uses.filter((u) => u.layerId).length),
          )
          expect(Decimal.sum(0, ...gone.uses.map((use) => use.quantity)).toString()).toBe(moved.toString())
          expect(Decimal.sum(0, ...gone.uses.map((use) => use.value)).toString()).toBe(gone.cost.toString())
          for (const use of gone.uses) take(piles, use)
          issued = issued.plus(gone.cost)
          state = gone
        }
        const { worth, layers } = state
        expect(worth.value.toString()).toBe(received.minus(issued).toString())
        expect(layers.map(({ id }) => id)).toEqual([...piles.values()].filter((p) => p.left.gt(0)).map((p) => p.id))
        for (const layer of layers) {
          const pile = piles.get(layer.id)!
          expect([layer.quantity.toString(), layer.value.toString()]).toEqual([
            pile.left.toString(),
            pile.value.toString(),
          ])
        }
        const there = Decimal.sum(0, ...layers.map((layer) => layer.quantity))
        expect(there.toString()).toBe(Decimal.max(0, worth.quantity).toString())
        if (!worth.quantity.isNegative())
          expect(Decimal.sum(0, ...layers.map((layer) => layer.value)).toString()).toBe(worth.value.toString())
      }
      for (const pile of piles.values()) if (pile.left.isZero()) expect(pile.value.toString()).toBe('0')
    }),
    { numRuns: 500, verbose: 1 },
  )
})

function take(
  piles: Map<string, Pile>,
  { layerId, quantity: taken, value }: { layerId: string | null; quantity: Decimal; value: Decimal },
): void {
  if (!layerId) return
  const pile = piles.get(layerId)!
  piles.set(layerId, { ...pile, left: pile.left.minus(taken), value: pile.value.minus(value) })
  expect(piles.get(layerId)!.left.isNegative()).toBe(false)
  expect(piles.get(layerId)!.value.isNegative()).toBe(false)
}
