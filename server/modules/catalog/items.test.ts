import { beforeAll, describe, expect, test } from 'vitest'
import { say } from '#contract'
import { db, sql, type Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { forgetDocument, formsActions } from '#server/engines/forms'
import { catalogActions as actions, registerItemUse } from './index.ts'
import { catalog, type ItemDetail } from './contract.ts'
import { bolt, callerWith, create, keeper, refusalOf, seller, warehouseman } from './fixtures/goods.ts'

const keeping = newId()
const me = keeper(keeping)

beforeAll(async () => {
  await db.person.create({ data: { id: keeping, name: '王姐', createdAt: me.at } })
})

type Edit = Record<string, unknown>
const edit = ({ item }: Pick<ItemDetail, 'item'>, changes: Edit, caller = me) =>
  perform(
    caller,
    actions.editItem,
    catalog.endpoints.editItem.input.parse({ id: item.id, version: item.version, ...changes }),
  )

describe('an item', () => {
  test('is created with its units, base unit first, and answered as the contract promises', async () => {
    const made = await create(me, { barcodes: [{ code: '6901234567890', unit: '盒' }], aliases: ['拉爆'] })
    expect(catalog.endpoints.createItem.output.parse(made)).toEqual(made)
    expect(made.units).toEqual([
      { unit: '支', numerator: 1, denominator: 1 },
      { unit: '盒', numerator: 50, denominator: 1 },
      { unit: '箱', numerator: 1000, denominator: 1 },
    ])
    expect(made.item).toMatchObject({
      packing: '1 盒 = 50 支；1 箱 = 1000 支',
      barcodes: '6901234567890（盒）',
      aliases: '拉爆',
      listPrice: '0.62',
      taxRate: '13.00',
      active: true,
      version: 1,
      can: ['edit', 'price'],
    })
  })

  test('is created once, however often its id is sent', async () => {
    const input = bolt()
    const first = await create(me, input)
    const again = await create(me, { ...input, name: '别的名字' })
    expect(again).toEqual(first)
    expect(await db.item.count({ where: { id: input.id } })).toBe(1)
  })

  test('that two people create under one id at the same moment is there once', async () => {
    const input = bolt()
    const both = await Promise.all([create(me, input), create(keeper(), input)])
    expect(both.map(({ item }) => item.id)).toEqual([input.id, input.id])
    expect(await db.itemUnit.count({ where: { itemId: input.id } })).toBe(3)
  })

  test('needs a code that no other has, when it is made and when it is changed', async () => {
    const { item } = await create(me)
    const taken = await refusalOf(create(me, { code: item.code ?? '' }))
    expect([taken.code, taken.issues[0]?.field]).toEqual(['code_taken', 'code'])
    const other = await create(me)
    expect((await refusalOf(edit(other, { code: item.code }))).code).toBe('code_taken')
  })

  test('refuses figures below nothing and a floor above the price', async () => {
    const negative = await refusalOf(create(me, { listPrice: '-1', reorderPoint: '-5' }))
    expect(negative.issues.map(({ field }) => field)).toEqual(['listPrice', 'reorderPoint'])
    expect((await refusalOf(create(me, { listPrice: '1', floorPrice: '1.01' }))).code).toBe('floor_above_price')
  })

  test('that somebody else has changed meanwhile is not overwritten', async () => {
    const made = await create(me)
    await edit(made, { brand: '恒锐' })
    expect((await refusalOf(edit(made, { brand: '别的' }))).code).toBe('stale')
    expect((await ask(me, actions.item, { id: made.item.id })).item).toMatchObject({ brand: '恒锐', version: 2 })
  })

  test('of two changes to the same version at the same moment keeps one and refuses the other', async () => {
    const made = await create(me)
    const outcomes = await Promise.allSettled([edit(made, { brand: '甲' }), edit(made, { brand: '乙' })])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('has a timeline with old and new values, by name', async () => {
    const made = await create(me)
    await edit(made, { spec: 'M10x120', units: [{ unit: '盒', numerator: 40 }] })
    const { entries } = await ask(me, actions.itemTimeline, { id: made.item.id })
    expect(entries.map(({ action, by }) => [action, by])).toEqual([
      ['create', '王姐'],
      ['edit', '王姐'],
    ])
    expect(entries[1]?.changes.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['spec', 'M10x100', 'M10x120'],
      ['packing', '1 盒 = 50 支；1 箱 = 1000 支', '1 盒 = 40 支'],
    ])
  })
})

describe('units and barcodes', () => {
  test('are exact ratios in lowest terms; a unit given twice, or as large as the base unit, is refused', async () => {
    const made = await create(me, { baseUnit: '克', units: [{ unit: '斤', numerator: 1000, denominator: 2 }] })
    expect(made.units[1]).toEqual({ unit: '斤', numerator: 500, denominator: 1 })
    for (const units of [
      [{ unit: '支', numerator: 2 }],
      [{ unit: '只', numerator: 3, denominator: 3 }],
      [
        { unit: '盒', numerator: 5 },
        { unit: '盒', numerator: 6 },
      ],
    ])
      expect((await refusalOf(create(me, { units }))).code).toBe('bad_unit')
  })

  test('a barcode finds the item and the unit it stands for, and belongs to one item only', async () => {
    const made = await create(me, {
      barcodes: [
        { code: '690000001', unit: '支' },
        { code: '690000002', unit: '箱' },
      ],
    })
    const found = await ask(seller(), actions.barcode, { code: '690000002' })
    expect([found.item.id, found.unit]).toEqual([made.item.id, '箱'])
    const taken = await refusalOf(create(me, { barcodes: [{ code: '690000001', unit: '支' }] }))
    expect([taken.code, taken.facts]).toEqual(['barcode_taken', { code: '690000001', item: '膨胀螺栓' }])
    expect((await refusalOf(create(me, { barcodes: [{ code: '690000009', unit: '包' }] }))).code).toBe('bad_unit')
    expect((await refusalOf(ask(seller(), actions.barcode, { code: '000' }))).status).toBe(404)
  })

  test('a unit that documents use keeps its ratio, and their item its base unit and tracking; the rest may change', async () => {
    const made = await create(me)
    registerItemUse(stockIn)
    await stock(made.item.id, '盒')

    const refused = await refusalOf(edit(made, { units: [{ unit: '盒', numerator: 48 }] }))
    expect([refused.code, refused.facts['unit']]).toEqual(['unit_in_use', '盒'])
    expect((await refusalOf(edit(made, { units: [] }))).code).toBe('unit_in_use')
    expect((await refusalOf(edit(made, { tracking: 'lot' }))).code).toBe('item_in_use')
    expect((await refusalOf(edit(made, { baseUnit: '个', units: [] }))).code).toBe('item_in_use')

    const changed = await edit(made, {
      units: [
        { unit: '盒', numerator: 100, denominator: 2 },
        { unit: '箱', numerator: 500 },
      ],
    })
    expect(changed.item.packing).toBe('1 盒 = 50 支；1 箱 = 500 支')
  })

  test('another base unit needs the other units anew', async () => {
    const made = await create(me)
    expect((await refusalOf(edit(made, { baseUnit: '个' }))).code).toBe('bad_unit')
    expect(
      (await edit(made, { baseUnit: '个', units: [{ unit: '袋', numerator: 10 }] })).units.map(({ unit }) => unit),
    ).toEqual(['个', '袋'])
  })
})

describe('rights', () => {
  test('items are changed by those who keep items, prices by those who keep prices', async () => {
    const made = await create(me)
    expect((await refusalOf(create(seller()))).code).toBe('forbidden')
    expect((await refusalOf(edit(made, { brand: '甲' }, seller()))).code).toBe('forbidden')

    const buyer = callerWith(newId(), { actions: ['item.write'] })
    const priceless = await create(buyer, { listPrice: undefined })
    expect(priceless.item).not.toHaveProperty('listPrice')
    expect((await refusalOf(edit(made, { listPrice: '9' }, buyer))).code).toBe('forbidden')

    const manager = callerWith(newId(), { actions: ['price.write'], reads: ['amount'], writes: ['amount'] })
    expect((await edit(made, { listPrice: '0.66' }, manager)).item.listPrice).toBe('0.66')
    expect((await refusalOf(edit(made, { floorPrice: '0.5' }, manager))).code).toBe('field_forbidden')
    expect((await refusalOf(edit(made, { brand: '甲' }, manager))).code).toBe('forbidden')
  })

  test('who may not read amounts or floors finds none in list, detail, history or timeline', async () => {
    const made = await create(me, { floorPrice: '0.5' })
    await edit(made, { listPrice: '0.7', floorPrice: '0.55', reason: '涨价' })
    const all = async (caller = me) =>
      JSON.stringify([
        await ask(caller, actions.item, { id: made.item.id }),
        await ask(caller, actions.items, { q: made.item.code ?? '', limit: 5 }),
        await ask(caller, actions.priceHistory, { id: made.item.id, limit: 5 }),
        await ask(caller, actions.itemTimeline, { id: made.item.id }),
      ])
    expect(await all()).toMatch(/0\.7.*0\.55/s)
    expect(await all(seller())).toMatch(/0\.7/)
    expect(await all(seller())).not.toMatch(/0\.5[^"]*"|floor/i)
    expect(await all(warehouseman())).not.toMatch(/0\.(62|7|5)|price"/i)
  })
})

test("a company's own field on items is validated, stored, shown and audited, and hidden from those without the right", async () => {
  const designer = callerWith(newId(), { actions: ['forms.design'] })
  const field = {
    key: 'hardness',
    kind: 'integer',
    label: { zh: '硬度' },
    place: 'document',
    group: 'lab',
    required: false,
    inList: true,
  } as const
  await perform(designer, formsActions.addField, { name: 'item', field })
  forgetDocument('item')
  const lab = callerWith(newId(), { actions: ['item.write'], reads: ['lab'], writes: ['lab'] })

  expect((await refusalOf(create(lab, { listPrice: undefined, custom: { hardness: 'very' } }))).issues[0]?.field).toBe(
    'custom.hardness',
  )
  expect((await refusalOf(create(me, { custom: { hardness: 8 } }))).code).toBe('field_forbidden')
  const made = await create(lab, { listPrice: undefined, custom: { hardness: 8 } })
  expect(made.item.custom).toEqual({ hardness: 8 })
  const changed = await edit(made, { custom: { hardness: 10 } }, lab)
  expect(changed.item.custom).toEqual({ hardness: 10 })
  expect((await ask(seller(), actions.item, { id: made.item.id })).item.custom).toEqual({})
  const { entries } = await ask(lab, actions.itemTimeline, { id: made.item.id })
  expect(entries[1]?.changes.map(({ label, before, after }) => [say(label, 'zh'), before, after])).toEqual([
    ['硬度', '8', '10'],
  ])
})

test('a price history says who changed what, when and why, the latest first, page by page', async () => {
  let made = await create(me)
  for (const [listPrice, reason] of [
    ['0.64', '铜价上涨'],
    ['0.60', '促销'],
  ])
    made = await edit(made, { listPrice, reason })
  const first = await ask(me, actions.priceHistory, { id: made.item.id, limit: 2 })
  expect(first.rows.map(({ by, priceBefore, priceAfter, reason }) => [by, priceBefore, priceAfter, reason])).toEqual([
    ['王姐', '0.64', '0.6', '促销'],
    ['王姐', '0.62', '0.64', '铜价上涨'],
  ])
  const rest = await ask(me, actions.priceHistory, { id: made.item.id, limit: 2, cursor: first.cursor ?? '' })
  expect(rest.rows.map(({ priceBefore, priceAfter }) => [priceBefore, priceAfter])).toEqual([[null, '0.62']])
  await expect(db.priceChange.updateMany({ data: { reason: 'nothing' } })).rejects.toThrow('appended, never changed')
})

/** As the stock module does it: what is in stock is counted in the units it came in. */
async function stockIn(tx: Tx, itemId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ unit: string }[]>(sql`select code as unit from lot where item_id = ${itemId}::uuid`)
  return rows.map(({ unit }) => unit)
}
const stock = (itemId: string, unit: string) =>
  db.lot.create({ data: { id: newId(), itemId, code: unit, receivedOn: me.at } })
