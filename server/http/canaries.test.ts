import type { Response } from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '#contract'
import { catalog } from '#contract/modules/catalog'
import { org } from '#contract/modules/org'
import { parties } from '#contract/modules/parties'
import { sales } from '#contract/modules/sales'
import { newId } from '#kernel/ids'
import { as, closeDoor, ids, openDoor, type Visitor } from '../test/door.ts'
import { aCustomer, anOrder, lineOf, stocked, today } from '../test/door-goods.ts'
import { type InputFor, rowsOfTheSeller, told } from '../test/every-call.ts'
import { served } from './contracts.ts'

/*
 * Restricted figures that stand nowhere by chance. Whoever lacks the right asks everything that can be asked, in every way, and none of them
 * may come out: not as a field, not in words, not by what a search finds.
 */
const foreignPhone = '0574-99887766'
const purchase = '4561.2378'
const reads = served.flatMap(({ contract }) =>
  Object.entries(contract.endpoints)
    .filter(([, { method }]) => method === 'GET')
    .map(([name, endpoint]) => ({ name: `${contract.name}.${name}`, route: `GET ${endpoint.path}`, endpoint })),
)

let inputFor: InputFor
/** Rows besides the one of each kind. */
let others: Record<string, Record<string, string>[]>
let rows: { customer: string; order: string; delivery: string; goods: { itemId: string; warehouseId: string } }
/** What the figures add up to on documents, as the owner reads it. */
let derived: { cost: string[]; amount: string[] }

beforeAll(async () => {
  await openDoor()
  const made = await rowsOfTheSeller()
  inputFor = made.inputFor
  const { order } = await as('owner').call(sales.endpoints.order, { id: made.order })
  const { delivery } = await as('owner').call(sales.endpoints.delivery, { id: made.delivery })
  const goods = { itemId: order.lines[0]!.itemId!, warehouseId: order.warehouseId! }
  rows = { ...made, goods }
  derived = {
    cost: [order.costTotal!, order.marginPercent!, delivery.costTotal!],
    amount: [order.grossTotal!, order.netTotal!, order.taxTotal!],
  }
  const foreign = await aCustomer('stranger', { phone: foreignPhone })
  await anOrder('stranger', foreign, goods)
  others = { 'GET /goods-receipts/:id': [{ id: await stocked(goods.itemId, goods.warehouseId, '7', purchase) }] }
})
afterAll(closeDoor)

const hidden = {
  seller: () => [told.cost, told.freight, purchase, told.floor, foreignPhone, ...derived.cost],
  warehouse: () => [
    told.cost,
    told.freight,
    purchase,
    told.floor,
    told.price,
    told.credit,
    told.phone,
    told.contactPhone,
    foreignPhone,
    ...derived.cost,
    ...derived.amount,
  ],
}
const all = () => [...new Set([...hidden.seller(), ...hidden.warehouse()])]

/** Every read, plain and with each of its filters in turn. */
async function crawl(who: Visitor): Promise<{ asked: string; answer: Response }[]> {
  const answers = []
  for (const { name, route, endpoint } of reads)
    for (const filter of [{}, ...(others[route] ?? []), ...filtersOf(endpoint)]) {
      const input = { ...inputFor(route, endpoint), ...filter }
      answers.push({ asked: `${name} ${JSON.stringify(filter)}`, answer: await who.try(endpoint, input) })
    }
  for (const path of ['/openapi.json', '/metrics']) answers.push({ asked: path, answer: await who.send('GET', path) })
  return answers
}

function filtersOf({ input, path }: Endpoint): Record<string, string>[] {
  const taken = Object.keys((input as { shape?: object }).shape ?? {}).filter((key) => !path.includes(`:${key}`))
  const { customer, order, goods } = rows
  const values: Record<string, string[]> = {
    q: ['公司', '客户', told.cost, told.floor, told.phone],
    customerId: [customer],
    ownerId: [ids.seller, ids.stranger],
    orderId: [order],
    itemIds: [goods.itemId],
    warehouseId: [goods.warehouseId],
    state: ['confirmed', 'draft', 'shipped'],
    limit: ['100'],
    box: ['waiting', 'done', 'mine', 'copied'],
    by: ['owner', 'customer', 'order', 'item', 'seller', 'region', 'category'],
    stage: ['ordered'],
    sort: ['percent', 'net', 'orders'],
    level: ['A'],
    active: ['true', 'false'],
    overdue: ['true'],
    openOnly: ['false'],
    unallocated: ['true'],
    low: ['true'],
    asOf: [today()],
    from: ['2020-01-01'],
    dueFrom: ['2020-01-01'],
    role: ['seller'],
    category: ['紧固件'],
  }
  return taken.flatMap((key) => (values[key] ?? []).map((value) => ({ [key]: value })))
}

/** Which figures come out in an answer, however they are grouped or trimmed; a part of an id or of a time is none. */
function foundIn({ text }: Response, figures: string[]): string[] {
  const plain = (text ?? '').replace(/(\d),(?=\d{3})/g, '$1')
  return figures.filter((figure) => {
    const trimmed = figure.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
    const zeros = trimmed.includes('.') ? '0*' : '(\\.0+)?'
    return new RegExp(`(?<![\\w:.])${trimmed.replaceAll('.', '\\.')}${zeros}(?!\\w)`).test(plain)
  })
}

test('the owner finds every one of them, so they are there to be found', async () => {
  const answers = await crawl(as('owner'))
  const found = new Set(answers.flatMap(({ answer }) => foundIn(answer, all())))
  expect([...found].sort()).toEqual(all().sort())
})

describe.each(['seller', 'warehouse'] as const)('whatever a %s asks', (who) => {
  test('no figure that he may not read comes out', async () => {
    const answers = await crawl(as(who))
    const leaks = answers.flatMap(({ asked, answer }) =>
      foundIn(answer, hidden[who]()).map((figure) => ({ asked, figure })),
    )
    expect(leaks).toEqual([])
    expect(answers.filter(({ answer }) => answer.status >= 500).map(({ asked }) => asked)).toEqual([])
    expect(answers.filter(({ answer }) => answer.status === 200).length).toBeGreaterThan(60)
  })

  test('searching for a figure finds nothing', async () => {
    for (const { name, route, endpoint } of reads) {
      if (!('q' in ((endpoint.input as { shape?: object }).shape ?? {}))) continue
      for (const q of hidden[who]()) {
        const { body } = await as(who).try(endpoint, { ...inputFor(route, endpoint), q })
        expect({ name, q, rows: body.rows ?? [] }).toEqual({ name, q, rows: [] })
      }
    }
  })

  test('no refusal of his says one', async () => {
    const { customer, goods, order, delivery } = rows
    const sale = { customerId: customer, warehouseId: goods.warehouseId, lines: [{ ...lineOf(goods), price: '1' }] }
    const { previewOrder, createOrder, createQuotation, cancelOrder, shipDelivery } = sales.endpoints
    const tried = [
      [previewOrder, sale],
      [createOrder, { id: newId(), ...sale, submit: true }],
      [createQuotation, { id: newId(), ...sale, validUntil: today(), submit: true }],
      [createOrder, { id: newId(), ...sale, lines: [lineOf({ ...goods, quantity: '999999' })], submit: true }],
      [cancelOrder, { id: order, version: 999 }],
      [shipDelivery, { id: delivery, version: 999 }],
      [catalog.endpoints.editItem, { id: goods.itemId, version: 1, floorPrice: '1' }],
      [
        parties.endpoints.createCustomer,
        { id: newId(), name: newId(), shortName: newId(), level: 'A', termCode: 'net_30', phone: foreignPhone },
      ],
    ] as const
    // What he sends himself is no secret to him.
    const secrets = hidden[who]().filter((figure) => figure !== foreignPhone)
    for (const [endpoint, input] of tried)
      expect(foundIn(await as(who).try(endpoint, input), secrets), endpoint.path).toEqual([])
  })
})

test('somebody who sees all customers but no phone numbers finds nobody by his number', async () => {
  const { roles } = await as('admin').call(org.endpoints.roles, {})
  const service = roles.find(({ key }) => key === 'service')!
  const finds = async () => (await as('service').call(parties.endpoints.customers, { q: told.phone })).rows.length
  expect(await finds()).toBe(1)
  const rights = { ...service.rights, reads: [] }
  await as('admin').call(org.endpoints.changeRole, { key: 'service', rights, version: service.version })
  expect(await finds()).toBe(0)
})
