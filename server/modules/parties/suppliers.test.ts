import { expect, test } from 'vitest'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { parties } from './contract.ts'
import { refusalOf, wangjie, xiaoli } from './fixtures/people.ts'
import { partiesActions as actions, suppliersByIds } from './index.ts'

const { createSupplier, editSupplier } = parties.endpoints
const register = (changes: object, caller = wangjie) => {
  const input = { id: newId(), name: '永康市恒力五金厂', shortName: '恒力五金', ...changes }
  return perform(caller, actions.createSupplier, createSupplier.input.parse(input))
}

test('a supplier is registered once under its id with a number, changed, found and named', async () => {
  const id = newId()
  const made = await register({ id, contactName: '吴经理', phone: '0579-87654321' })
  expect(createSupplier.output.parse(made)).toEqual(made)
  expect(made.supplier).toMatchObject({ number: 'S00001', active: true, phone: '0579-87654321', can: ['edit'] })
  expect(await register({ id, shortName: '别的简称' })).toEqual(made)
  await register({ name: '浙江密封胶有限公司', shortName: '浙胶' })

  const edit = (changes: object) =>
    perform(wangjie, actions.editSupplier, editSupplier.input.parse({ id, version: 1, ...changes }))
  expect((await edit({ active: false, contactName: '' })).supplier).toMatchObject({
    version: 2,
    active: false,
    contactName: '',
    phone: '0579-87654321',
  })
  expect((await refusalOf(edit({ note: '晚了一步' }))).code).toBe('stale')

  const found = async (q: string, active?: boolean) =>
    (await ask(xiaoli, actions.suppliers, { q, active, limit: 10 })).rows.map(({ shortName }) => shortName)
  expect(await found('hlwj')).toEqual(['恒力五金'])
  expect(await found('mifengjiao')).toEqual(['浙胶'])
  expect(await found('', true)).toEqual(['浙胶'])
  expect(await found('s00002')).toEqual(['浙胶'])
  expect((await suppliersByIds(db, [id])).get(id)?.shortName).toBe('恒力五金')
  const { rows, cursor } = await ask(xiaoli, actions.suppliers, { limit: 1 })
  expect([
    rows.length,
    (await ask(xiaoli, actions.suppliers, { limit: 1, cursor: cursor ?? '' })).rows[0]?.shortName,
  ]).toEqual([1, '浙胶'])
})

test('suppliers are kept by those with the right', async () => {
  expect((await refusalOf(register({}, xiaoli))).code).toBe('forbidden')
  expect((await refusalOf(ask(xiaoli, actions.supplier, { id: newId() }))).code).toBe('not_found')
})
