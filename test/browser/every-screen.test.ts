import type { Page } from 'playwright-core'
import { v7 as newId } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { look, settled, useDemoHouse } from './house.ts'
import { everyRoute, exampleOf, personFor, idsIn, type Screen } from './screens.ts'

const house = useDemoHouse()
const routes = await everyRoute()
const features = [...new Set(routes.map(({ feature }) => feature))]
const screens = new Map<string, Screen[]>()

beforeAll(async () => {
  await makeWhatIsMissing()
  for (const { feature, route } of routes) {
    const name = String(route.name)
    const person = personFor(feature, name)
    const path = await exampleOf(route.path, await at('phone', person))
    screens.set(feature, [...(screens.get(feature) ?? []), { name, path, person }])
  }
})

const pages = new Map<string, Promise<Page>>()
function at(size: 'phone' | 'desk', person: string): Promise<Page> {
  const place = `${size} ${person}`
  const page = pages.get(place) ?? house[size](person)
  pages.set(place, page)
  return page
}

describe('in Chinese', () => {
  test.each(features)(
    'every page of %s opens on a phone and at a desk, and is open to everybody’s eyes and hands',
    async (feature) => {
      for (const { name, path, person } of screens.get(feature) ?? [])
        for (const size of ['phone', 'desk'] as const) {
          const page = await at(size, person)
          await turnTo(page, path)
          await look(page, `${name} ${size}`)
        }
    },
  )
})

describe('in English', () => {
  beforeAll(async () => {
    for (const person of new Set([...screens.values()].flat().map((screen) => screen.person))) {
      await call(await at('phone', person), 'POST', '/api/me/language', { lang: 'en' })
      for (const size of ['phone', 'desk'] as const) await (await at(size, person)).reload()
    }
  })

  test.each(features)('every page of %s opens on a phone and at a desk', async (feature) => {
    for (const { name, path, person } of screens.get(feature) ?? [])
      for (const size of ['phone', 'desk'] as const) {
        const page = await at(size, person)
        await turnTo(page, path)
        await settled(page)
        expect(await page.getByRole('alert').allInnerTexts(), `alerts on ${name}`).toEqual([])
        expect(await page.getByRole('navigation').allInnerTexts(), `navigation on ${name}`).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/\p{Script=Han}/u)]),
        )
      }
  })
})

/** Goes to a page as a tap on a link does, without loading the app anew. */
async function turnTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  )
  await settled(page)
}

async function call(page: Page, method: string, path: string, body: unknown): Promise<void> {
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

/** The demo company has no draft, no quotation, no transfer and nothing in approval. */
async function makeWhatIsMissing(): Promise<void> {
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
  const goods = (quantity: string) => [{ id: newId(), itemId: item, entered: [{ unit: '盒', quantity }] }]
  await call(keeper, 'POST', '/api/stock-transfers', { id: newId(), fromId: from, toId: to, lines: goods('2') })
  const adjustment = { id: newId(), warehouseId: from, reason: '盘点差异', lines: goods('-1') }
  await call(keeper, 'POST', '/api/stock-adjustments', adjustment)
}
