import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { finance } from '#contract/modules/finance'
import { inventory } from '#contract/modules/inventory'
import { parties } from '#contract/modules/parties'
import { sales } from '#contract/modules/sales'
import { newId } from '#kernel/ids'
import { as, closeDoor, ids, newSession, openDoor, type Visitor, visitor } from '../test/door.ts'
import { aCustomer, anItem, anOrder, aQuotation, receivableOf, shipped, stocked } from '../test/door-goods.ts'
import { type InputFor, rowsOfTheSeller } from '../test/every-call.ts'
import { holders, type Line, lines, roles, type RoleTried, seers } from '../test/route-rights.ts'
import { served, servedApart } from './contracts.ts'

const calls = [...served.map(({ contract }) => contract), ...servedApart].flatMap(({ endpoints }) =>
  Object.values(endpoints).map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const),
)

let given: InputFor

beforeAll(async () => {
  await openDoor()
  given = (await rowsOfTheSeller()).inputFor
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
