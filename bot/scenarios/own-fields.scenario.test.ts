import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type KindName, kindNames } from '#contract'
import { forms } from '#contract/engines/forms'
import { approvals } from '#contract/engines/approvals'
import { parties } from '#contract/modules/parties'
import { sales } from '#contract/modules/sales'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { as, callerAs, closeDoor, ids, openDoor, type Who } from '../../server/test/door.ts'
import { aCustomer, anApproval, anItem, anOrder, lineOf, openShop, stocked } from '../../server/test/door-goods.ts'
import {
  answered,
  custom,
  examples,
  fieldOf,
  keyOf,
  labelOf,
  linked,
  named,
  places,
  secret,
  shared,
  type Take,
} from '../../server/test/own-field-kinds.ts'
import { answer } from '../answers/answer.ts'
import type { Card } from '../card.ts'
import { approvalCard } from '../cards/approval-card.ts'
import { renderCard } from '../platforms/feishu/render.ts'

/*
 * A company adds a field of each kind to its orders, their lines, its customers and their contacts, with no line of code. The one of kind
 * `secret` is for those alone who hold the right to its group: the owner does, the seller and the sales manager do not.
 */

let customer: string
let goods: { itemId: string; warehouseId: string }
beforeAll(async () => {
  await openDoor()
  await db.department.createMany({
    data: [
      { id: linked.department, externalId: 'd1', name: '销售部' },
      { id: linked.otherDepartment, externalId: 'd2', name: '仓储部' },
    ],
  })
  const warehouseId = await openShop()
  goods = { warehouseId, itemId: await anItem() }
  await stocked(goods.itemId, warehouseId, '100000')
  customer = await aCustomer('seller', { shortName: '关联甲' })
  linked.customer = customer
  linked.otherCustomer = await aCustomer('seller', { shortName: '关联乙' })
  for (const { document, place, prefix } of places)
    for (const kind of kindNames)
      await as('admin').call(forms.endpoints.addField, { name: document, field: fieldOf(prefix, place, kind) })
})
afterAll(closeDoor)

const sale = (given: object = {}, ofLine: object = {}) => ({
  customerId: customer,
  warehouseId: goods.warehouseId,
  lines: [{ ...lineOf(goods), ...ofLine }],
  ...given,
})
const contact = (given: object = {}) => ({ id: newId(), name: '张三', role: 'buyer' as const, ...given })

/** An order of the seller's with all own values, made by the owner. */
const fullOrder = (take: Take = 'first') =>
  anOrder('owner', customer, goods, {
    submit: false,
    ...sale({ custom: custom('own', take) }, { custom: custom('line', take) }),
  })

describe('a value that is none', () => {
  test.each(kindNames)('of kind %s is refused, with the field that is to blame', async (kind) => {
    const { bad } = examples()[kind]
    const { createOrder, editOrder } = sales.endpoints
    const { createCustomer } = parties.endpoints
    const own = { [keyOf('own', kind)]: bad }
    const line = { [keyOf('line', kind)]: bad }
    const aCompany = { id: newId(), name: newId(), shortName: newId(), level: 'A', termCode: 'net_30' }
    const order = await anOrder('owner', customer, goods, { submit: false })
    const tried = [
      [createOrder, { id: newId(), ...sale({ custom: own }) }, `custom.${keyOf('own', kind)}`],
      [createOrder, { id: newId(), ...sale({}, { custom: line }) }, `lines.0.custom.${keyOf('line', kind)}`],
      [editOrder, { id: order, version: 1, custom: own }, `custom.${keyOf('own', kind)}`],
      [createCustomer, { ...aCompany, custom: own }, `custom.${keyOf('own', kind)}`],
      [
        createCustomer,
        { ...aCompany, contacts: [contact({ custom: line })] },
        `contacts.0.custom.${keyOf('line', kind)}`,
      ],
    ] as const
    for (const [endpoint, input, field] of tried) {
      const { status, body } = await as('owner').try(endpoint, input)
      expect([status, body.code, body.errors?.[0]?.field]).toEqual([400, 'malformed', field])
    }
  })

  test('of a field that there is not is refused', async () => {
    const { body } = await as('owner').try(sales.endpoints.createOrder, {
      id: newId(),
      ...sale({ custom: { nothing: 1 } }),
    })
    expect(body.errors).toEqual([{ field: 'custom.nothing', message: '没有字段 nothing / there is no field nothing' }])
  })

  test('of a link to a customer of somebody else is refused as one that is not there', async () => {
    const foreign = await aCustomer('stranger')
    const link = (id: string) =>
      as('seller').try(sales.endpoints.createOrder, { id: newId(), ...sale({ custom: { ownLink: id } }) })
    expect((await link(foreign)).text).toBe((await link(newId())).text)
  })
})

describe('values in list and detail', () => {
  const readers = [
    ['owner', kindNames],
    ['seller', shared],
    ['sales_manager', shared],
  ] as const

  test.each(readers)('of an order are there for the %s, as far as he may read them', async (who, kinds) => {
    const id = await fullOrder()
    const { order } = await as(who).call(sales.endpoints.order, { id })
    expect(order.custom).toEqual(answered('own', 'first', kinds))
    expect(order.names).toMatchObject(named('own', 'firstShown'))
    expect(order.lines[0]?.custom).toEqual(answered('line', 'first', kinds))
    expect(order.lines[0]?.names).toMatchObject(named('line', 'firstShown'))
    const { rows } = await as(who).call(sales.endpoints.orders, { customerId: customer })
    const row = rows.find((one) => one.id === id)
    expect(row?.custom).toEqual(answered('own', 'first', kinds))
    expect(row?.names).toMatchObject(named('own', 'firstShown'))
  })

  test.each(readers)('of a customer are there for the %s, as far as he may read them', async (who, kinds) => {
    const id = await fullCustomer()
    const { customer: seen } = await as(who).call(parties.endpoints.customer, { id })
    expect(seen.custom).toEqual(answered('own', 'first', kinds))
    expect(seen.names).toMatchObject(named('own', 'firstShown'))
    expect(seen.lines[0]?.custom).toEqual(answered('line', 'first', kinds))
    const { rows } = await as(who).call(parties.endpoints.customers, { limit: 100 })
    expect(rows.find((one) => one.id === id)?.custom).toEqual(answered('own', 'first', kinds))
  })

  test('what is not sent stays, what is sent as nothing is taken away', async () => {
    const id = await fullOrder()
    const { order } = await as('owner').call(sales.endpoints.editOrder, { id, version: 1, custom: { ownText: null } })
    expect(order.custom).toEqual({ ...answered('own', 'first', kindNames), ownText: null })
  })
})

describe('the timeline', () => {
  const told = (entries: { changes: { field: string; before: string; after: string }[] }[]) =>
    Object.fromEntries(
      entries.flatMap(({ changes }) => changes.map(({ field, before, after }) => [field, `${before} → ${after}`])),
    )
  const expected = (prefix: string, path: string, kinds: readonly KindName[]) =>
    Object.fromEntries(
      kinds.map((kind) => [
        `${path}${keyOf(prefix, kind)}`,
        `${examples()[kind].firstShown} → ${examples()[kind].thenShown}`,
      ]),
    )

  test('of an order tells the old and the new value of each field, to those who may read it', async () => {
    const id = await fullOrder()
    const changed = { ...sale({ custom: custom('own', 'then') }, { custom: custom('line', 'then') }) }
    await as('owner').call(sales.endpoints.editOrder, { id, version: 1, ...changed })
    for (const [who, kinds] of [
      ['owner', kindNames],
      ['seller', shared],
    ] as const) {
      const { timeline } = await as(who).call(sales.endpoints.order, { id })
      const changes = told(timeline)
      expect(changes).toMatchObject({ ...expected('own', '', kinds), ...expected('line', 'lines.1.', kinds) })
      expect('ownMoney' in changes || 'lines.1.lineMoney' in changes).toBe(who === 'owner')
    }
  })

  test('of a customer tells the same', async () => {
    const id = await fullCustomer()
    await as('owner').call(parties.endpoints.editCustomer, { id, version: 1, custom: custom('own', 'then') })
    for (const [who, kinds] of [
      ['owner', kindNames],
      ['seller', shared],
    ] as const) {
      const { entries } = await as(who).call(parties.endpoints.customerTimeline, { id })
      expect(told(entries)).toEqual(expected('own', '', kinds))
    }
  })
})

describe('in the chat', () => {
  const factsOf = (card: Card) =>
    Object.fromEntries(
      card.parts.flatMap((part) => ('facts' in part ? part.facts : [])).map(({ label, value }) => [label, value]),
    )
  const shown = (kinds: readonly KindName[]) =>
    Object.fromEntries(kinds.map((kind) => [labelOf('own', kind), examples()[kind].firstShown]))
  const readers = [
    ['owner', kindNames],
    ['sales_manager', shared],
  ] as const

  test('an approval card has them, as far as its reader may read them', async () => {
    const id = await anApproval('owner', customer, goods, sale({ custom: custom('own', 'first') }))
    for (const [who, kinds] of readers) {
      const approval = await as(who).call(approvals.endpoints.approval, { id })
      const card = approvalCard(approval, 'zh')
      expect(factsOf(card)).toMatchObject(shown(kinds))
      const buttons = card.buttons.map(({ name, label, look }) => ({ name, label, look, token: 'x' }))
      const drawn = JSON.stringify(renderCard({ ...card, buttons }, 'http://127.0.0.1'))
      for (const kind of kindNames)
        expect(drawn.includes(labelOf('own', kind)), kind).toBe((kinds as readonly KindName[]).includes(kind))
      expect(drawn.includes('7,654.30')).toBe(who === 'owner')
    }
  })

  test("the bot's answer about an order has them, as far as the asker may read them", async () => {
    const id = await fullOrder()
    for (const [who, kinds] of readers) {
      const card = await answer(await callerAs(who), { intent: 'order.status', orderId: id }, 'zh')
      expect(factsOf(card)).toMatchObject(shown(kinds))
      expect(JSON.stringify(card).includes('7,654.30')).toBe(who === 'owner')
    }
  })
})

describe('whoever may not', () => {
  test('read a restricted field is not told of it by descriptions and OpenAPI', async () => {
    for (const who of ['owner', 'seller'] as const) {
      const { documents } = await as(who).call(forms.endpoints.documents, {})
      const made = (await as(who).send('GET', '/openapi.json')).text
      for (const { document, place, prefix } of places) {
        const description = documents.find(({ name }) => name === document)
        const keys = (place === 'document' ? description?.fields : description?.lines)?.map(({ key }) => key)
        for (const kind of kindNames) {
          const mayKnow = who === 'owner' || kind !== secret
          expect([who, document, kind, keys?.includes(keyOf(prefix, kind))]).toEqual([who, document, kind, mayKnow])
          expect([who, kind, made.includes(`"${keyOf(prefix, kind)}"`)]).toEqual([who, kind, mayKnow])
        }
      }
    }
  })

  test('write a restricted field is refused, and nothing is changed', async () => {
    const order = await fullOrder()
    const ofCustomer = await fullCustomer()
    const tried = [
      [sales.endpoints.createOrder, { id: newId(), ...sale({ custom: { ownMoney: '1' } }) }],
      [sales.endpoints.createOrder, { id: newId(), ...sale({}, { custom: { lineMoney: '1' } }) }],
      [sales.endpoints.editOrder, { id: order, version: 1, custom: { ownMoney: '1' } }],
      [parties.endpoints.editCustomer, { id: ofCustomer, version: 1, custom: { ownMoney: null } }],
    ] as const
    for (const [endpoint, input] of tried) {
      const { status, body } = await as('seller').try(endpoint, input)
      expect([status, body.code]).toEqual([403, 'field_forbidden'])
    }
    expect((await as('owner').call(sales.endpoints.order, { id: order })).order.custom['ownMoney']).toBe('7654.30')
    expect((await as('owner').call(parties.endpoints.customer, { id: ofCustomer })).customer.custom['ownMoney']).toBe(
      '7654.30',
    )
  })

  test('write a restricted field changes the rest without touching it', async () => {
    const id = await fullOrder()
    await as('seller').call(sales.endpoints.editOrder, { id, version: 1, custom: custom('own', 'then', shared) })
    const { order } = await as('owner').call(sales.endpoints.order, { id })
    expect(order.custom).toEqual({ ...answered('own', 'then', shared), ownMoney: '7654.30' })
  })

  test('see a restricted field of a line does not wipe it out when he enters the lines anew', async () => {
    const id = await fullOrder()
    const other = lineOf({ ...goods, itemId: await anItem() })
    const same = { ...lineOf({ ...goods, quantity: '20' }), custom: custom('line', 'then', shared) }
    await as('seller').call(sales.endpoints.editOrder, { id, version: 1, lines: [other, same] })
    const { order } = await as('owner').call(sales.endpoints.order, { id })
    expect(order.lines.map((line) => line.custom['lineMoney'])).toEqual([undefined, '7654.30'])
    expect(order.lines[1]).toMatchObject({ quantity: '20', custom: answered('line', 'then', shared) })
  })

  test('design forms adds no field', async () => {
    for (const who of ['seller', 'sales_manager', 'accountant'] as Who[]) {
      const { status } = await as(who).try(forms.endpoints.addField, {
        name: 'customer',
        field: fieldOf('x', 'document', 'text'),
      })
      expect([who, status]).toEqual([who, 403])
    }
  })
})

describe('a field that cannot be', () => {
  test.each([
    ['has the key of another', { key: 'ownText', kind: 'text' }, 'field_exists'],
    ['has the key of a built-in one', { key: 'customerId', kind: 'text' }, 'field_exists'],
    ['has the key of a line’s', { key: 'price', kind: 'text' }, 'field_exists'],
    ['has a key that every view has', { key: 'names', kind: 'text' }, 'field_exists'],
    ['links to nothing', { key: 'aLink', kind: 'link', to: 'moon' }, 'no_such_link'],
    ['has nothing to choose from', { key: 'aChoice', kind: 'choice' }, 'no_options'],
    ['has no kind', { key: 'aKind', kind: 'colour' }, 'malformed'],
    ['has a key that is none', { key: 'A key', kind: 'text' }, 'malformed'],
  ])('is refused when it %s', async (_, field, code) => {
    const sent = { name: 'sales_order', field: { label: { zh: '字段' }, ...field } }
    expect((await as('admin').try(forms.endpoints.addField, sent)).body.code).toBe(code)
  })

  test('is refused on a document that there is not', async () => {
    const sent = { name: 'nothing', field: fieldOf('own', 'document', 'text') }
    expect((await as('admin').try(forms.endpoints.addField, sent)).body.code).toBe('not_found')
  })
})

async function fullCustomer(): Promise<string> {
  const contacts = [contact({ custom: custom('line', 'first') })]
  const id = newId()
  const fields = { id, name: `公司 ${id}`, shortName: id.slice(-12), level: 'A', termCode: 'net_30' }
  const own = { custom: custom('own', 'first'), contacts, ownerId: ids.seller }
  await as('owner').call(parties.endpoints.createCustomer, { ...fields, ...own })
  return id
}
