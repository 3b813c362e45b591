import type { Page } from 'playwright-core'
import { v7 as newId } from 'uuid'
import { beforeAll } from 'vitest'
import type { DemoHouse } from './house.ts'
import { everyRoute, exampleOf, idsIn, personFor, type Screen } from './screens.ts'

export type Size = 'phone' | 'desk'
/** A walk through every page of the app: who stands before which, on which screen. */
export type Tour = {
  features: string[]
  screens: (feature: string) => Screen[]
  /** Who takes part. */
  people: () => string[]
  /** A person's page on a screen of this size; it is the same page each time. */
  at: (size: Size, person: string) => Promise<Page>
}

const routes = await everyRoute()

/** Prepares the tour before the tests of a file, with something to see at each of its stops. */
export function useTour(house: DemoHouse): Tour {
  const found = new Map<string, Screen[]>()
  const pages = new Map<string, Promise<Page>>()
  function at(size: Size, person: string): Promise<Page> {
    const place = `${size} ${person}`
    const page = pages.get(place) ?? house[size](person)
    pages.set(place, page)
    return page
  }

  beforeAll(async () => {
    await makeWhatIsMissing(at)
    for (const { feature, route } of routes) {
      const name = String(route.name)
      const person = personFor(feature, name)
      const path = await exampleOf(route.path, await at('phone', person))
      found.set(feature, [...(found.get(feature) ?? []), { name, path, person }])
    }
  })

  return {
    features: [...new Set(routes.map(({ feature }) => feature))],
    screens: (feature) => found.get(feature) ?? [],
    people: () => [...new Set([...found.values()].flat().map((screen) => screen.person))],
    at,
  }
}

/** Goes to a page as a tap on a link does, without loading the app anew. */
export async function turnTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  )
}

export async function call(page: Page, method: string, path: string, body: unknown): Promise<void> {
  const answer = await page.evaluate(
    async ({ method, path, body, key }) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      const response = await fetch(path, { method, headers, body: JSON.stringify(body) })
      return response.ok ? '' : `${response.status} ${await response.text()}`
    },
    { method, path, body, key: newId() },
  )
  if (answer) throw new Error(`${method} ${path}: ${answer}`)
}

/** The demo company has no draft, no quotation, no transfer, nothing in approval, nobody who left, nothing imported and no app of its own. */
async function makeWhatIsMissing(at: Tour['at']): Promise<void> {
  const seller = await at('phone', 'xiaoli')
  const keeper = await at('phone', 'laozhao')
  const [customer] = await idsIn(seller, '/api/customers?q=宏达')
  const [item] = await idsIn(seller, '/api/items?q=PZ-025')
  const [from, to] = await idsIn(keeper, '/api/warehouses')

  const entered = [{ unit: '箱', quantity: '12' }]
  const sale = (submit: boolean) => ({
    id: newId(),
    customerId: customer,
    warehouseId: from,
    lines: [{ itemId: item, entered, price: '0.52' }],
    submit,
  })
  await call(seller, 'POST', '/api/orders', sale(false))
  await call(seller, 'POST', '/api/orders', sale(true))
  await call(seller, 'POST', '/api/quotations', { ...sale(false), validUntil: '2099-12-31' })
  const quoted = { ...sale(true), lines: [{ itemId: item, entered }], validUntil: '2099-12-31' }
  await call(seller, 'POST', '/api/quotations', quoted)
  const goods = (quantity: string) => [{ id: newId(), itemId: item, entered: [{ unit: '盒', quantity }] }]
  await call(keeper, 'POST', '/api/stock-transfers', { id: newId(), fromId: from, toId: to, lines: goods('2') })
  const adjustment = { id: newId(), warehouseId: from, reason: '盘点差异', lines: goods('-1') }
  await call(keeper, 'POST', '/api/stock-adjustments', adjustment)

  const director = await at('phone', 'hezongjian')
  const receiptIds = (await idsIn(director, '/api/goods-receipts?state=received')).slice(0, 1)
  const freight = { id: newId(), kind: 'freight', amount: '120.00', basis: 'value', receiptIds }
  await call(director, 'POST', '/api/landed-costs', freight)

  const admin = await at('phone', 'ajie')
  const [gone] = await idsIn(admin, '/api/people?q=小徐')
  await call(admin, 'POST', `/api/accounts/${gone}/leave`, {})
  const text = '编码\t名称\t单位\t单价\nNEW-1\t新到螺丝\t支\t0.2\nNEW-2\t新到螺母\t支\t面议'
  await call(admin, 'POST', '/api/imports', { id: newId(), document: 'item', fileName: '新到商品.xlsx', text })
  const settings = { corpId: 'ww1234567890', agentId: '1000003' }
  await call(admin, 'POST', '/api/platform-apps', { id: newId(), platform: 'wecom', name: '分公司', settings })
}
