import { beforeAll, describe, expect, test } from 'vitest'
import type { Input } from '#contract'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { catalog } from './contract.ts'
import { callerWith, create, keeper, refusalOf, seller, warehouseman } from './fixtures/goods.ts'
import { catalogActions as actions } from './index.ts'

const keeping = newId()
const me = keeper(keeping)
let boltId = ''
let hingeId = ''

beforeAll(async () => {
  await db.person.create({ data: { id: keeping, name: '王姐', createdAt: me.at } })
  boltId = (await create(me, { code: 'A-BOLT' })).item.id
  hingeId = (await create(me, { code: 'B-HINGE', name: '合页', spec: '4寸' })).item.id
})

type Endpoints = (typeof catalog)['endpoints']
const { createPriceList, editPriceList, putPriceRules, removePriceRules } = catalog.endpoints
const open = (changes: Partial<Input<Endpoints['createPriceList']>> = {}, caller = me) =>
  perform(caller, actions.createPriceList, createPriceList.input.parse({ id: newId(), name: 'A 级客户价', ...changes }))
const put = (id: string, version: number, rules: object[], reason = '', caller = me) =>
  perform(caller, actions.putPriceRules, putPriceRules.input.parse({ id, version, rules, reason }))
const remove = (id: string, version: number, rules: object[], caller = me) =>
  perform(caller, actions.removePriceRules, removePriceRules.input.parse({ id, version, rules }))
const rulesOf = async (id: string, caller = me) => (await ask(caller, actions.priceRules, { id, limit: 50 })).rows

describe('a price list', () => {
  test('is made once under its id, for a level or a customer or everybody, and answered as promised', async () => {
    const id = newId()
    const made = await open({ id, level: 'A', startsOn: '2026-11-01', endsOn: '2026-12-31' })
    expect(createPriceList.output.parse(made)).toEqual(made)
    expect(made).toMatchObject({
      rules: 0,
      priceList: { level: 'A', startsOn: '2026-11-01', active: true, priority: 0, can: ['edit'] },
    })
    expect(await open({ id, name: '别的名字' })).toEqual(made)
    expect((await refusalOf(open({ level: 'A', customerId: newId() }))).issues[0]?.field).toBe('level')
    expect((await refusalOf(open({ startsOn: '2026-12-01', endsOn: '2026-11-30' }))).issues[0]?.field).toBe('endsOn')
    expect((await refusalOf(open({}, seller()))).code).toBe('forbidden')
  })

  test('is changed only by who saw its latest state', async () => {
    const { priceList } = await open({ level: 'A' })
    const edit = (changes: object) =>
      perform(me, actions.editPriceList, editPriceList.input.parse({ id: priceList.id, version: 1, ...changes }))
    const changed = await edit({ endsOn: '2026-12-31', level: null })
    expect(changed.priceList).toMatchObject({ version: 2, endsOn: '2026-12-31', level: null, name: 'A 级客户价' })
    expect((await refusalOf(edit({ name: '晚了一步' }))).code).toBe('stale')
  })

  test('for one customer is there only for those who see every customer or make prices', async () => {
    const { priceList } = await open({ name: '宏达专属', customerId: newId() })
    await put(priceList.id, 1, [{ itemId: boltId, price: '0.51' }])
    const accountant = callerWith(newId(), { reads: ['amount'], scopes: { customer: 'all' } })
    const listed = async (caller = me) =>
      (await ask(caller, actions.priceLists, { limit: 100 })).rows.map((row) => row.priceList.id)
    expect(await listed()).toContain(priceList.id)
    expect(await listed(accountant)).toContain(priceList.id)
    expect(await listed(seller())).not.toContain(priceList.id)
    expect((await refusalOf(ask(seller(), actions.priceList, { id: priceList.id }))).code).toBe('not_found')
    expect((await refusalOf(rulesOf(priceList.id, seller()))).code).toBe('not_found')
    const tellsOf = async (caller = me) =>
      JSON.stringify([
        await ask(caller, actions.item, { id: boltId }),
        await ask(caller, actions.priceHistory, { id: boltId, limit: 50 }),
      ])
    expect(await tellsOf()).toContain('0.51')
    expect(await tellsOf(seller())).not.toContain('0.51')
  })
})

describe('the prices of a list', () => {
  test('are set together, and the item shows the tiers of the day', async () => {
    const { priceList } = await open({ level: 'A' })
    const made = await put(priceList.id, 1, [
      { itemId: boltId, minQuantity: '10000', price: '0.55' },
      { itemId: boltId, minQuantity: '0', price: '0.62', floorPrice: '0.6' },
      { itemId: hingeId, price: '3.5' },
    ])
    expect(made).toMatchObject({ rules: 3, priceList: { version: 2 } })
    expect(
      (await rulesOf(priceList.id)).map(({ code, minQuantity, price, floorPrice }) => [
        code,
        minQuantity,
        price,
        floorPrice,
      ]),
    ).toEqual([
      ['A-BOLT', '0', '0.62', '0.6'],
      ['A-BOLT', '10000', '0.55', null],
      ['B-HINGE', '0', '3.5', null],
    ])
    const { prices } = await ask(me, actions.item, { id: boltId })
    const tiers = prices.filter(({ priceListId }) => priceListId === priceList.id)
    expect(tiers.map(({ kind, level, minQuantity, price }) => [kind, level, minQuantity, price])).toEqual([
      ['level', 'A', '0', '0.62'],
      ['level', 'A', '10000', '0.55'],
    ])
    const found = await ask(me, actions.priceRules, { id: priceList.id, q: 'heye', limit: 50 })
    expect(found.rows.map(({ code }) => code)).toEqual(['B-HINGE'])
    const [first, second] = [
      await ask(me, actions.priceRules, { id: priceList.id, limit: 2 }),
      (await rulesOf(priceList.id)).slice(2),
    ]
    expect(
      (await ask(me, actions.priceRules, { id: priceList.id, limit: 2, cursor: first.cursor ?? '' })).rows,
    ).toEqual(second)
  })

  test('keep a floor that is not sent, lose one that is taken away, and write down only what changed', async () => {
    const { priceList } = await open()
    const { id } = priceList
    await put(id, 1, [
      { itemId: hingeId, price: '4', floorPrice: '3' },
      { itemId: boltId, price: '0.6' },
    ])
    await put(
      id,
      2,
      [
        { itemId: hingeId, price: '3.8' },
        { itemId: boltId, price: '0.6' },
      ],
      '竞争对手降价',
    )
    await put(id, 3, [{ itemId: hingeId, price: '3.8', floorPrice: null }])
    await remove(id, 4, [{ itemId: hingeId }, { itemId: boltId, minQuantity: '77' }])
    expect((await rulesOf(id)).map(({ code }) => code)).toEqual(['A-BOLT'])

    const history = async (itemId: string) =>
      (await ask(me, actions.priceHistory, { id: itemId, limit: 50 })).rows.filter(
        ({ priceListId }) => priceListId === id,
      )
    expect(
      (await history(hingeId)).map((one) => [
        one.by,
        one.reason,
        one.priceBefore,
        one.priceAfter,
        one.floorBefore,
        one.floorAfter,
      ]),
    ).toEqual([
      ['王姐', '', '3.8', null, null, null],
      ['王姐', '', '3.8', '3.8', '3', null],
      ['王姐', '竞争对手降价', '4', '3.8', '3', '3'],
      ['王姐', '', null, '4', null, '3'],
    ])
    expect((await history(boltId)).length).toBe(1)
  })

  test('are refused as a whole when one of them is wrong', async () => {
    const { priceList } = await open()
    const good = { itemId: boltId, price: '0.6' }
    const field = async (rule: object) => (await refusalOf(put(priceList.id, 1, [good, rule]))).issues[0]?.field
    expect(await field({ itemId: hingeId, price: '0' })).toBe('rules.1.price')
    expect(await field({ itemId: hingeId, price: '1', minQuantity: '-1' })).toBe('rules.1.minQuantity')
    expect(await field({ itemId: boltId, price: '1', minQuantity: '0.0' })).toBe('rules.1')
    expect(await field({ itemId: newId(), price: '1' })).toBe('rules.1.itemId')
    expect((await refusalOf(put(priceList.id, 1, [{ ...good, floorPrice: '0.61' }]))).code).toBe('floor_above_price')
    expect((await refusalOf(put(priceList.id, 9, [good]))).code).toBe('stale')
    expect(await rulesOf(priceList.id)).toEqual([])
  })

  test('that two people set at the same moment are set by one, and the other sees them first', async () => {
    const { priceList } = await open()
    const both = await Promise.allSettled(
      ['0.6', '0.7'].map((price) => put(priceList.id, 1, [{ itemId: boltId, price }])),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await rulesOf(priceList.id)).toHaveLength(1)
  })

  test('are for those with the right to make prices, and hidden from those without the right to see them', async () => {
    const { priceList } = await open()
    const cheap = [{ itemId: boltId, price: '0.6', floorPrice: '0.5' }]
    const noFloors = callerWith(newId(), { actions: ['price.write'], reads: ['amount'], writes: ['amount'] })
    const noAmounts = callerWith(newId(), { actions: ['price.write'] })
    expect((await refusalOf(put(priceList.id, 1, cheap, '', seller()))).code).toBe('forbidden')
    expect((await refusalOf(put(priceList.id, 1, cheap, '', noFloors))).facts['field']).toBe('floorPrice')
    expect((await refusalOf(put(priceList.id, 1, cheap, '', noAmounts))).facts['field']).toBe('price')
    expect((await refusalOf(remove(priceList.id, 1, [{ itemId: boltId }], noAmounts))).code).toBe('field_forbidden')
    await put(priceList.id, 1, cheap)
    expect(await rulesOf(priceList.id, seller())).toMatchObject([{ price: '0.6' }])
    expect(JSON.stringify(await rulesOf(priceList.id, seller()))).not.toContain('floor')
    expect(JSON.stringify(await rulesOf(priceList.id, warehouseman()))).not.toMatch(/price"/i)
  })
})
