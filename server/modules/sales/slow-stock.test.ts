import { beforeAll, expect, test } from 'vitest'
import { ask } from '#kernel/perform'
import { aCustomer, anItem, as, call, type Name, openCompany, order, settle, stock } from './fixtures/company.ts'
import { inventoryActions } from '../inventory/index.ts'

const shippedAt = new Date('2026-12-20T10:00:00+08:00')
const later = new Date('2027-03-20T10:00:00+08:00')
beforeAll(async () => {
  await openCompany()
  const [sold, never] = [await anItem({ name: '常卖' }), await anItem({ name: '从不卖' })]
  await stock(sold, { quantity: '1000', unitCost: '1' })
  await stock(never, { quantity: '300', unitCost: '2' })
  await anItem({ name: '没有货' })
  const customer = await aCustomer({ owner: 'li' })
  await order('li', customer, [{ item: sold, quantity: '400' }], { submit: true, at: shippedAt })
  await settle()
  const keeper = await as('zhao', shippedAt)
  const { rows } = await call(keeper, 'deliveries', { customerId: customer })
  await call(keeper, 'shipDelivery', { id: rows[0]!.id, version: rows[0]!.version })
}, 60_000)

const slow = async (name: Name, idleDays = 90) =>
  ask(await as(name, later), inventoryActions.slowStock, { idleDays, limit: 50 })

test('what nothing went out of for so long is listed, worth most first, with how many there are', async () => {
  const { count, rows, value } = await slow('liu')
  expect(rows.map(({ item, value: worth, idleDays, lastOutOn }) => [item.name, worth, idleDays, lastOutOn])).toEqual([
    ['从不卖', '600.00', 120, null],
    ['常卖', '600.00', 90, '2026-12-20'],
  ])
  expect([count, value]).toEqual([2, '1200.00'])
  expect((await slow('liu', 100)).rows.map(({ item }) => item.name)).toEqual(['从不卖'])
})

test('nothing is slow before its time, and those without the right to costs read no value', async () => {
  expect((await slow('liu', 365)).count).toBe(0)
  const { rows, value } = await slow('zhao')
  expect(value).toBeUndefined()
  expect(rows.every((row) => row.value === undefined)).toBe(true)
  expect(rows).toHaveLength(2)
})
