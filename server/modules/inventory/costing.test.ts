import fc from 'fast-check'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { Decimal } from '#contract'
import { addDays } from '#kernel/days'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import { inventoryActions } from './actions.ts'
import {
  adjust,
  anItem,
  arrive,
  assertSound,
  aWarehouse,
  callerWith,
  d,
  house,
  receive,
  refusalOf,
  send,
  spreadFreight,
  today,
} from './fixtures/goods.ts'
import { issue } from './index.ts'

const costBy = (method: 'average' | 'fifo', caller = house) =>
  perform(caller, inventoryActions.changeCosting, { method })
const worthOf = async (itemId: string) => {
  const row = await db.itemCost.findUniqueOrThrow({ where: { itemId } })
  return [String(row.quantity), new Decimal(String(row.value)).toFixed(2)]
}
/** Goods leave for an order; answers what they cost. */
async function sell(itemId: string, warehouseId: string, quantity: number, on = today): Promise<string> {
  const line = { lineId: newId(), itemId, warehouseId, quantity: d(quantity), lots: [], serialIds: [] }
  const source = { document: 'delivery', id: newId(), number: 'DN202611-00001' }
  const costs = await perform(
    house,
    (tx, caller) => issue(tx, caller, { source, kind: 'delivery', on, lines: [line] }),
    undefined,
  )
  return costs[0]!.cost.toFixed(2)
}

let warehouse: string
let shop: string
beforeEach(async () => {
  await costBy('average')
  warehouse ??= await aWarehouse('主仓')
  shop ??= await aWarehouse('门店仓')
})
afterAll(closeNumbers)

test('the same goods cost their average, or what came first', async () => {
  const [average, fifo] = [await anItem(), await anItem()]
  const buy = async (itemId: string) => {
    await arrive({ itemId, warehouseId: warehouse, quantity: 100, unitCost: '2.50' })
    await arrive({ itemId, warehouseId: warehouse, quantity: 50, unitCost: '4.00' })
  }
  await buy(average.id)
  expect(await sell(average.id, warehouse, 120)).toBe('360.00')
  await costBy('fifo')
  await buy(fifo.id)
  expect(await sell(fifo.id, warehouse, 120)).toBe('330.00')
  expect([await worthOf(average.id), await worthOf(fifo.id)]).toEqual([
    ['30', '90.00'],
    ['30', '120.00'],
  ])
  const uses = await db.costLayerUse.findMany({ where: { layerId: { not: null } }, orderBy: { value: 'desc' } })
  expect(uses.map(({ quantity, value }) => [String(quantity), String(value)])).toEqual([
    ['100', '250'],
    ['20', '80'],
  ])
  await assertSound()
})

test('a change of method opens the stock at its average, and back again; its value stays the same to the fen', async () => {
  const bolt = await anItem()
  await arrive({ itemId: bolt.id, warehouseId: warehouse, quantity: 3, unitCost: '3.333333' })
  await arrive({ itemId: bolt.id, warehouseId: warehouse, quantity: 4, unitCost: '2.00' })
  const before = await worthOf(bolt.id)
  const changed = await costBy('fifo')
  expect(changed).toMatchObject({ method: 'fifo', since: house.at.toISOString(), can: ['change'] })
  expect(await worthOf(bolt.id)).toEqual(before)
  const opened = await db.costLayer.findMany({ where: { itemId: bolt.id } })
  expect(opened.map(({ quantity, remainingValue }) => [String(quantity), String(remainingValue)])).toEqual([
    ['7', '18'],
  ])
  await arrive({ itemId: bolt.id, warehouseId: warehouse, quantity: 10, unitCost: '9.00' })
  expect(await sell(bolt.id, warehouse, 8)).toBe('27.00')
  await assertSound()
  await costBy('average')
  expect(await worthOf(bolt.id)).toEqual(['9', '81.00'])
  await assertSound()
  expect(await sell(bolt.id, warehouse, 1)).toBe('9.00')
  expect(await costBy('average')).toMatchObject({ method: 'average' })
  await assertSound()
})

test('goods that come late by their day still go before those of a later day', async () => {
  await costBy('fifo')
  const bolt = await anItem()
  await arrive({ itemId: bolt.id, warehouseId: warehouse, quantity: 5, unitCost: '3.00', on: today })
  await arrive({ itemId: bolt.id, warehouseId: warehouse, quantity: 5, unitCost: '1.00', on: addDays(today, -3) })
  expect(await sell(bolt.id, warehouse, 6)).toBe('8.00')
  await assertSound()
})

test('goods that may run short cost the last cost, and what comes next says how far that was off', async () => {
  await costBy('fifo')
  const bolt = await anItem({ allowNegative: true })
  await arrive({ itemId: bolt.id, warehouseId: warehouse, quantity: 10, unitCost: '4.00' })
  expect(await sell(bolt.id, warehouse, 15)).toBe('60.00')
  await assertSound()
  await arrive({ itemId: bolt.id, warehouseId: warehouse, quantity: 8, unitCost: '6.00' })
  expect(await worthOf(bolt.id)).toEqual(['3', '18.00'])
  await assertSound()
})

test('twenty who sell the last goods at one moment take each piece of a layer once', async () => {
  await costBy('fifo')
  const bolt = await anItem()
  for (const unitCost of ['1.00', '2.00', '3.00'])
    await arrive({ itemId: bolt.id, warehouseId: warehouse, quantity: 5, unitCost })
  const deeds = await Promise.allSettled(Array.from({ length: 20 }, () => sell(bolt.id, warehouse, 1)))
  const costs = deeds.flatMap((deed) => (deed.status === 'fulfilled' ? Number(deed.value) : []))
  expect(costs.toSorted((a, b) => a - b)).toEqual([...Array(5).fill(1), ...Array(5).fill(2), ...Array(5).fill(3)])
  expect(await worthOf(bolt.id)).toEqual(['0', '0.00'])
  await assertSound()
})

test('the method changes at one moment also while goods come and go', async () => {
  const items = await Promise.all(Array.from({ length: 4 }, () => anItem()))
  for (const { id } of items) await arrive({ itemId: id, warehouseId: warehouse, quantity: 40, unitCost: '1.37' })
  const trade = items.flatMap(({ id }) => [
    sell(id, warehouse, 3),
    arrive({ itemId: id, warehouseId: warehouse, quantity: 7, unitCost: '2.11' }),
    sell(id, warehouse, 5),
    anItem().then((fresh) => arrive({ itemId: fresh.id, warehouseId: warehouse, quantity: 2, unitCost: '5.00' })),
  ])
  await Promise.all([...trade.slice(0, 8), costBy('fifo'), ...trade.slice(8), costBy('average'), costBy('fifo')])
  await assertSound()
  const methods = await db.itemCost.groupBy({ by: ['method'] })
  expect(methods).toHaveLength(1)
})

test('only an administrator changes how costs are worked out, and only who reads costs sees it', async () => {
  const admin = callerWith({ actions: ['org.admin'] })
  expect((await costBy('fifo', admin)).can).toEqual(['change'])
  const accountant = callerWith({ reads: ['cost'] })
  expect(await refusalOf(costBy('average', accountant))).toMatchObject({ code: 'forbidden' })
  expect(await perform(accountant, inventoryActions.costing, {})).toMatchObject({ method: 'fifo', can: [] })
  const seller = callerWith({ actions: ['stock.read'] })
  expect(await refusalOf(perform(seller, inventoryActions.costing, {}))).toMatchObject({ code: 'forbidden' })
})

// Costs as a shopkeeper would keep them: piles in the order of their day, and one heap of money where they are averaged.
type Pile = { day: string; left: number; value: Decimal; source: string | null; came: number }
class Shop {
  piles: Pile[] = []
  /** Receipts that came as piles of their own. */
  private readonly kept = new Set<string>()
  private made = 0
  private method: 'average' | 'fifo'

  constructor(method: 'average' | 'fifo') {
    this.method = method
  }

  quantity = () => this.piles.reduce((sum, pile) => sum + pile.left, 0)
  value = () => Decimal.sum(0, ...this.piles.map((pile) => pile.value))

  change(method: 'average' | 'fifo'): void {
    if (method === this.method) return
    this.method = method
    this.kept.clear()
    this.merge()
  }

  private merge(): void {
    const [left, value] = [this.quantity(), this.value()]
    this.piles = left > 0 ? [{ day: today, left, value, source: null, came: left }] : []
  }

  come(day: string, quantity: number, value: Decimal): string {
    const source = `receipt ${this.made++}`
    this.piles.push({ day, left: quantity, value, source, came: quantity })
    if (this.method === 'average') this.merge()
    else this.kept.add(source)
    // In the order of their days; those of one day stay as they came.
    this.piles.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    return source
  }

  go(quantity: number): Decimal {
    let rest = quantity
    let cost = d(0)
    for (const pile of this.piles) {
      const taken = Math.min(rest, pile.left)
      const value = taken === pile.left ? pile.value : pile.value.times(taken).div(pile.left).toDecimalPlaces(2)
      pile.left -= taken
      pile.value = pile.value.minus(value)
      cost = cost.plus(value)
      rest -= taken
    }
    this.piles = this.piles.filter((pile) => pile.left > 0)
    return cost
  }

  /** A bill for goods that came before; answers what stays upon them: in their own pile, or in the one that all was thrown into. */
  put(amount: Decimal, source: string, received: number): Decimal {
    const pile = this.piles.find((one) => one.source === (this.kept.has(source) ? source : null))
    if (!pile) return d(0)
    const share = amount.times(Math.min(pile.left, received)).div(received).toDecimalPlaces(2)
    pile.value = pile.value.plus(share)
    return share
  }
}

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('come' as const),
        n: fc.integer({ min: 1, max: 20 }),
        cents: fc.integer({ min: 0, max: 999 }),
        ago: fc.integer({ min: 0, max: 4 }),
      }),
    },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('go' as const), n: fc.integer({ min: 1, max: 25 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('change' as const),
        to: fc.constantFrom('average' as const, 'fifo' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('put' as const),
        index: fc.nat({ max: 9 }),
        cents: fc.integer({ min: 1, max: 5000 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('move' as const), n: fc.integer({ min: 1, max: 5 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), n: fc.integer({ min: 1, max: 5 }) }) },
  ),
  { minLength: 4, maxLength: 16 },
)

const comes = (n: number) => ({ do: 'come' as const, n, cents: 0, ago: 0 })
const bill = (cents: number) => ({ do: 'put' as const, index: 0, cents })

test('whatever comes, goes, is billed later and however it is costed, the stock is worth what a shopkeeper says', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.boolean(), async (sequence, startsLayered) => {
      await costBy(startsLayered ? 'fifo' : 'average')
      const model = new Shop(startsLayered ? 'fifo' : 'average')
      const { id: itemId } = await anItem()
      const receipts: { id: string; source: string; quantity: number; cents: number }[] = []
      let inWarehouse = 0
      for (const step of sequence) {
        if (step.do === 'come') {
          const on = addDays(today, -step.ago)
          const unitCost = d(step.cents).div(100)
          const id = await arrive({
            itemId,
            warehouseId: warehouse,
            quantity: step.n,
            unitCost: unitCost.toString(),
            on,
          })
          const source = model.come(on, step.n, unitCost.times(step.n))
          receipts.push({ id, source, quantity: step.n, cents: step.cents })
          inWarehouse += step.n
        } else if (step.do === 'change') {
          await costBy(step.to)
          model.change(step.to)
        } else if (step.do === 'put') {
          const receipt = receipts[step.index]
          if (!receipt) continue
          const amount = d(step.cents).div(100)
          const bill = { receiptIds: [receipt.id], amount: amount.toFixed(2), basis: 'quantity' as const }
          const { landedCost } = await spreadFreight(bill)
          const share = model.put(amount, receipt.source, receipt.quantity)
          expect([landedCost.inStock, landedCost.expensed]).toEqual([share.toFixed(2), amount.minus(share).toFixed(2)])
        } else if (step.n <= inWarehouse) {
          if (step.do === 'go') expect(await sell(itemId, warehouse, step.n)).toBe(model.go(step.n).toFixed(2))
          if (step.do === 'lose') {
            await adjust({ itemId, warehouseId: warehouse, quantity: -step.n })
            model.go(step.n)
          }
          if (step.do === 'move') await receive(await send({ itemId, fromId: warehouse, toId: shop, quantity: step.n }))
          inWarehouse -= step.n
        }
        if (receipts.length > 0)
          expect(await worthOf(itemId)).toEqual([String(model.quantity()), model.value().toFixed(2)])
      }
      await assertSound()
    }),
    {
      // What came before a change of method and back is in the layer that the change opened.
      examples: [[[comes(1), { do: 'change', to: 'average' }, { do: 'change', to: 'fifo' }, bill(1)], true]],
      numRuns: 10,
      verbose: 1,
      endOnFailure: false,
    },
  )
}, 240_000)
