import { expect } from 'vitest'
import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask } from '#kernel/perform'
import { Prisma } from '#kernel/prisma/client'
import { availability } from '#server/modules/inventory'
import { adjust, receive as receiveTransfer, send } from '../modules/inventory/fixtures/goods.ts'
import {
  aCustomer,
  anItem,
  as,
  aWarehouse,
  house,
  lines,
  main,
  openCompany,
  stock,
  call,
} from '../modules/sales/fixtures/company.ts'
import type { chance } from './tap-storm.ts'

const clients = 64
const pieces = 100
const mostEach = 7

/** A company whose customers all want the same thing. */
export async function openRush(): Promise<{ customers: string[]; elsewhere: string }> {
  await openCompany()
  return {
    customers: [await aCustomer({ creditLimit: '100000000' }), await aCustomer({ creditLimit: '100000000' })],
    elsewhere: await aWarehouse('门店仓'),
  }
}
type Shop = Awaited<ReturnType<typeof openRush>>

/**
 * Sixty-four order from a hundred pieces at the same moment, one to seven each; in every other round somebody counts and moves the same goods
 * meanwhile. Answers how many pieces were promised, how many there were, and how many are free in the end.
 */
export async function rush(shop: Shop, random: ReturnType<typeof chance>, withTraffic: boolean) {
  const item = await anItem({ listPrice: '1' })
  await stock(item, { quantity: String(pieces) })
  const li = await as('li')
  const wishes = Array.from({ length: clients }, () => 1 + random.below(mostEach))
  const ordering = wishes.map(async (wish) => {
    const input = { id: newId(), customerId: random.of(shop.customers), warehouseId: main, submit: true }
    const order = { ...input, lines: lines({ item, quantity: String(wish) }) }
    return { wish, got: (await isPromised({ ...li, key: newId() }, order)) ? wish : 0 }
  })
  const traffic = withTraffic ? await moveAbout(item.id, shop.elsewhere) : { gone: 0 }
  const orders = await Promise.all(ordering)
  const there = pieces - traffic.gone
  const promised = orders.reduce((sum, { got }) => sum + got, 0)
  const stood = (await ask(house, (tx) => availability(tx, { itemIds: [item.id], warehouses: [main] }), undefined)).get(
    item.id,
  )
  const held = await db.reservation.aggregate({ where: { itemId: item.id }, _sum: { quantity: true } })
  expect(String(held._sum.quantity ?? 0)).toBe(String(promised))
  return {
    promised,
    there,
    free: Number(stood?.available),
    smallestRefused: Math.min(...orders.filter(({ got }) => got === 0).map(({ wish }) => wish)),
  }
}

/** Sends an order until it is answered, under one key, as a client does when the server is too busy to begin: promised, or out of stock. */
async function isPromised(caller: Caller, order: object): Promise<boolean> {
  for (;;) {
    try {
      await call(caller, 'createOrder', order)
      return true
    } catch (error) {
      if (error instanceof Refusal && error.code === 'out_of_stock') return false
      if (!isTooBusy(error)) throw error
    }
  }
}
/** No connection was free in time, so that nothing was begun. */
const isTooBusy = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2028'

/** A stocktake finds three pieces less, and five go to another warehouse, unless the orders were quicker. */
async function moveAbout(itemId: string, elsewhere: string): Promise<{ gone: number }> {
  const deeds = await Promise.allSettled([
    adjust({ itemId, warehouseId: main, quantity: -3 }),
    send({ itemId, fromId: main, toId: elsewhere, quantity: 5 }).then((page) => receiveTransfer(page)),
  ])
  for (const deed of deeds)
    if (deed.status === 'rejected') expect(deed.reason instanceof Refusal || isTooBusy(deed.reason)).toBe(true)
  return { gone: deeds.reduce((sum, { status }, i) => sum + (status === 'fulfilled' ? [3, 5][i]! : 0), 0) }
}
