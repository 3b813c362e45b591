import { beforeAll, describe, expect, test } from 'vitest'
import { say } from '#contract'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { formsActions } from '#server/engines/forms'
import { parties } from './contract.ts'
import {
  callerWith,
  director,
  openOffice,
  people,
  refusalOf,
  register,
  warehouseman,
  wangjie,
  xiaohe,
  xiaoli,
} from './fixtures/people.ts'
import { activeCustomerFor, customerFor, customerIdsOf, customersByIds, partiesActions as actions } from './index.ts'
import type { CustomerAnswer } from './read-customer.ts'

beforeAll(() => openOffice(db))

const edit = ({ customer }: Pick<CustomerAnswer, 'customer'>, changes: object, caller = xiaoli) =>
  perform(
    caller,
    actions.editCustomer,
    parties.endpoints.editCustomer.input.parse({ id: customer.id, version: customer.version, ...changes }),
  )
const read = (id: string, caller = xiaoli) => ask(caller, actions.customer, { id })
// Nobody else's number, or the customer would be taken for another.
let lines = 2_000_000
const contact = (changes: object = {}) => ({
  id: newId(),
  name: '张会计',
  role: 'accountant',
  phone: `0755-${lines++}`,
  ...changes,
})

describe('a customer', () => {
  test('is registered with a number and its contacts, and answered as the contract promises', async () => {
    const made = await register(xiaoli, {
      name: '深圳市宏达装饰工程有限公司',
      shortName: '宏达装饰',
      region: '深圳',
      contacts: [contact(), contact({ name: '陈总', role: 'boss', phone: null })],
    })
    expect(parties.endpoints.createCustomer.output.parse(made)).toEqual(made)
    expect(made.customer).toMatchObject({
      shortName: '宏达装饰',
      state: 'active',
      ownerId: people.xiaoli,
      creditLimit: '0.00',
      phone: null,
      names: { ownerId: '小李', termCode: '月结30天' },
      can: ['edit'],
    })
    expect(made.customer.number).toMatch(/^C\d{5}$/)
    expect(made.customer.lines.map(({ name, role, isMain }) => [name, role, isMain])).toEqual([
      ['张会计', 'accountant', true],
      ['陈总', 'boss', false],
    ])
  })

  test('has the next number, even when many register at the same moment', async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => register(xiaoli)))
    const numbers = made.map(({ customer }) => Number(customer.number?.slice(1))).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 6 }, (_, i) => (numbers[0] ?? 0) + i))
  })

  test('is registered once, however often its id is sent', async () => {
    const id = newId()
    const [first, second] = await Promise.all([register(xiaoli, { id }), register(xiaoli, { id })])
    expect(second).toEqual(first)
    expect(await register(xiaoli, { id, shortName: '别的简称' })).toEqual(first)
    expect((await refusalOf(register(xiaohe, { id }))).code).toBe('not_found')
  })

  test('needs terms that exist and a credit limit that is not negative', async () => {
    expect((await refusalOf(register(xiaoli, { termCode: 'whenever' }))).issues[0]?.field).toBe('termCode')
    expect((await refusalOf(register(wangjie, { creditLimit: '-1' }))).issues[0]?.field).toBe('creditLimit')
  })

  test('that somebody else has changed meanwhile is not overwritten', async () => {
    const made = await register(xiaoli)
    await edit(made, { region: '东莞' })
    expect((await refusalOf(edit(made, { region: '佛山' }))).code).toBe('stale')
    const race = await read(made.customer.id)
    const both = await Promise.allSettled([edit(race, { region: '甲' }), edit(race, { region: '乙' })])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('keeps what is not sent, and loses what is sent empty', async () => {
    const made = await register(xiaoli, { region: '深圳', address: '福田', phone: '13800001111', aliases: ['老宏'] })
    const changed = await edit(made, { address: '', phone: null })
    expect(changed).toMatchObject({
      aliases: ['老宏'],
      customer: { region: '深圳', address: '', phone: null, aliases: '老宏' },
    })
  })

  test('has a timeline with old and new values, people and states in words', async () => {
    const made = await register(xiaoli, { contacts: [contact()] })
    const { id } = made.customer
    const [line] = made.customer.lines
    await edit(made, { level: 'B', contacts: [{ id: line?.id, name: '张会计', role: 'buyer' }] })
    await perform(wangjie, actions.freezeCustomer, { id, version: 2 })
    await perform(wangjie, actions.reassignCustomer, { id, version: 3, ownerId: people.xiaohe })
    const { entries } = await ask(wangjie, actions.customerTimeline, { id })
    expect(
      entries.map(({ words, by, changes }) => [
        say(words, 'zh'),
        by,
        changes.map((one) => [say(one.label, 'zh'), one.before, one.after]),
      ]),
    ).toEqual([
      ['新建', '小李', []],
      [
        '修改',
        '小李',
        [
          ['客户等级', 'A 级', 'B 级'],
          ['第 1 行 角色', '财务', '采购'],
        ],
      ],
      ['冻结', '王姐', [['状态', '正常', '已冻结']]],
      ['转交', '王姐', [['负责人', '小李', '小何']]],
    ])
  })
})

describe('contacts', () => {
  test('are replaced as a set: known ones keep their ids, left-out ones go, the first is the main one where none is marked', async () => {
    const [accountant, boss] = [contact(), contact({ name: '陈总', role: 'boss', isMain: true })]
    const made = await register(xiaoli, { contacts: [accountant, boss] })
    const buyer = contact({ name: '小周', role: 'buyer' })
    const changed = await edit(made, { contacts: [buyer, { ...accountant, phone: '13900002222' }] })
    expect(changed.customer.lines.map(({ id, name, phone, isMain }) => [id, name, phone, isMain])).toEqual([
      [buyer.id, '小周', buyer.phone, true],
      [accountant.id, '张会计', '13900002222', false],
    ])
    const twoMains = [
      { ...buyer, isMain: true },
      { ...accountant, isMain: true },
    ]
    expect((await refusalOf(edit(changed, { contacts: twoMains }))).issues[0]?.field).toBe('contacts.1')
    expect((await refusalOf(edit(changed, { contacts: [buyer, buyer] }))).issues[0]?.field).toBe('contacts.1')
  })

  test('of another customer are not taken over', async () => {
    const theirs = contact()
    await register(xiaohe, { contacts: [theirs] })
    const mine = await register(xiaoli)
    expect((await refusalOf(edit(mine, { contacts: [theirs], evenIfAlike: true }))).issues[0]?.field).toBe('contacts')
  })

  test('keep the phone numbers that the one who changes them may not see', async () => {
    const made = await register(xiaoli, {
      phone: '13800003333',
      contacts: [contact({ phone: '0755-2345678', email: 'z@hongda.cn' })],
    })
    const { id } = made.customer
    const assistant = callerWith(newId(), { actions: ['customer.write'], scopes: { customer: 'all' } })
    const seen = await read(id, assistant)
    expect(JSON.stringify(seen)).not.toMatch(/13800003333|2345678|hongda\.cn|creditLimit/)
    const [line] = seen.customer.lines
    const renamed = { id: line?.id, name: '李会计', role: 'accountant' }
    await edit(seen, { contacts: [renamed] }, assistant)
    expect((await read(id)).customer.lines[0]).toMatchObject({
      name: '李会计',
      phone: '0755-2345678',
      email: 'z@hongda.cn',
    })
    expect(
      (await refusalOf(edit(await read(id), { contacts: [{ ...renamed, phone: '110110110' }] }, assistant))).code,
    ).toBe('field_forbidden')
    expect((await refusalOf(edit(await read(id), { phone: null }, assistant))).code).toBe('field_forbidden')
  })
})

describe('rights', () => {
  test('a seller sees his own, a manager her team, a director all; a foreign customer is missing', async () => {
    const mine = (await register(xiaoli)).customer.id
    const theirs = (await register(xiaohe)).customer.id
    const deeds = [
      (id: string) => read(id),
      (id: string) => edit({ customer: { id, version: 1 } as CustomerAnswer['customer'] }, { region: '深圳' }),
      (id: string) => ask(xiaoli, actions.customerTimeline, { id }),
      (id: string) => perform(xiaoli, actions.freezeCustomer, { id, version: 1 }),
      (id: string) => perform(xiaoli, actions.reassignCustomer, { id, version: 1, ownerId: people.xiaoli }),
      (id: string) => customerFor(db, xiaoli, id),
    ]
    for (const deed of deeds) {
      const [foreign, missing] = [await refusalOf(deed(theirs)), await refusalOf(deed(newId()))]
      expect([foreign.code, foreign.say('zh')]).toEqual([missing.code, missing.say('zh')])
    }
    expect((await read(mine, wangjie)).customer.id).toBe(mine)
    expect((await read(theirs, director)).customer.id).toBe(theirs)
    expect((await refusalOf(read(mine, warehouseman))).code).toBe('not_found')
    const listed = async (caller = xiaoli) =>
      (await ask(caller, actions.customers, { limit: 100 })).rows.map(({ id }) => id)
    expect(await listed()).toContain(mine)
    expect(await listed()).not.toContain(theirs)
    expect(await listed(wangjie)).toEqual(expect.arrayContaining([mine, theirs]))
    expect(await listed(warehouseman)).toEqual([])
  })

  test('the credit limit is set by those who may write credit, also when they may change nothing else', async () => {
    expect((await refusalOf(register(xiaoli, { creditLimit: '1000' }))).code).toBe('field_forbidden')
    const made = await register(xiaoli)
    const raised = await edit(made, { creditLimit: '100000' }, director)
    expect(raised.customer).toMatchObject({ creditLimit: '100000.00', can: ['credit'] })
    expect((await refusalOf(edit(raised, { region: '深圳' }, director))).code).toBe('forbidden')
    expect((await refusalOf(register(warehouseman))).code).toBe('forbidden')
  })

  test('a frozen customer gets no new documents until it is unfrozen', async () => {
    const made = await register(xiaoli, { shortName: '欠账大户' })
    const { id } = made.customer
    expect((await refusalOf(perform(xiaoli, actions.freezeCustomer, { id, version: 1 }))).code).toBe('forbidden')
    const frozen = await perform(wangjie, actions.freezeCustomer, { id, version: 1 })
    expect(frozen.customer).toMatchObject({ state: 'frozen', version: 2, can: expect.arrayContaining(['unfreeze']) })
    expect((await refusalOf(perform(wangjie, actions.freezeCustomer, { id, version: 2 }))).say('zh')).toBe(
      '欠账大户当前是「已冻结」，不能冻结',
    )
    expect((await refusalOf(activeCustomerFor(db, xiaoli, id))).code).toBe('customer_frozen')
    expect((await refusalOf(perform(wangjie, actions.unfreezeCustomer, { id, version: 1 }))).code).toBe('stale')
    await perform(wangjie, actions.unfreezeCustomer, { id, version: 2 })
    expect((await activeCustomerFor(db, xiaoli, id)).state).toBe('active')
  })

  test('a customer is given to somebody else by those who may, and a fact tells of it', async () => {
    const made = await register(xiaoli)
    const { id } = made.customer
    const to = (ownerId: string, caller = wangjie, version = 1) =>
      perform(caller, actions.reassignCustomer, { id, version, ownerId })
    expect((await refusalOf(to(people.xiaohe, xiaoli))).code).toBe('forbidden')
    expect((await refusalOf(to(people.gone))).code).toBe('unknown_owner')
    expect((await refusalOf(to(people.xiaoli))).code).toBe('same_owner')
    expect(await to(people.xiaohe)).toEqual({ customerId: id, ownerId: people.xiaohe, version: 2 })
    expect((await refusalOf(read(id))).code).toBe('not_found')
    expect((await read(id, xiaohe)).customer.names['ownerId']).toBe('小何')
    const told = await db.event.findMany({
      where: { name: 'parties.customer-reassigned', body: { path: ['customerId'], equals: id } },
    })
    expect(told.map(({ body }) => body)).toEqual([{ customerId: id, fromId: people.xiaoli, toId: people.xiaohe }])
    expect(await customerIdsOf(db, [people.xiaohe])).toContain(id)
  })

  test('who registers a customer for somebody else may reassign and sees him', async () => {
    expect((await register(wangjie, { ownerId: people.xiaohe })).customer.ownerId).toBe(people.xiaohe)
    expect((await refusalOf(register(xiaoli, { ownerId: people.xiaohe }))).code).toBe('forbidden')
    expect((await refusalOf(register(wangjie, { ownerId: newId() }))).code).toBe('unknown_owner')
  })
})

test("a company's own fields on customers and contacts are validated, stored, audited, and hidden from those without the right", async () => {
  const designer = callerWith(newId(), { actions: ['forms.design'] })
  const field = { kind: 'integer', required: false, inList: true } as const
  await perform(designer, formsActions.addField, {
    name: 'customer',
    field: { ...field, key: 'rating', label: { zh: '评级' }, place: 'document', group: 'secret' },
  })
  await perform(designer, formsActions.addField, {
    name: 'customer',
    field: { ...field, key: 'age', label: { zh: '年龄' }, place: 'line' },
  })
  const knowing = callerWith(people.xiaoli, {
    actions: ['customer.write'],
    reads: ['contact', 'secret'],
    writes: ['contact', 'secret'],
    scopes: { customer: 'own' },
  })

  expect((await refusalOf(register(xiaoli, { custom: { rating: 5 } }))).code).toBe('field_forbidden')
  expect(
    (await refusalOf(register(knowing, { contacts: [contact({ custom: { age: 'old' } })] }))).issues[0]?.field,
  ).toBe('contacts.0.custom.age')
  const made = await register(knowing, { custom: { rating: 5 }, contacts: [contact({ custom: { age: 40 } })] })
  expect([made.customer.custom, made.customer.lines[0]?.custom]).toEqual([{ rating: 5 }, { age: 40 }])
  await edit(made, { custom: { rating: 3 } }, knowing)
  const timeline = async (caller = xiaoli) =>
    (await ask(caller, actions.customerTimeline, { id: made.customer.id })).entries[1]?.changes.map(
      ({ before, after }) => [before, after],
    )
  expect(await timeline(knowing)).toEqual([['5', '3']])
  expect(await timeline()).toEqual([])
  expect((await read(made.customer.id)).customer.custom).toEqual({})
  expect((await ask(xiaoli, actions.customers, { limit: 100 })).rows.every(({ custom }) => !('rating' in custom))).toBe(
    true,
  )
})

test('documents get the facts of customers by their ids, without a question of rights', async () => {
  const { customer } = await register(xiaohe, { phone: '13800009999' })
  const facts = await customersByIds(db, [customer.id, customer.id, newId()])
  expect([...facts.keys()]).toEqual([customer.id])
  expect(facts.get(customer.id)).toMatchObject({
    number: customer.number,
    state: 'active',
    phone: '13800009999',
    ownerId: people.xiaohe,
  })
})
