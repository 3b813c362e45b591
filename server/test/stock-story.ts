import fc from 'fast-check'
import { expect } from 'vitest'
import { Refusal } from '#contract'
import { addDays } from '#kernel/days'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { perform } from '#kernel/perform'
import { availability, issue, proposeLots, release, takeIn, undoTakeIn } from '#server/modules/inventory'
import {
  adjust,
  anItem,
  arrive,
  aWarehouse,
  d,
  hold,
  house,
  receive,
  send,
} from '../modules/inventory/fixtures/goods.ts'
import { lastDay as today, Shelf } from './shelf-model.ts'

type House = { shelf: Shelf; items: string[]; places: string[] }
/** What a step came to: done, or the code of the refusal. */
type Outcome = string
type Step = { name: string; run: (house: House) => Promise<{ expected: Outcome; actual: Outcome }> }

const outcomeOf = async (deed: Promise<unknown>): Promise<Outcome> =>
  deed.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refusal) return error.code
      throw error
    },
  )

const item = fc.integer({ min: 0, max: 1 })
const place = fc.integer({ min: 0, max: 1 })
const quantity = fc.integer({ min: 1, max: 30 })
const day = fc.integer({ min: 0, max: 6 }).map((ago) => addDays(today, -ago))
const lot = fc.integer({ min: 0, max: 2 })
const index = fc.nat({ max: 20 })
const cents = fc.integer({ min: 0, max: 999 })

const lotOf = (n: number) => ({ lotCode: `L${n}`, expiresOn: `2027-0${n + 1}-28` })

const receiving = fc.record({ item, place, quantity, day, lot, cents }).map((step): Step => ({
  name: `receive ${JSON.stringify(step)}`,
  run: async ({ shelf, items, places }) => {
    const unitCost = d(step.cents).div(100)
    const tracked = shelf.tracked[step.item]!
    shelf.come(step.item, step.place, tracked ? step.lot : null, step.day, step.quantity, unitCost.times(step.quantity))
    const arrival = {
      itemId: items[step.item]!,
      warehouseId: places[step.place]!,
      quantity: step.quantity,
      on: step.day,
      unitCost: unitCost.toString(),
    }
    return { expected: 'done', actual: await outcomeOf(arrive({ ...arrival, ...(tracked ? lotOf(step.lot) : {}) })) }
  },
}))

const reserving = fc.record({ item, place, quantity, partial: fc.boolean() }).map((step): Step => ({
  name: `reserve ${JSON.stringify(step)}`,
  run: async ({ shelf, items, places }) => {
    const free = shelf.free(step.item, step.place)
    const wanted = {
      itemId: items[step.item]!,
      warehouseId: places[step.place]!,
      quantity: step.quantity,
      lineId: newId(),
    }
    const orderId = newId()
    const isRefused = !step.partial && free < step.quantity
    const left = Math.min(step.quantity, free)
    if (!isRefused && left > 0) shelf.holds.push({ ...step, lineId: wanted.lineId, orderId, left })
    return {
      expected: isRefused ? 'out_of_stock' : 'done',
      actual: await outcomeOf(hold([wanted], { partial: step.partial, orderId })),
    }
  },
}))

const releasing = fc.record({ index }).map((step): Step => ({
  name: `release ${step.index}`,
  run: async ({ shelf }) => {
    const [gone] = shelf.holds.splice(step.index, 1)
    const orderId = gone?.orderId ?? newId()
    return { expected: 'done', actual: await outcomeOf(perform(house, (tx) => release(tx, orderId), undefined)) }
  },
}))

const issuing = fc.record({ item, place, quantity, day, index }).map((step): Step => ({
  name: `issue ${JSON.stringify(step)}`,
  run: async ({ shelf, items, places }) => {
    const held = shelf.holds[step.index]
    const where = held ?? step
    const fromHold = Math.min(held?.left ?? 0, step.quantity)
    const isShort = shelf.free(where.item, where.place) + fromHold < step.quantity
    const parts = shelf.parts(where.item, where.place, step.quantity)
    const expected =
      shelf.tracked[where.item] && parts.reduce((sum, part) => sum + part.quantity, 0) < step.quantity
        ? parts.length === 0
          ? 'lot_needed'
          : 'lots_do_not_add_up'
        : isShort
          ? 'out_of_stock'
          : shelf.stands(where.item, where.place, parts, step.day)
            ? 'done'
            : 'negative_history'
    if (expected === 'done') {
      shelf.go(where.item, where.place, parts, step.day, true)
      if (held) held.left -= fromHold
      if (held?.left === 0) shelf.holds.splice(step.index, 1)
    }
    const goods = { itemId: items[where.item]!, warehouseId: places[where.place]!, quantity: d(step.quantity) }
    const lots = (await proposeLots(db, [goods]))[0]!.lots
    const line = { ...goods, lineId: held?.lineId ?? newId(), lots, serialIds: [] }
    const source = { document: 'delivery', id: newId(), number: 'DN' }
    const deed = perform(
      house,
      (tx, caller) => issue(tx, caller, { source, kind: 'delivery', on: step.day, lines: [line] }),
      undefined,
    )
    return { expected, actual: await outcomeOf(deed) }
  },
}))

const sending = fc.record({ item, place, quantity, day }).map((step): Step => ({
  name: `send ${JSON.stringify(step)}`,
  run: async ({ shelf, items, places }) => {
    const parts = shelf.parts(step.item, step.place, step.quantity)
    const covered = parts.reduce((sum, part) => sum + part.quantity, 0)
    const expected =
      covered < step.quantity
        ? parts.length === 0
          ? 'lot_needed'
          : 'lots_do_not_add_up'
        : shelf.free(step.item, step.place) < step.quantity
          ? 'out_of_stock'
          : shelf.stands(step.item, step.place, parts, step.day)
            ? 'done'
            : 'negative_history'
    const to = 1 - step.place
    const deed = send({
      itemId: items[step.item]!,
      fromId: places[step.place]!,
      toId: places[to]!,
      quantity: step.quantity,
      on: step.day,
    })
    const actual = await outcomeOf(deed)
    if (expected === 'done' && actual === 'done') {
      const costs = shelf.go(step.item, step.place, parts, step.day, false)
      shelf.travelling.push({
        ...step,
        to,
        parts: parts.map((part, i) => ({ ...part, cost: costs[i]! })),
        page: await deed,
      })
    }
    return { expected, actual }
  },
}))

const arriving = fc.record({ index, day }).map((step): Step => ({
  name: `arrive ${JSON.stringify(step)}`,
  run: async ({ shelf }) => {
    const journey = shelf.travelling[step.index]
    if (!journey) return { expected: 'done', actual: 'done' }
    const expected = step.day < journey.day ? 'received_before_sent' : 'done'
    if (expected === 'done') {
      shelf.travelling.splice(step.index, 1)
      for (const { lot, quantity } of journey.parts)
        shelf.moves.push({ item: journey.item, place: journey.to, lot, day: step.day, quantity })
    }
    return { expected, actual: await outcomeOf(receive(journey.page, step.day)) }
  },
}))

const adjusting = fc.record({ place, quantity, day, isMore: fc.boolean() }).map((step): Step => ({
  name: `adjust ${JSON.stringify(step)}`,
  run: async ({ shelf, items, places }) => {
    const parts = [{ lot: null, quantity: step.quantity }]
    const worth = shelf.worth[0]!
    const unitCost = (worth.quantity > 0 ? worth.value.div(worth.quantity) : worth.lastCost).toDecimalPlaces(6)
    const expected = step.isMore
      ? 'done'
      : shelf.free(0, step.place) < step.quantity
        ? 'out_of_stock'
        : shelf.stands(0, step.place, parts, step.day)
          ? 'done'
          : 'negative_history'
    if (expected === 'done' && step.isMore)
      shelf.come(0, step.place, null, step.day, step.quantity, unitCost.times(step.quantity).toDecimalPlaces(2))
    if (expected === 'done' && !step.isMore) shelf.go(0, step.place, parts, step.day, true)
    const change = {
      itemId: items[0]!,
      warehouseId: places[step.place]!,
      quantity: step.isMore ? step.quantity : -step.quantity,
      on: step.day,
    }
    return { expected, actual: await outcomeOf(adjust(change)) }
  },
}))

const returned = (id: string) => ({ document: 'sales_return', id, number: `RT-${id}` })

const comingBack = fc.record({ place, quantity, day, cents }).map((step): Step => ({
  name: `come back ${JSON.stringify(step)}`,
  run: async ({ shelf, items, places }) => {
    const id = newId()
    const value = d(step.cents).div(100)
    shelf.come(0, step.place, null, step.day, step.quantity, value)
    shelf.cameBack.push({ id, item: 0, place: step.place, quantity: step.quantity, value })
    const line = { lineId: newId(), itemId: items[0]!, quantity: d(step.quantity), lots: [], serials: [], value }
    const goods = { source: returned(id), on: step.day, warehouseId: places[step.place]!, lines: [line] }
    return { expected: 'done', actual: await outcomeOf(perform(house, takeIn, goods)) }
  },
}))

const undoing = fc.record({ index }).map((step): Step => ({
  name: `undo what came back ${step.index}`,
  run: async ({ shelf }) => {
    const back = shelf.cameBack[step.index]
    if (!back) return { expected: 'done', actual: 'done' }
    const isFree = shelf.free(back.item, back.place) >= back.quantity
    const expected = !isFree ? 'out_of_stock' : shelf.canUndo(back) ? 'done' : 'return_used'
    if (expected === 'done') {
      shelf.cameBack.splice(step.index, 1)
      shelf.undo(back)
    }
    const deed = perform(house, (tx, caller) => undoTakeIn(tx, caller, returned(back.id), today), undefined)
    return { expected, actual: await outcomeOf(deed) }
  },
}))

/** What may be done with stock, in any order. */
export const stockStories = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: receiving },
    { weight: 3, arbitrary: reserving },
    { weight: 1, arbitrary: releasing },
    { weight: 3, arbitrary: issuing },
    { weight: 2, arbitrary: sending },
    { weight: 2, arbitrary: arriving },
    { weight: 2, arbitrary: adjusting },
    { weight: 2, arbitrary: comingBack },
    { weight: 1, arbitrary: undoing },
  ),
  { minLength: 4, maxLength: 14 },
)

export const aPair = async (): Promise<string[]> => [await aWarehouse('主仓'), await aWarehouse('门店仓')]

/** Tells a story to the product and to the model: each step must end alike, and in the end the stock must stand alike. */
export async function tellStock(story: readonly Step[], places: string[]): Promise<void> {
  const items = [(await anItem()).id, (await anItem({ tracking: 'lot' })).id]
  const made: House = { shelf: new Shelf(), items, places }
  for (const step of story) {
    const { expected, actual } = await step.run(made)
    expect(`${step.name}: ${actual}`).toBe(`${step.name}: ${expected}`)
  }
  await assertSame(made)
}

async function assertSame({ shelf, items, places: at }: House): Promise<void> {
  for (const [i, itemId] of items.entries()) {
    for (const [p, warehouseId] of at.entries()) {
      const there = (await availability(db, { itemIds: [itemId], warehouses: [warehouseId] })).get(itemId)!
      expect([String(there.onHand), String(there.reserved)]).toEqual([
        String(shelf.onHand(i, p)),
        String(shelf.reserved(i, p)),
      ])
    }
    const cost = await db.itemCost.findUnique({ where: { itemId } })
    expect([String(cost?.quantity ?? 0), String(cost?.value ?? 0)]).toEqual([
      String(shelf.worth[i]!.quantity),
      String(shelf.worth[i]!.value),
    ])
  }
}
