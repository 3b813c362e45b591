import { expect, test } from 'vitest'
import { phoneTabs, tabsOf } from './tabs.ts'

const everywhere = () => true
const mayAll = () => true
const keys = (
  roles: string[],
  may: (action: string) => boolean = mayAll,
  hasRoute: (name: string) => boolean = everywhere,
) => tabsOf(roles, may, hasRoute).map(({ key }) => key)

test('each role finds its own five at the thumb', () => {
  const five = (role: string) => phoneTabs(tabsOf([role], mayAll, everywhere)).map(({ key }) => key)
  expect(five('seller')).toEqual(['home', 'customers', 'newOrder', 'stock', 'me'])
  expect(five('warehouse')).toEqual(['todo', 'deliveries', 'goodsReceipts', 'stocktakes', 'stock'])
})

test('somebody with several roles has the places of all of them once, those of the first role first', () => {
  const both = keys(['seller', 'accountant'])
  expect(both.slice(0, 2)).toEqual(['todo', 'receivables'])
  expect(both).toContain('newOrder')
  expect(both).not.toContain('home')
  expect(new Set(both).size).toBe(both.length)
})

test('nothing leads to what does not exist or may not be opened', () => {
  expect(keys(['seller'], (action) => action !== 'stock.read')).not.toContain('stock')
  expect(keys(['seller'], mayAll, (route) => route !== 'customers')).not.toContain('customers')
})

test('a role of the company itself still has a way in', () => {
  expect(keys(['night_watch'])).toEqual(['home', 'approvals', 'me'])
})
