import Router from '@koa/router'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '#contract'
import { forms } from '#contract/engines/forms'
import type { Actions } from '#kernel/perform'
import { as, closeDoor, openDoor, visitor, type Who } from '../test/door.ts'
import { served, servedApart } from './contracts.ts'
import { serve } from './serve.ts'
import type { RequestState } from './request-state.ts'

beforeAll(() => openDoor())
afterAll(closeDoor)

type Schema = { properties?: Record<string, Schema>; items?: Schema; $ref?: string; anyOf?: Schema[]; kind?: string }
type Operation = {
  operationId: string
  summary: string
  parameters?: { name: string; in: string }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}
type OpenApi = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}
const openApiFor = async (who: Who): Promise<OpenApi> => (await as(who).send('GET', '/openapi.json')).body

const contracts = [...served.map(({ contract }) => contract), ...servedApart]
const lineOf = ({ method, path }: Endpoint): string => `${method} /api${path}`
const declared = contracts.flatMap(({ endpoints }) => Object.values(endpoints).map(lineOf)).sort()

describe('router, contracts and OpenAPI', () => {
  test('say the same', async () => {
    const { paths } = await openApiFor('owner')
    const documented = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(documented.sort()).toEqual(declared)

    const router = new Router<RequestState>({ prefix: '/api' })
    for (const { contract, actions } of served) serve(router, contract, actions as unknown as Actions<typeof contract>) // as the app does
    const routed = router.stack.map(
      ({ methods, path }) => `${methods.filter((one) => one !== 'HEAD').join()} ${String(path)}`,
    )
    const apart = servedApart.flatMap(({ endpoints }) => Object.values(endpoints).map(lineOf))
    expect([...routed, ...apart].sort()).toEqual(declared)
  })

  test('have one action and one path for each endpoint', () => {
    expect(new Set(declared).size).toBe(declared.length)
    for (const { contract, actions } of served)
      expect(Object.keys(actions).sort()).toEqual(Object.keys(contract.endpoints).sort())
  })

  test('take every value of a path by name', () => {
    for (const { name, endpoints } of contracts)
      for (const [called, { path, input }] of Object.entries(endpoints)) {
        const taken = Object.keys((input as { shape?: object }).shape ?? {})
        for (const [, value] of path.matchAll(/:(\w+)/g)) expect(taken, `${name}.${called}`).toContain(value)
      }
  })

  test('name the header that a changing call needs', async () => {
    const { paths } = await openApiFor('owner')
    for (const { endpoints } of contracts)
      for (const { method, path, changes } of Object.values(endpoints)) {
        const operation = paths[`/api${path.replace(/:(\w+)/g, '{$1}')}`]![method.toLowerCase()]!
        expect(
          operation.parameters?.some(({ name }) => name === 'Idempotency-Key') ?? false,
          operation.operationId,
        ).toBe(changes)
      }
  })
})

describe('OpenAPI for one viewer', () => {
  test('is only for those who are signed in', async () => {
    const answer = await visitor().send('GET', '/openapi.json')
    expect([answer.status, answer.body.code]).toEqual([401, 'not_signed_in'])
  })

  test('is version 3.1 and leads nowhere that is not in it', async () => {
    const made = await openApiFor('seller')
    expect(made.openapi).toMatch(/^3\.1/)
    for (const [, name] of JSON.stringify(made).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(Object.keys(made.components.schemas)).toContain(name)
  })

  test('has the fields that he may read and no others', async () => {
    const fieldsOf = async (who: Who, name: string) =>
      Object.keys((await openApiFor(who)).components.schemas[name]?.properties ?? {})
    expect(await fieldsOf('owner', 'SalesOrder')).toEqual(
      expect.arrayContaining(['costTotal', 'marginPercent', 'grossTotal']),
    )
    expect(await fieldsOf('seller', 'SalesOrder')).toEqual(expect.arrayContaining(['grossTotal', 'customerId']))
    expect(await fieldsOf('seller', 'SalesOrder')).not.toEqual(expect.arrayContaining(['costTotal']))
    for (const hidden of ['costTotal', 'marginPercent'])
      expect(await fieldsOf('seller', 'SalesOrder')).not.toContain(hidden)
    for (const hidden of ['costTotal', 'marginPercent', 'grossTotal'])
      expect(await fieldsOf('warehouse', 'SalesOrder')).not.toContain(hidden)
    for (const hidden of ['phone', 'creditLimit']) expect(await fieldsOf('warehouse', 'Customer')).not.toContain(hidden)
    expect(await fieldsOf('seller', 'Item')).not.toContain('floorPrice')
  })

  test('has the fields that he may write and no others', async () => {
    const bodyOf = async (who: Who, path: string, method = 'post') =>
      (await openApiFor(who)).paths[path]![method]!.requestBody!.content['application/json'].schema
    const written = async (who: Who, path: string, method?: string) =>
      Object.keys((await bodyOf(who, path, method)).properties ?? {})
    expect(await written('owner', '/api/items')).toEqual(expect.arrayContaining(['floorPrice', 'listPrice', 'code']))
    expect(await written('seller', '/api/items')).not.toContain('floorPrice')
    expect(await written('seller', '/api/customers')).not.toContain('creditLimit')
    expect(await written('sales_manager', '/api/customers')).toContain('creditLimit')
    const lines = async (who: Who) =>
      Object.keys((await bodyOf(who, '/api/orders')).properties?.['lines']?.items?.properties ?? {})
    expect(await lines('seller')).toEqual(expect.arrayContaining(['price', 'itemId', 'entered']))
    expect(await lines('warehouse')).not.toContain('price')
  })

  test('tells nothing to the seller that his descriptions of documents do not tell', async () => {
    const { documents } = await as('seller').call(forms.endpoints.documents, {})
    const order = documents.find(({ name }) => name === 'sales_order')!
    expect(order.fields.map(({ key }) => key)).not.toContain('costTotal')
    expect(order.lines.map(({ key }) => key)).not.toContain('unitCost')
  })
})

describe('the documentation page', () => {
  test('loads from our own origin alone', async () => {
    const page = await as('seller').send('GET', '/docs')
    expect(page.status).toBe(200)
    const addresses = [...page.text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address]) => address!)
    expect(addresses.length).toBeGreaterThan(4)
    for (const address of addresses) {
      expect(address).toMatch(/^\/docs\//)
      expect((await as('seller').send('HEAD', address)).status, address).toBe(200)
    }
    const starter = await as('seller').send('GET', '/docs/swagger-initializer.js')
    expect(starter.text).not.toMatch(/https?:/)
  })
})
