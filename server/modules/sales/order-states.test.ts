import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { db } from '#kernel/db'
import { closeNumbers } from '#kernel/numbers'
import { type Action, perform } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import { sales } from './contract.ts'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  as,
  assertSound,
  call,
  type Name,
  names,
  openCompany,
  order,
  owes,
  refusalOf,
  retireRule,
  settle,
  stock,
  type TestItem,
  votes,
} from './fixtures/company.ts'
import { salesActions } from './index.ts'
import type { OrderState } from './sales-order.document.ts'

let bolts: TestItem

beforeAll(async () => {
  await openCompany()
  await aFlow({ key: 'price', approvers: [{ managerOf: 'owner', levels: 1 }] })
  await aRule({
    key: 'margin_floor',
    condition: { field: 'margin.percent', is: 'lt', value: '22' },
    actions: [{ do: 'require_approval', flow: 'price' }],
  })
  bolts = await anItem()
  await stock(bolts, { quantity: '1000000' })
})
afterAll(closeNumbers)
afterEach(assertSound)

const deeds = ['editOrder', 'submitOrder', 'withdrawOrder', 'cancelOrder', 'closeOrder', 'planDelivery'] as const
type Deed = (typeof deeds)[number]

/** The written table: in which state which deed leads where. What is not here is refused. */
const table: Record<OrderState, Partial<Record<Deed, OrderState>>> = {
  draft: { editOrder: 'draft', submitOrder: 'confirmed', cancelOrder: 'cancelled' },
  submitted: { withdrawOrder: 'draft' },
  confirmed: { cancelOrder: 'cancelled', planDelivery: 'confirmed' },
  partly_delivered: { closeOrder: 'closed', planDelivery: 'partly_delivered' },
  delivered: { closeOrder: 'closed' },
  closed: {},
  rejected: {},
  cancelled: {},
}
/** Who sees the order of 小李, and who of them may act on it. */
const sees: Record<Name, boolean> = {
  chen: true,
  wang: true,
  li: true,
  he: false,
  zhao: true,
  director: true,
  liu: true,
  lin: true,
  min: false,
}
const acts: Record<Name, boolean> = {
  chen: true,
  wang: true,
  li: true,
  he: false,
  zhao: false,
  director: false,
  liu: false,
  lin: false,
  min: false,
}

const detail = async (id: string) => (await call(await as('li'), 'order', { id })).order
const asked = async (price?: string) =>
  order('li', await aCustomer(), [{ item: bolts, quantity: '10', price }], { submit: true })

/** Ships `quantity` of the order's next delivery note. */
async function ship(orderId: string, quantity: string): Promise<void> {
  const zhao = await as('zhao')
  const { rows } = await call(zhao, 'deliveries', { orderId, state: 'planned,picking' })
  const [note] = rows
  await call(zhao, 'shipDelivery', {
    id: note!.id,
    version: note!.version,
    lines: [{ lineId: note!.lines[0]!.id, quantity }],
  })
}

const bring: Record<OrderState, () => Promise<string>> = {
  draft: async () => (await order('li', await aCustomer(), [{ item: bolts, quantity: '10' }])).order.id,
  submitted: async () => (await asked('0.50')).order.id,
  confirmed: async () => (await asked()).order.id,
  partly_delivered: async () => shipped('4'),
  delivered: async () => shipped('10'),
  closed: async () => {
    const id = await shipped('4')
    await call(await as('li'), 'closeOrder', { id, version: (await detail(id)).version })
    return id
  },
  rejected: async () => {
    const { order: waiting } = await asked('0.50')
    await votes('wang', waiting.id, 'reject')
    await settle()
    return waiting.id
  },
  cancelled: async () => {
    const { order: confirmed } = await asked()
    await call(await as('li'), 'cancelOrder', { id: confirmed.id, version: confirmed.version })
    return confirmed.id
  },
}
async function shipped(quantity: string): Promise<string> {
  const { order: confirmed } = await asked()
  await ship(confirmed.id, quantity)
  return confirmed.id
}

class Undone extends Error {}

/** What a deed by somebody would come to: the state it leads to, or the code it is refused with. Nothing of it stays. */
async function outcome(name: Name, deed: Deed, id: string, version: number): Promise<string> {
  const caller = await as(name)
  const act = salesActions[deed] as Action<unknown, unknown> // parsed by the endpoint of the same name
  const input = sales.endpoints[deed].input.parse({ id, version })
  let came = ''
  const attempt = perform(
    caller,
    async (tx) => {
      await act(tx, caller, input)
      const after = await tx.salesOrder.findUniqueOrThrow({ where: { id } })
      came = after.state
      throw new Undone()
    },
    undefined,
  )
  return attempt.catch((error: unknown) => {
    if (error instanceof Undone) return came
    if (error instanceof Refusal) return error.code
    throw error
  })
}

describe('every deed by everybody in every state', () => {
  const states = Object.keys(table) as OrderState[] // the keys of the table above
  test.each(states)('an order that is %s does what the table says, and nothing else', async (state) => {
    const id = await bring[state]()
    const { version, state: reached } = await detail(id)
    expect(reached).toBe(state)
    for (const name of names)
      for (const deed of deeds) {
        const to = table[state][deed]
        // All that is held was planned when the order was confirmed, so that planning has nothing left to do.
        const allowed = deed === 'planDelivery' ? 'nothing_to_plan' : to
        const expected = !sees[name] ? 'not_found' : !acts[name] ? 'forbidden' : to ? allowed : 'wrong_state'
        expect([name, deed, await outcome(name, deed, id, version)]).toEqual([name, deed, expected])
      }
    const shown = {
      edit: 'editOrder',
      submit: 'submitOrder',
      withdraw: 'withdrawOrder',
      cancel: 'cancelOrder',
      close: 'closeOrder',
      plan: 'planDelivery',
    }
    for (const name of names.filter((one) => sees[one])) {
      const { order: view } = await call(await as(name), 'order', { id })
      // Sharing it with its customer changes nothing of it.
      const deeds = view.can.filter((can) => can !== 'share')
      expect(deeds.map((can) => shown[can as keyof typeof shown]).sort()).toEqual(
        acts[name] ? Object.keys(table[state]).sort() : [],
      )
    }
    expect(await detail(id)).toMatchObject({ state, version })
  })
})

describe('an approval that is settled', () => {
  const heldAndCounted = async (id: string) => {
    const row = await db.salesOrder.findUniqueOrThrow({ where: { id }, include: { lines: true } })
    const held = await db.reservation.aggregate({ where: { sourceId: id }, _sum: { quantity: true } })
    return [row.state, String(row.exposed), String(held._sum.quantity ?? 0)]
  }

  test('confirms, rejects or returns the order once, however often it is told', async () => {
    for (const [choice, state, exposed, held] of [
      ['approve', 'confirmed', '5', '10'],
      ['reject', 'rejected', '0', '0'],
      ['return', 'draft', '0', '0'],
    ] as const) {
      const { order: waiting } = await asked('0.50')
      expect(await heldAndCounted(waiting.id)).toEqual(['submitted', '5', '10'])
      await votes('wang', waiting.id, choice)
      await settle()
      expect(await heldAndCounted(waiting.id)).toEqual([state, exposed, held])
      await db.event.updateMany({ where: { name: 'approvals.settled' }, data: { relayedAt: null } })
      await settle()
      expect(await heldAndCounted(waiting.id)).toEqual([state, exposed, held])
      expect(await db.delivery.count({ where: { orderId: waiting.id } })).toBe(choice === 'approve' ? 1 : 0)
    }
  })

  test('long ago changes nothing of an order that was taken back and submitted anew', async () => {
    const { order: first } = await asked('0.50')
    const withdrawn = await call(await as('li'), 'withdrawOrder', {
      id: first.id,
      version: (await detail(first.id)).version,
    })
    expect(await heldAndCounted(first.id)).toEqual(['draft', '0', '0'])
    await call(await as('li'), 'submitOrder', { id: first.id, version: withdrawn.order.version })
    await settle()
    expect(await heldAndCounted(first.id)).toEqual(['submitted', '5', '10'])
    expect((await detail(first.id)).number).toBe(first.number)
    await votes('wang', first.id, 'approve')
    await settle()
    expect(await heldAndCounted(first.id)).toEqual(['confirmed', '5', '10'])
  })

  test('does not confirm what a rule forbids by then: the order goes back and holds nothing', async () => {
    const { order: waiting } = await asked('0.50')
    await votes('wang', waiting.id, 'approve')
    await aRule({
      key: 'stop',
      condition: { field: 'order.lines', is: 'gt', value: 0 },
      actions: [{ do: 'block', words: { zh: '停止接单' } }],
    })
    await settle()
    await retireRule('stop')
    expect(await heldAndCounted(waiting.id)).toEqual(['draft', '0', '0'])
    const returned = await db.event.findFirstOrThrow({
      where: { name: 'sales.order-returned' },
      orderBy: { id: 'desc' },
    })
    expect(returned.body).toMatchObject({ orderId: waiting.id, why: 'blocked' })
  })

  test('asks anew for what its approvers have not seen', async () => {
    const customerId = await aCustomer({ creditLimit: '100' })
    await aFlow({ key: 'credit', role: 'finance_director' })
    await aRule({
      key: 'credit_over_90',
      position: 9,
      condition: { field: 'credit.usedPercent', is: 'gt', value: '90' },
      actions: [{ do: 'require_approval', flow: 'credit' }],
    })
    const { order: waiting } = await order('li', customerId, [{ item: bolts, quantity: '10', price: '0.50' }], {
      submit: true,
    })
    await votes('wang', waiting.id, 'approve')
    await owes(customerId, '95')
    await settle()
    expect(await heldAndCounted(waiting.id)).toEqual(['submitted', '5', '10'])
    const { approval } = await call(await as('li'), 'order', { id: waiting.id })
    expect(approval).toMatchObject({ state: 'open', waitingFor: [{ name: '何总监' }] })
    await votes('director', waiting.id, 'approve')
    await settle()
    expect((await detail(waiting.id)).state).toBe('confirmed')
    await retireRule('credit_over_90')
  })

  test('through the approval page withdraws the order too', async () => {
    const { order: waiting } = await asked('0.50')
    const { approval } = await call(await as('li'), 'order', { id: waiting.id })
    await perform(await as('li'), approvalsActions.withdraw, { id: approval!.id })
    await settle()
    expect(await heldAndCounted(waiting.id)).toEqual(['draft', '0', '0'])
  })

  test('cannot be got round by editing or cancelling while it is open', async () => {
    const { order: waiting } = await asked('0.50')
    const { version } = await detail(waiting.id)
    for (const action of ['editOrder', 'cancelOrder'] as const)
      expect((await refusalOf(call(await as('li'), action, { id: waiting.id, version }))).code).toBe('wrong_state')
  })
})

describe('random walks', () => {
  const step = fc.record({
    deed: fc.constantFrom(...deeds, 'ship' as const, 'approve' as const, 'reject' as const, 'return' as const),
    name: fc.constantFrom<Name>('li', 'li', 'li', 'wang', 'he', 'lin'),
    part: fc.integer({ min: 1, max: 10 }),
    price: fc.constantFrom('0.50', '0.62'),
  })

  test('never leave the table, and stock, credit and receivables always agree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (walk) => {
        const { order: start } = await order('li', await aCustomer(), [{ item: bolts, quantity: '10' }])
        for (const { deed, name, part, price } of walk) await wander(start.id, { deed, name, part, price })
        await expect(assertSound()).resolves.toBeUndefined()
      }),
      { numRuns: 12, verbose: true },
    )
  })

  type Step = { deed: Deed | 'ship' | 'approve' | 'reject' | 'return'; name: Name; part: number; price: string }

  /** One step, which may well be refused; where it is not, the state is one that the table leads to. */
  async function wander(id: string, { deed, name, part, price }: Step): Promise<void> {
    const before = await detail(id)
    const attempt = take(id, before.version, { deed, name, part, price })
    const refused = await attempt.then(
      () => false,
      (error: unknown) => {
        if (error instanceof Refusal) return true
        throw error
      },
    )
    await settle()
    const after = await detail(id)
    if (refused) expect(after).toMatchObject({ state: before.state, version: before.version })
    const led = {
      submitOrder: ['submitted', 'confirmed'],
      ship: ['partly_delivered', 'delivered'],
      approve: ['confirmed'],
      reject: ['rejected'],
      return: ['draft'],
    }
    const to = deed in led ? led[deed as keyof typeof led] : [table[before.state as OrderState][deed as Deed]]
    if (after.state !== before.state) expect(to).toContain(after.state)
  }

  async function take(id: string, version: number, { deed, name, part, price }: Step): Promise<unknown> {
    const caller = await as(name)
    if (deed === 'ship') return shipSome(id, part)
    if (deed === 'approve' || deed === 'reject' || deed === 'return') return voteIfAsked(id, deed)
    if (deed !== 'editOrder') return call(caller, deed, { id, version })
    return call(caller, deed, {
      id,
      version,
      lines: [{ itemId: bolts.id, entered: [{ unit: '支', quantity: '10' }], price }],
    })
  }

  async function shipSome(id: string, part: number): Promise<void> {
    const { rows } = await call(await as('zhao'), 'deliveries', { orderId: id, state: 'planned' })
    if (rows.length === 0) throw new Refusal('nothing_to_ship')
    await ship(id, String(Math.min(part, Number(rows[0]!.lines[0]!.planned))))
  }

  async function voteIfAsked(id: string, choice: 'approve' | 'reject' | 'return'): Promise<void> {
    if ((await detail(id)).state !== 'submitted') throw new Refusal('wrong_state')
    await votes('wang', id, choice)
  }
})
