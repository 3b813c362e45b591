import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { OwnField } from '#contract'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { closeNumbers } from '#kernel/numbers'
import { perform } from '#kernel/perform'
import { formsActions } from '#server/engines/forms'
import {
  aCustomer,
  aFlow,
  anItem,
  aRule,
  as,
  assertSound,
  call,
  house,
  lines,
  main,
  type Name,
  openCompany,
  order,
  owes,
  refusalOf,
  retireRule,
  stock,
  type TestItem,
} from './fixtures/company.ts'

let bolts: TestItem

beforeAll(async () => {
  await openCompany()
  bolts = await anItem()
  await stock(bolts, { quantity: '100000' })
})
afterAll(closeNumbers)
afterEach(assertSound)

describe('bad input', () => {
  test('of an unknown item, an inexact quantity, a unit that is none, is refused with the field', async () => {
    const customerId = await aCustomer()
    const thirds = await anItem({ units: [['kg', 1]] })
    const wanted = (line: object) => [{ itemId: bolts.id, entered: [{ unit: '支', quantity: '1' }], ...line }]
    const create = async (sent: object[]) =>
      refusalOf(call(await as('li'), 'createOrder', { id: newId(), customerId, warehouseId: main, lines: sent }))
    expect(await create(wanted({ itemId: newId() }))).toMatchObject({
      code: 'unknown_item',
      issues: [{ field: 'lines.0.itemId' }],
    })
    expect(await create(wanted({ entered: [{ unit: '打', quantity: '1' }] }))).toMatchObject({
      code: 'unknown_unit',
      issues: [{ field: 'lines.0.entered' }],
    })
    expect(await create(wanted({ warehouseId: newId() }))).toMatchObject({
      code: 'not_found',
      issues: [{ field: 'lines.0.warehouseId' }],
    })
    expect(await create(wanted({ entered: [{ unit: '支', quantity: '0' }] }))).toMatchObject({
      code: 'nothing_ordered',
      issues: [{ field: 'lines.0.entered' }],
    })
    expect(await create(wanted({ price: '-1' }))).toMatchObject({ code: 'negative_price' })
    await db.itemUnit.create({ data: { itemId: thirds.id, unit: '捆', numerator: 1, denominator: 3 } })
    expect(await create([{ itemId: thirds.id, entered: [{ unit: '捆', quantity: '1' }] }])).toMatchObject({
      code: 'inexact_quantity',
      issues: [{ field: 'lines.0.entered' }],
    })
    expect(await db.salesOrder.count({ where: { customerId } })).toBe(0)
  })

  test('of a foreign customer or order answers as if there were none', async () => {
    const customerId = await aCustomer({ owner: 'li' })
    const { order: mine } = await order('li', customerId, [{ item: bolts, quantity: '1' }])
    const foreign = await refusalOf(order('he', customerId, [{ item: bolts, quantity: '1' }]))
    const missing = await refusalOf(order('he', newId(), [{ item: bolts, quantity: '1' }]))
    expect([foreign.code, foreign.facts, foreign.status]).toEqual([missing.code, missing.facts, 404])
    for (const action of ['order', 'submitOrder', 'editOrder', 'cancelOrder'] as const) {
      const asForeign = await refusalOf(
        call(await as('he'), action, { id: mine.id, ...(action === 'order' ? {} : { version: 1 }) }),
      )
      const asMissing = await refusalOf(
        call(await as('he'), action, { id: newId(), ...(action === 'order' ? {} : { version: 1 }) }),
      )
      expect([asForeign.code, asForeign.facts]).toEqual([asMissing.code, asMissing.facts])
    }
    expect((await call(await as('he'), 'orders', {})).rows.map((row) => row.id)).not.toContain(mine.id)
    expect((await call(await as('wang'), 'orders', {})).rows.map((row) => row.id)).toContain(mine.id)
  })

  test('of a frozen customer or an item that is no longer sold is refused', async () => {
    expect(
      (await refusalOf(order('li', await aCustomer({ state: 'frozen' }), [{ item: bolts, quantity: '1' }]))).code,
    ).toBe('customer_frozen')
    const old = await anItem()
    await db.item.update({ where: { id: old.id }, data: { active: false } })
    expect((await refusalOf(order('li', await aCustomer(), [{ item: old, quantity: '1' }]))).code).toBe('item_inactive')
  })

  test('of an older version changes nothing', async () => {
    const { order: draft } = await order('li', await aCustomer(), [{ item: bolts, quantity: '1' }])
    const edit = async (note: string) => call(await as('li'), 'editOrder', { id: draft.id, version: 1, note })
    await edit('第一次')
    expect((await refusalOf(edit('第二次'))).code).toBe('stale')
    expect((await refusalOf(call(await as('li'), 'submitOrder', { id: draft.id, version: 1 }))).code).toBe('stale')
    expect((await call(await as('li'), 'order', { id: draft.id })).order).toMatchObject({ note: '第一次', version: 2 })
  })
})

describe('a request with a key', () => {
  test('sent ten times at once makes one order, and each answer is the same', async () => {
    const customerId = await aCustomer()
    const id = newId()
    const key = newId()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        order('li', customerId, [{ item: bolts, quantity: '5' }], { id, key, submit: true }),
      ),
    )
    expect(new Set(answers.map((answer) => answer.order.number)).size).toBe(1)
    expect(await db.salesOrder.count({ where: { customerId } })).toBe(1)
    expect(await db.delivery.count({ where: { customerId } })).toBe(1)
  })

  test('is refused with another body, and another id of a taken order too', async () => {
    const customerId = await aCustomer()
    const key = newId()
    const id = newId()
    await order('li', customerId, [{ item: bolts, quantity: '5' }], { id, key })
    expect((await refusalOf(order('li', customerId, [{ item: bolts, quantity: '6' }], { id, key }))).code).toBe(
      'key_reused',
    )
    expect(
      (await refusalOf(order('li', customerId, [{ item: bolts, quantity: '6' }], { id, key: newId() }))).code,
    ).toBe('id_taken')
  })
})

describe('a rule that blocks', () => {
  test('refuses with its words, its figures and the ways out, and leaves nothing behind', async () => {
    const customerId = await aCustomer({ creditLimit: '100' })
    const condition = { field: 'credit.usedPercent', is: 'gt', value: '100' }
    await aRule({
      key: 'over_limit',
      condition,
      actions: [{ do: 'block', words: { zh: '先收款', en: 'collect first' } }],
    })
    await owes(customerId, '80')
    const before = await db.stockBalance.findFirstOrThrow({ where: { itemId: bolts.id } })
    const refusal = await refusalOf(order('li', customerId, [{ item: bolts, quantity: '100' }], { submit: true }))
    expect(refusal).toMatchObject({
      code: 'rule_blocked',
      facts: {
        reasons: [{ rule: 'over_limit', clauses: [{ actual: '142.00%' }] }],
        waysOut: [
          { way: 'collect', amount: '42.00' },
          { way: 'order_part', amount: '20.00' },
        ],
      },
    })
    expect(refusal.say('zh')).toBe(
      '按规则不能提交：over_limit：先收款。可以：先收款 ¥42.00；分两次：现在最多下单 ¥20.00',
    )
    expect(await db.salesOrder.count({ where: { customerId } })).toBe(0)
    expect(await db.stockBalance.findFirstOrThrow({ where: { itemId: bolts.id } })).toEqual(before)
    await retireRule('over_limit')
  })

  test('holds for a draft that was edited past it', async () => {
    const customerId = await aCustomer({ creditLimit: '100' })
    const condition = { field: 'credit.usedPercent', is: 'gt', value: '100' }
    await aRule({
      key: 'over_limit_edit',
      condition,
      actions: [{ do: 'block', words: { zh: '先收款', en: 'collect first' } }],
    })
    const { order: draft } = await order('li', customerId, [{ item: bolts, quantity: '10' }])
    const { order: edited } = await call(await as('li'), 'editOrder', {
      id: draft.id,
      version: 1,
      lines: lines({ item: bolts, quantity: '1000' }),
    })
    expect((await refusalOf(call(await as('li'), 'submitOrder', { id: draft.id, version: edited.version }))).code).toBe(
      'rule_blocked',
    )
    await retireRule('over_limit_edit')
  })

  test('that needs a flow which is not published is refused, never let through', async () => {
    await aFlow({ key: 'gone_flow', role: 'owner' })
    await aRule({
      key: 'always',
      condition: { field: 'order.lines', is: 'gt', value: 0 },
      actions: [{ do: 'require_approval', flow: 'gone_flow' }],
    })
    await db.definition.updateMany({ where: { key: 'gone_flow' }, data: { state: 'retired' } })
    expect(
      (await refusalOf(order('li', await aCustomer(), [{ item: bolts, quantity: '1' }], { submit: true }))).code,
    ).toBe('flow_missing')
    await retireRule('always')
  })
})

describe('fields', () => {
  const ownFields: OwnField[] = [
    { key: 'project', kind: 'text', label: { zh: '工程名称' }, place: 'document', required: false, inList: true },
    {
      key: 'commission',
      kind: 'money',
      label: { zh: '提成' },
      place: 'document',
      group: 'commission',
      required: false,
      inList: false,
    },
    {
      key: 'colour',
      kind: 'choice',
      label: { zh: '颜色' },
      place: 'line',
      options: [{ value: 'red', label: { zh: '红' } }],
      required: false,
      inList: false,
    },
  ]

  test('of the company are checked, stored, audited and shown by right, on the order and on its lines', async () => {
    for (const field of ownFields) await perform(house, formsActions.addField, { name: 'sales_order', field })
    const customerId = await aCustomer()
    const line = (colour: string) => lines({ item: bolts, quantity: '1', custom: { colour } })
    const create = (caller: Awaited<ReturnType<typeof as>>, custom: object, colour = 'red') =>
      call(caller, 'createOrder', { id: newId(), customerId, warehouseId: main, lines: line(colour), custom })

    const seller = await as('li')
    expect(await refusalOf(create(seller, { nonsense: 1 }))).toMatchObject({
      code: 'malformed',
      issues: [{ field: 'custom.nonsense' }],
    })
    expect(await refusalOf(create(seller, {}, 'blue'))).toMatchObject({
      code: 'malformed',
      issues: [{ field: 'lines.0.custom.colour' }],
    })
    expect(await refusalOf(create(seller, { commission: '5.00' }))).toMatchObject({
      code: 'field_forbidden',
      facts: { field: 'commission' },
    })

    const boss = await as('chen')
    const { order: made } = await create(boss, { project: '云港大厦', commission: '5.00' })
    expect(made).toMatchObject({
      custom: { project: '云港大厦', commission: '5.00' },
      lines: [{ custom: { colour: 'red' } }],
    })
    await call(boss, 'editOrder', { id: made.id, version: 1, custom: { commission: '6.00' } })
    const seen = await call(seller, 'order', { id: made.id })
    expect(seen.order.custom).toEqual({ project: '云港大厦' })
    expect(JSON.stringify(seen)).not.toContain('commission')
    const [row] = (await call(seller, 'orders', { customerId })).rows
    expect(row!.custom).toEqual({ project: '云港大厦' })
    const { timeline } = await call(boss, 'order', { id: made.id })
    expect(timeline.at(-1)!.changes).toMatchObject([{ label: { zh: '提成' }, before: '¥5.00', after: '¥6.00' }])
  })

  test('of price, cost and margin are seen by who may, in list, order, quotation and delivery note', async () => {
    const customerId = await aCustomer()
    const { order: made } = await order('li', customerId, [{ item: bolts, quantity: '10' }], { submit: true })
    const keys = async (name: Name) => {
      const { rows } = await call(await as(name), 'orders', { customerId })
      const { order: one } = await call(await as(name), 'order', { id: made.id })
      return [rows[0]!, one, one.lines[0]!].map((view) =>
        ['grossTotal', 'paymentState', 'gross', 'costTotal', 'unitCost', 'marginPercent', 'marginBand'].filter(
          (key) => key in view,
        ),
      )
    }
    expect(await keys('li')).toEqual([
      ['grossTotal', 'paymentState', 'marginBand'],
      ['grossTotal', 'paymentState', 'marginBand'],
      ['gross'],
    ])
    expect(await keys('wang')).toEqual([
      ['grossTotal', 'paymentState', 'costTotal', 'marginPercent', 'marginBand'],
      ['grossTotal', 'paymentState', 'costTotal', 'marginPercent', 'marginBand'],
      ['gross', 'unitCost', 'marginPercent'],
    ])
    for (const name of ['lin', 'zhao'] as const) expect(await keys(name)).toEqual([[], [], []])
    const { rows: notes } = await call(await as('zhao'), 'deliveries', { customerId })
    expect(JSON.stringify(notes)).not.toMatch(/gross|cost|price/i)
  })

  test('of price are kept with who changed them, old, new and why', async () => {
    const { order: made } = await order('li', await aCustomer(), [{ item: bolts, quantity: '10' }])
    const changed = lines({ item: bolts, quantity: '10', price: '0.60' }).map((line) => ({
      ...line,
      priceNote: '老客户',
    }))
    await call(await as('li'), 'editOrder', { id: made.id, version: 1, lines: changed })
    const { timeline } = await call(await as('wang'), 'order', { id: made.id })
    expect(timeline.at(-1)).toMatchObject({ by: '小李', action: 'edit' })
    expect(timeline.at(-1)!.changes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'lines.1.price', before: '¥0.62', after: '¥0.6' }),
        expect.objectContaining({ field: 'lines.1.priceNote', after: '老客户' }),
      ]),
    )
  })
})

describe('lists and prefills', () => {
  test('come in pages, newest first, by state, customer, number and name', async () => {
    const customerId = await aCustomer({ shortName: '宏达装饰' })
    const made = []
    for (let i = 0; i < 5; i++)
      made.push((await order('li', customerId, [{ item: bolts, quantity: '1' }], { submit: i % 2 === 0 })).order)
    const caller = await as('li')
    const first = await call(caller, 'orders', { customerId, limit: 3 })
    const second = await call(caller, 'orders', { customerId, limit: 3, cursor: first.cursor })
    expect([...first.rows, ...second.rows].map((row) => row.id)).toEqual(made.map((one) => one.id).toReversed())
    expect(second.cursor).toBeNull()
    expect((await call(caller, 'orders', { customerId, state: 'draft' })).rows).toHaveLength(2)
    expect((await call(caller, 'orders', { q: '宏达' })).rows).toHaveLength(5)
    expect((await call(caller, 'orders', { q: 'hdzs' })).rows).toHaveLength(5)
    expect((await call(caller, 'orders', { q: made[0]!.number!.slice(-5) })).rows.map((row) => row.id)).toContain(
      made[0]!.id,
    )
    expect(first.rows[0]!.names).toMatchObject({ customerId: '宏达装饰', ownerId: '小李' })
  })

  test('know what the customer ordered last and what he paid', async () => {
    const customerId = await aCustomer()
    expect((await call(await as('li'), 'lastOrder', { id: customerId })).order).toBeNull()
    for (const price of ['0.61', '0.60', '0.59', '0.58'])
      await order('li', customerId, [{ item: bolts, quantity: '2盒', price }], { submit: true })
    await order('li', customerId, [{ item: bolts, quantity: '9', price: '0.40' }])
    const last = await call(await as('li'), 'lastOrder', { id: customerId })
    expect(last.lines).toMatchObject([{ entered: [{ unit: '盒', quantity: '2' }], price: '0.58' }])
    const { items } = await call(await as('li'), 'lastPrices', { id: customerId, itemIds: bolts.id })
    expect(items[0]!.prices.map(({ price, quantity }) => [price, quantity])).toEqual([
      ['0.58', '100'],
      ['0.59', '100'],
      ['0.6', '100'],
    ])
  })
})
