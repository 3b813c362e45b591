import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '#contract'
import { catalog } from '#contract/modules/catalog'
import { finance } from '#contract/modules/finance'
import { inventory } from '#contract/modules/inventory'
import { parties } from '#contract/modules/parties'
import { sales } from '#contract/modules/sales'
import { newId } from '#kernel/ids'
import { as, closeDoor, ids, newSession, openDoor, type Visitor, visitor } from '../test/door.ts'
import {
  anApproval,
  aCustomer,
  anItem,
  anOrder,
  aQuotation,
  lineOf,
  openShop,
  receivableOf,
  shipped,
  stocked,
  today,
} from '../test/door-goods.ts'
import { holders, type Line, lines, roles, type RoleTried, seers } from '../test/route-rights.ts'
import { served, servedApart } from './contracts.ts'

const calls = [...served.map(({ contract }) => contract), ...servedApart].flatMap(({ endpoints }) =>
  Object.values(endpoints).map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const),
)

/** Values for every call, about rows of the seller's. A version that has passed keeps whoever may from changing anything. */
let given: (route: string, endpoint: Endpoint) => object

beforeAll(async () => {
  await openDoor()
  given = await rowsOfTheSeller()
})
afterAll(closeDoor)

test('every call has its line, and every line its call', () => {
  expect(Object.keys(lines).sort()).toEqual(calls.map(([route]) => route).sort())
})

describe('what each role may call', () => {
  test('nobody who is not signed in gets in', async () => {
    const wrong = await mismatches(visitor(), ({ open: isOpen }) => (isOpen ? ['let in'] : ['not signed in']))
    expect(wrong).toEqual([])
  })

  test.each(roles)('%s', async (role) => {
    expect(await mismatches(visitor(await newSession(ids[role])), (line) => expected(role, line))).toEqual([])
  })
})

type Outcome = 'let in' | 'not signed in' | 'forbidden' | 'missing' | 'misspelt' | 'fault'

function expected(role: RoleTried, { right, row }: Line): Outcome[] {
  const may = !right || (holders[right] as readonly RoleTried[]).includes(role)
  const sees = !row || (seers[row] as readonly RoleTried[]).includes(role)
  if (may && sees) return ['let in']
  if (may) return ['missing']
  return sees ? ['forbidden'] : ['forbidden', 'missing']
}

/** The calls that end otherwise than expected. Signing out comes last: nothing can be tried after it. */
async function mismatches(who: Visitor, expect: (line: Line) => Outcome[]): Promise<object[]> {
  const wrong: object[] = []
  for (const [route, endpoint] of calls.toSorted(
    ([a], [b]) => Number(a.endsWith('sign-out')) - Number(b.endsWith('sign-out')),
  )) {
    const line = lines[route] ?? {}
    const answer = await who.try(endpoint, given(route, endpoint), { headers: { Host: 'app.test' } })
    const outcome = outcomeOf(answer, line)
    if (!expect(line).includes(outcome))
      wrong.push({ route, expected: expect(line), outcome, answered: answer.text.slice(0, 200) })
  }
  return wrong
}

function outcomeOf({ status, body }: { status: number; body: { code?: string } }, { row }: Line): Outcome {
  if (status === 500) return 'fault'
  if (body.code === 'malformed') return 'misspelt'
  if (body.code === 'not_signed_in') return 'not signed in'
  if (body.code === 'forbidden' || body.code === 'field_forbidden') return 'forbidden'
  return row && body.code === 'not_found' ? 'missing' : 'let in'
}

async function rowsOfTheSeller(): Promise<typeof given> {
  const warehouseId = await openShop()
  const itemId = await anItem()
  const goods = { itemId, warehouseId }
  const goodsReceipt = await stocked(itemId, warehouseId, '1000')
  const customer = await aCustomer('seller')
  const approval = await anApproval('seller', await aCustomer('seller'), goods)
  const order = await anOrder('seller', customer, goods)
  const delivery = await shipped(order)
  const receivable = await receivableOf(order)
  const quotation = await aQuotation('seller', customer, goods)
  const [receipt, supplier, list, family, transfer, adjustment] = [newId(), newId(), newId(), newId(), newId(), newId()]
  const owner = as('owner')
  await owner.call(finance.endpoints.postReceipt, {
    id: receipt,
    customerId: customer,
    amount: '1',
    method: 'cash',
    receivedOn: today(),
  })
  await owner.call(parties.endpoints.createSupplier, { id: supplier, name: '供应商', shortName: '供应商' })
  await owner.call(catalog.endpoints.createPriceList, { id: list, name: '价格表' })
  const axes = [{ key: 'length', label: { zh: '长度' }, values: ['1'] }]
  const aFamily = { code: 'F1', name: '系列', category: '紧固件', axes }
  await owner.call(catalog.endpoints.putFamily, { id: family, ...aFamily })
  const stockLines = () => [{ id: newId(), itemId, entered: [{ unit: '支', quantity: '1' }] }]
  const { createStockTransfer, createStockAdjustment } = inventory.endpoints
  const elsewhere = newId()
  await owner.call(inventory.endpoints.createWarehouse, { id: elsewhere, code: 'W2', name: '二仓' })
  const aTransfer = { fromId: warehouseId, toId: elsewhere, lines: stockLines() }
  const anAdjustment = { warehouseId, reason: '盘点', lines: stockLines() }
  await owner.call(createStockTransfer, { id: transfer, ...aTransfer })
  await owner.call(createStockAdjustment, { id: adjustment, ...anAdjustment })

  const rows: [RegExp, string][] = [
    [/^\/customers/, customer],
    [/^\/orders/, order],
    [/^\/quotations/, quotation],
    [/^\/deliveries/, delivery],
    [/^\/receivables/, receivable],
    [/^\/receipts/, receipt],
    [/^\/approvals/, approval],
    [/^\/items/, itemId],
    [/^\/item-families/, family],
    [/^\/price-lists/, list],
    [/^\/suppliers/, supplier],
    [/^\/people/, ids.mate],
    [/^\/warehouses/, warehouseId],
    [/^\/goods-receipts/, goodsReceipt],
    [/^\/stock-transfers/, transfer],
    [/^\/stock-adjustments/, adjustment],
  ]
  const sale = { customerId: customer, warehouseId, lines: [lineOf(goods)] }
  const named = { name: { zh: '名' }, document: 'sales_order', revision: 1 }
  const tier = { itemId, minQuantity: '0' }
  const more = (): Record<string, object> => ({
    'GET /sign-in/:platform/address': { platform: 'feishu', redirectUri: 'http://app.test/' },
    'POST /sign-in': { platform: 'feishu', code: 'x' },
    'GET /js-signature': { platform: 'wecom', url: 'http://app.test/' },
    'POST /me/language': { lang: 'zh' },
    'POST /me/delegations': { toId: ids.mate, startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-01-02T00:00:00Z' },
    'PATCH /roles/:key': { key: 'production', rights: { actions: [], scopes: {}, reads: [], writes: [] } },
    'POST /people/:id/roles': { roles: ['no_such_role'] },
    'GET /documents/:name': { name: 'sales_order' },
    'POST /documents/:name/fields': {
      name: 'sales_order',
      field: { key: 'note', kind: 'text', label: { zh: '备注' } },
    },
    'POST /items': { code: newId(), name: 'x', category: 'x', baseUnit: '支', tracking: 'none', taxRate: '13' },
    'PATCH /items/:id': { name: 'x' },
    'GET /barcodes/:code': { code: '6900000000000' },
    'PUT /item-families/:id': aFamily,
    'POST /price-lists': { name: 'x' },
    'PATCH /price-lists/:id': { name: 'x' },
    'PUT /price-lists/:id/rules': { rules: [{ ...tier, price: '1' }] },
    'POST /price-lists/:id/rules/remove': { rules: [tier] },
    'POST /customers': { name: newId(), shortName: newId(), level: 'A', termCode: 'net_30', evenIfAlike: true },
    'PATCH /customers/:id': { note: 'x' },
    'POST /customers/:id/reassign': { ownerId: ids.mate },
    'POST /suppliers': { name: 'x', shortName: 'x' },
    'PATCH /suppliers/:id': { note: 'x' },
    'POST /receipts': { customerId: customer, amount: '1', method: 'cash', receivedOn: '2999-01-01' },
    'POST /receipts/:id/allocate': { allocations: 'oldest' },
    'POST /finance/period/close': { until: '2999-01-01' },
    'POST /finance/period/open': { until: null },
    'POST /warehouses': { code: 'W2', name: 'x' },
    'GET /stock/:itemId': { itemId },
    'GET /stock/:itemId/moves': { itemId },
    'GET /stock/:itemId/as-at': { itemId, day: today() },
    'GET /stock-as-at': { day: today() },
    'GET /stock-trace': { code: 'L1' },
    'POST /goods-receipts': { kind: 'other', warehouseId, lines: stockLines() },
    'POST /stock-transfers': { ...aTransfer, lines: stockLines() },
    'POST /stock-adjustments': { ...anAdjustment, lines: stockLines() },
    'POST /orders/preview': sale,
    'POST /orders': sale,
    'POST /quotations': { ...sale, validUntil: today() },
    'POST /quotations/:id/hold': { until: new Date().toISOString() },
    'POST /quotations/:id/accept': { orderId: newId() },
    'GET /customers/:id/last-prices': { itemIds: itemId },
    'POST /deliveries/:id/scan': { scan: 'x' },
    'POST /deliveries/:id/clear': { lineId: newId() },
    'POST /deliveries/:id/sign': { signedBy: 'x' },
    'GET /documents/:document/:documentId/approvals': { document: 'sales_order', documentId: order },
    'POST /approvals/:id/vote': { choice: 'approve', step: 100, comment: 'x' },
    'POST /approvals/:id/return': { step: 100, comment: 'x' },
    'GET /flows/:key': { key: 'no_such_flow' },
    'POST /flows/:key/draft': {
      ...named,
      key: 'no_such_flow',
      move: 'submit',
      nodes: [{ kind: 'copy', to: [{ role: 'owner' }] }],
    },
    'POST /flows/:key/publish': { key: 'no_such_flow', revision: 1 },
    'POST /flows/:key/retire': { key: 'no_such_flow' },
    'GET /rules/:key': { key: 'no_such_rule' },
    'POST /rules/:key/draft': {
      ...named,
      key: 'no_such_rule',
      event: 'submit',
      condition: { all: [] },
      actions: [{ do: 'block', words: { zh: 'x' } }],
    },
    'POST /rules/:key/publish': { key: 'no_such_rule', revision: 1 },
    'POST /rules/:key/retire': { key: 'no_such_rule' },
  })

  return (route, endpoint) => {
    const taken = Object.keys((endpoint.input as { shape?: object }).shape ?? {})
    const isRow = /:id/.test(endpoint.path)
    const id = isRow ? rows.find(([path]) => path.test(endpoint.path))?.[1] : undefined
    return {
      ...(taken.includes('id') ? { id: id ?? newId() } : {}),
      ...(taken.includes('version') ? { version: 999 } : {}),
      ...more()[route],
    }
  }
}

describe('whose rows', () => {
  test('a seller sees his own, a manager his team’s, and what belongs to others is not there', async () => {
    const warehouseId = await openedWarehouse()
    const goods = { warehouseId, itemId: await anItem() }
    await stocked(goods.itemId, warehouseId, '1000')
    const of = {
      seller: await deals('seller', goods),
      mate: await deals('mate', goods),
      stranger: await deals('stranger', goods),
    }
    const seen = {
      owner: ['seller', 'mate', 'stranger'],
      sales_manager: ['seller', 'mate'],
      seller: ['seller'],
      other_manager: ['stranger'],
      stranger: ['stranger'],
      accountant: ['seller', 'mate', 'stranger'],
      admin: [],
      buyer: [],
    } as const
    for (const who of Object.keys(seen) as (keyof typeof seen)[])
      // the keys of the table above
      for (const owner of ['seller', 'mate', 'stranger'] as const)
        for (const [kind, { endpoint, list, id }] of Object.entries(of[owner])) {
          const isSeen = (seen[who] as readonly string[]).includes(owner)
          const answer = await as(who).try(endpoint, { id })
          const missing = await as(who).try(endpoint, { id: newId() })
          const where = `${kind} of ${owner} for ${who}`
          if (isSeen) expect(answer.status, where).toBe(200)
          else expect([answer.status, answer.text], where).toEqual([missing.status, missing.text])
          const rows: unknown[] = (await as(who).try(list, { limit: 100 })).body.rows ?? []
          expect(JSON.stringify(rows).includes(`"id":"${id}"`), `list: ${where}`).toBe(isSeen)
        }
  })
})

const openedWarehouse = async (): Promise<string> => {
  const { rows } = await as('owner').call(inventory.endpoints.warehouses, {})
  return rows[0]!.id
}

/** A customer of somebody's and a document of each kind about it. */
async function deals(who: 'seller' | 'mate' | 'stranger', goods: { itemId: string; warehouseId: string }) {
  const customer = await aCustomer(who)
  const order = await anOrder(who, customer, goods)
  const delivery = await shipped(order)
  const { customers, customer: aCustomerOf } = parties.endpoints
  const { orders, order: anOrderOf, quotations, quotation, deliveries, delivery: aDelivery } = sales.endpoints
  const { receivables, receivable } = finance.endpoints
  return {
    customer: { endpoint: aCustomerOf, list: customers, id: customer },
    order: { endpoint: anOrderOf, list: orders, id: order },
    quotation: { endpoint: quotation, list: quotations, id: await aQuotation(who, customer, goods) },
    delivery: { endpoint: aDelivery, list: deliveries, id: delivery },
    receivable: { endpoint: receivable, list: receivables, id: await receivableOf(order) },
  }
}
