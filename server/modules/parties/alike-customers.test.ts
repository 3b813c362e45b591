import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { ask, perform } from '#kernel/perform'
import { alikeKeys, phoneKey } from './alike.model.ts'
import { parties } from './contract.ts'
import { openOffice, refusalOf, register, wangjie, xiaohe, xiaoli } from './fixtures/people.ts'
import { partiesActions } from './index.ts'

beforeAll(async () => {
  await openOffice(db)
  await register(xiaoli, {
    name: '深圳市顺兴门业有限公司',
    shortName: '顺兴门业',
    aliases: ['老顺兴'],
    taxNumber: '91440300MA5ABC1234',
    phone: '0755-8321 6688',
    contacts: [{ id: '019a0000-0000-7000-8000-000000000001', name: '周总', role: 'boss', phone: '138 0000 1111' }],
  })
})

describe('the same company', () => {
  test.each([
    ['its full name', { name: '深圳市顺兴门业有限公司' }],
    ['its full name written otherwise', { name: '（深圳市） 顺兴门业 有限责任公司' }],
    ['its short name', { shortName: '顺兴门业' }],
    ['its short name as the full one', { name: '顺兴门业公司' }],
    ['another name', { shortName: '老顺兴' }],
    ['its tax number', { taxNumber: '91440300 ma5abc1234' }],
    ['its phone number', { phone: '075583216688' }],
    ["a contact's number", { phone: '+86 13800001111' }],
    [
      'its number with a contact',
      { contacts: [{ id: '019a0000-0000-7000-8000-000000000002', name: '某人', role: 'other', phone: '13800001111' }] },
    ],
  ])('is caught by %s before it is saved', async (_by, changes) => {
    const refusal = await refusalOf(register(xiaoli, changes))
    expect([refusal.code, refusal.say('zh')]).toEqual([
      'duplicate_customer',
      '可能已有这家客户：顺兴门业。确认不是同一家，可以选择仍然保存',
    ])
  })

  test('is caught for another seller too, without telling whose or who it is', async () => {
    const refusal = await refusalOf(register(xiaohe, { shortName: '顺兴门业' }))
    expect(refusal.say('zh')).toContain('1 家由其他同事负责的客户')
    expect(JSON.stringify(refusal.facts)).not.toMatch(/顺兴|小李/)
    expect((await refusalOf(register(wangjie, { shortName: '顺兴门业' }))).facts['customers']).toMatchObject([
      { name: '顺兴门业' },
    ])
  })

  test('is saved all the same when it is said to be another', async () => {
    const { customer } = await register(xiaohe, { shortName: '顺兴门业', evenIfAlike: true })
    expect(customer.shortName).toBe('顺兴门业')
  })

  test('is caught when a customer becomes alike, not when it already was', async () => {
    const edit = (id: string, version: number, changes: object) =>
      perform(
        xiaoli,
        partiesActions.editCustomer,
        parties.endpoints.editCustomer.input.parse({ id, version, ...changes }),
      )
    const { customer } = await register(xiaoli)
    expect((await refusalOf(edit(customer.id, 1, { phone: '13800001111' }))).code).toBe('duplicate_customer')
    await edit(customer.id, 1, { phone: '13800001111', evenIfAlike: true })
    expect((await edit(customer.id, 2, { region: '深圳' })).customer.region).toBe('深圳')
  })

  test('that two people enter at the same moment is caught for one of them', async () => {
    for (let round = 0; round < 5; round++) {
      const shortName = `佳筑工程${round}`
      const both = await Promise.allSettled([register(xiaoli, { shortName }), register(xiaohe, { shortName })])
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect((await ask(wangjie, partiesActions.customers, { q: shortName, limit: 5 })).rows).toHaveLength(1)
    }
  })
})

test('what tells nobody apart is no key', () => {
  const known = { name: '公司', shortName: '王', aliases: [], taxNumber: '无', phones: ['110', null] }
  expect(alikeKeys(known)).toEqual(['name:公司'])
  expect(phoneKey('0086 138-0000-1111')).toBe('phone:13800001111')
})
