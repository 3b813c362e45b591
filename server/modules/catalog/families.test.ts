import { expect, test } from 'vitest'
import type { Input } from '#contract'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { catalog } from './contract.ts'
import { create, keeper, refusalOf, seller } from './fixtures/goods.ts'
import { catalogActions as actions } from './index.ts'

const me = keeper()
type PutFamily = Input<(typeof catalog)['endpoints']['putFamily']>
const hand = { key: 'hand', label: { zh: '方向', en: 'Hand' }, values: ['左', '右'] }
const finish = { key: 'finish', label: { zh: '表面', en: 'Finish' }, values: ['亮光', '拉丝'] }

function hinges(changes: Partial<PutFamily> = {}): PutFamily {
  const id = changes.id ?? newId()
  return { id, code: `HY-${id.slice(-6)}`, name: '4寸合页', category: '合页', axes: [hand, finish], ...changes }
}
const put = (family: PutFamily, caller = me) =>
  perform(caller, actions.putFamily, catalog.endpoints.putFamily.input.parse(family))

test('a family shows its axes and the item of each cell, also from any of its items', async () => {
  const family = hinges()
  await put(family)
  const left = await create(me, { name: '4寸合页', familyId: family.id, variant: { hand: '左', finish: '亮光' } })
  const right = await create(me, { name: '4寸合页', familyId: family.id, variant: { hand: '右', finish: '拉丝' } })

  const grid = await ask(seller(), actions.family, { id: family.id })
  expect(catalog.endpoints.family.output.parse(grid)).toEqual(grid)
  expect(grid.axes.map(({ values }) => values)).toEqual([
    ['左', '右'],
    ['亮光', '拉丝'],
  ])
  const cells = Object.fromEntries(
    grid.cells.map(({ variant, item }) => [`${variant['hand']}${variant['finish']}`, item.id]),
  )
  expect(cells).toEqual({ 左亮光: left.item.id, 右拉丝: right.item.id })

  const detail = await ask(seller(), actions.item, { id: left.item.id })
  expect(detail.grid?.cells.length).toBe(2)
  expect([detail.variant, detail.item.names['familyId']]).toEqual([{ hand: '左', finish: '亮光' }, '4寸合页'])
  const { rows } = await ask(seller(), actions.items, { familyId: family.id, limit: 10 })
  expect(rows.length).toBe(2)
  const listed = await ask(seller(), actions.families, { q: 'hy', limit: 10 })
  expect(listed.rows.find(({ family: one }) => one.id === family.id)).toMatchObject({
    items: 2,
    family: { axes: '方向：左、右；表面：亮光、拉丝' },
  })
})

test('a variant stands in one cell of its grid, and no two in the same', async () => {
  const family = hinges()
  await put(family)
  const variant = { hand: '左', finish: '亮光' }
  const { item } = await create(me, { familyId: family.id, variant })
  const wrongs: Record<string, string>[] = [{ hand: '左' }, { hand: '上', finish: '亮光' }, { ...variant, size: '4' }]
  for (const wrong of wrongs)
    expect((await refusalOf(create(me, { familyId: family.id, variant: wrong }))).code).toBe('bad_variant')
  expect((await refusalOf(create(me, { variant }))).code).toBe('bad_variant')
  const twin = await refusalOf(create(me, { familyId: family.id, variant: { finish: '亮光', hand: '左' } }))
  expect([twin.code, twin.facts['code']]).toEqual(['variant_taken', item.code])
})

test('a family may gain values, but loses none that an item has, and keeps its axes once it has items', async () => {
  const family = hinges()
  const { family: made } = await put(family)
  await create(me, { familyId: family.id, variant: { hand: '左', finish: '亮光' } })
  const version = made.version
  expect(
    (await refusalOf(put({ ...family, version, axes: [{ ...hand, values: ['右'] }, finish] }))).facts['value'],
  ).toBe('左')
  expect((await refusalOf(put({ ...family, version, axes: [hand] }))).code).toBe('axes_fixed')
  expect(
    (await refusalOf(put({ ...family, version, axes: [hand, { ...finish, values: ['亮光', '亮光'] }] }))).issues[0]
      ?.field,
  ).toBe('axes.1')
  const grown = await put({ ...family, version, axes: [hand, { ...finish, values: ['亮光', '古铜'] }] })
  expect(grown.family.version).toBe(version + 1)
  expect((await refusalOf(put({ ...family, version }))).code).toBe('stale')
})

test('a family is made once under its id, needs a code of its own, and is kept by those who keep items', async () => {
  const family = hinges()
  const first = await put(family)
  expect(await put({ ...family, name: '别的名字' })).toEqual(first)
  expect((await refusalOf(put(hinges({ code: family.code ?? '' })))).code).toBe('code_taken')
  expect((await refusalOf(put(hinges(), seller()))).code).toBe('forbidden')
  expect((await refusalOf(ask(seller(), actions.family, { id: newId() }))).status).toBe(404)
})
