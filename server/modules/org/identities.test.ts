import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { connectDirectory } from '#server/engines/approvals'
import { as, hire, house, moment, refusalOf, told } from './fixtures/staff.ts'
import {
  accountsActions as actions,
  deputyOf,
  type Directory,
  type DirectoryPerson,
  holdersOf,
  keepPerson,
  managerOf,
  namesOf,
  openSession,
  person,
  syncDirectory,
  whoIs,
} from './index.ts'
import { peopleRulesSetting } from './people-rules.ts'

let admin: string

beforeAll(async () => {
  admin = await hire('阿杰', { role: 'admin' })
  connectDirectory({ namesOf, person, holdersOf, managerOf, deputyOf })
})

const keep = (one: DirectoryPerson) => perform(house, (tx) => keepPerson(tx, house, one, new Map()), undefined)
const sync = (people: DirectoryPerson[], departments: Directory['departments'] = []) =>
  perform(house, syncDirectory, { platform: people[0]!.platform, departments, people })
const who = (one: DirectoryPerson) => ask(house, (tx) => whoIs(tx, one.platform, one.appId, one.openId), undefined)
const checksOf = async (personId: string) =>
  (await ask(await as(admin), actions.checks, {})).checks.filter((check) => check.person.id === personId)
const account = async (id: string) => ask(await as(admin), actions.account, { id })
const setRules = async (rules: typeof peopleRulesSetting.initial) =>
  perform(await as(admin), actions.changePeopleRules, rules)

let numbers = 13_900_000_000
const aMobile = () => String(numbers++)

describe('somebody who comes from a platform', () => {
  test('is the person with his mobile number, however it is written', async () => {
    const mobile = aMobile()
    const li = await hire('小李', { mobile })
    const identity = told('wecom', newId(), 'xiaoli', { mobile: `+86 ${mobile.slice(0, 3)}-${mobile.slice(3)}` })
    expect(await keep(identity)).toBe(false)
    expect(await who(identity)).toBe(li)
    expect((await account(li)).account.identities).toMatchObject([{ platform: 'wecom', joinedBy: 'mobile', mobile }])
  })

  test('is the same person on the next platform, and brings what the first did not know', async () => {
    const tenant = newId()
    const [mobile, email] = [aMobile(), `${newId()}@example.com`]
    const onFeishu = told('feishu', tenant, 'ou', { name: '小何', mobile })
    const onDingtalk = told('dingtalk', tenant, 'dd', { name: '何某', mobile, email })
    const onWecom = told('wecom', tenant, 'ww', { email: email.toUpperCase() })
    await keep(onFeishu)
    await keep(onDingtalk)
    await keep(onWecom)
    const he = await who(onFeishu)
    expect(he).toBeDefined()
    expect([await who(onDingtalk), await who(onWecom)]).toEqual([he, he])
    expect((await account(he!)).account.identities.map(({ platform, joinedBy }) => [platform, joinedBy])).toEqual([
      ['dingtalk', 'mobile'],
      ['feishu', 'alone'],
      ['wecom', 'email'],
    ])
  })

  test('becomes a person of his own when two have his marks, and is to be checked', async () => {
    const [mobile, employeeNo] = [aMobile(), newId()]
    const [one, other] = [await hire('甲', { mobile }), await hire('乙', { employeeNo })]
    const identity = told('dingtalk', newId(), 'unclear', { mobile, employeeNo })
    expect(await keep(identity)).toBe(true)
    const own = await who(identity)
    expect([one, other]).not.toContain(own)
    const [check] = await checksOf(own!)
    expect(check).toMatchObject({ reason: 'ambiguous' })
    expect(check?.candidates.map(({ id }) => id).sort()).toEqual([one, other].sort())
  })

  test('who is found on one platform only is to be checked until another knows him too', async () => {
    const tenant = newId()
    const mobile = aMobile()
    await keep(told('feishu', tenant, 'first', { mobile: aMobile() }))
    const identity = told('dingtalk', tenant, 'second', { name: '新人', mobile })
    await keep(identity)
    const own = await who(identity)
    expect(await checksOf(own!)).toMatchObject([{ reason: 'unmatched' }])
    await keep(told('feishu', tenant, 'third', { name: '新人', mobile }))
    expect(await checksOf(own!)).toEqual([])
  })

  test('does not inherit the number of somebody who has left', async () => {
    const mobile = aMobile()
    const left = await hire('老张', { mobile })
    await perform(await as(admin), actions.endAccess, { id: left })
    const identity = told('wecom', newId(), 'newcomer', { mobile })
    await keep(identity)
    expect(await who(identity)).not.toBe(left)
  })

  test('does not inherit an id of the platform that somebody else had', async () => {
    const tenant = newId()
    const first = told('wecom', tenant, 'sales1', { name: '张三', mobile: aMobile() })
    await keep(first)
    const zhang = await who(first)
    await sync([told('wecom', tenant, 'boss', { name: '老板' })])
    const second = { ...first, name: '李四', mobile: aMobile() }
    await keep(second)
    expect(await who(second)).toBeDefined()
    expect(await who(second)).not.toBe(zhang)
    expect(await db.person.findUniqueOrThrow({ where: { id: zhang } })).toMatchObject({ active: false })
  })

  test('is matched by the marks that the administrator chose, in their order', async () => {
    const [mobile, employeeNo] = [aMobile(), newId()]
    const [byMobile, byNumber] = [await hire('丙', { mobile }), await hire('丁', { employeeNo })]
    await setRules({ matching: ['employeeNo'], leaving: 'any' })
    const identity = told('feishu', newId(), 'chosen', { mobile, employeeNo })
    await keep(identity)
    await setRules(peopleRulesSetting.initial)
    expect([byMobile, byNumber].indexOf((await who(identity)) ?? '')).toBe(1)
  })
})

describe('a directory that is read whole', () => {
  test('tells who has left and who leads whom', async () => {
    const tenant = newId()
    const staff = ['boss', 'manager', 'seller'].map((name) => told('dingtalk', tenant, name, { mobile: aMobile() }))
    const [boss, manager, seller] = staff as [DirectoryPerson, DirectoryPerson, DirectoryPerson]
    const led = [boss, { ...manager, managerStableId: 'boss' }, { ...seller, managerStableId: 'manager' }]
    expect(await sync(led)).toEqual({ known: 0, added: 3, left: 0 })
    expect(await sync(led)).toEqual({ known: 3, added: 0, left: 0 })
    const [bossId, managerId, sellerId] = await Promise.all(staff.map(who))
    expect(await ask(house, (tx) => managerOf(tx, sellerId!), undefined)).toBe(managerId)

    expect(await sync([boss, seller])).toEqual({ known: 2, added: 0, left: 1 })
    expect(await ask(house, (tx) => managerOf(tx, sellerId!), undefined), 'whoever left is passed over').toBe(bossId)
    expect(await ask(house, (tx) => deputyOf(tx, managerId!, moment), undefined)).toBe(bossId)
  })

  test('writes nothing of whom it tells again as before, and what is new of one', async () => {
    const tenant = newId()
    const departments = [{ externalId: `feishu:${tenant}`, parentExternalId: null, name: '业务部' }]
    const at = { departmentExternalId: `feishu:${tenant}`, mobile: aMobile(), employeeNo: newId() }
    const boss = told('feishu', tenant, 'boss', { title: '总监' })
    const people = [boss, told('feishu', tenant, 'li', { ...at, managerStableId: 'boss' })]
    await sync(people, departments)
    const writes = async () => {
      const [of] = await db.$queryRaw<object[]>`
        select array_agg(identity.xmin::text order by stable_id) as identities,
          array_agg(person.xmin::text order by stable_id) as people
        from identity join person on person.id = person_id where tenant = ${tenant}`
      return of
    }
    const before = await writes()
    await sync(people, departments)
    expect(await writes()).toEqual(before)

    const moved = told('feishu', tenant, 'li', { ...at, openId: 'another', title: '业务员' })
    await sync([boss, moved], departments)
    expect(await who(moved)).toBeDefined()
    const li = await account((await who(moved))!)
    expect(li.account.person).toMatchObject({ title: '业务员' })
  })

  test('sends nobody away when it suddenly names few', async () => {
    const tenant = newId()
    const staff = Array.from({ length: 10 }, (_, i) => told('feishu', tenant, `many-${i}`, { mobile: aMobile() }))
    await sync(staff)
    expect(await sync(staff.slice(0, 2))).toMatchObject({ left: 0 })
    expect(await who(staff[9]!)).toBeDefined()
    const fact = await db.event.findFirstOrThrow({ where: { name: 'org.directory-shrunk' }, orderBy: { id: 'desc' } })
    expect(fact.body).toEqual({ platform: 'feishu', known: 10, missing: 8 })
  })

  test('puts somebody into a department of its own, never out of that of another platform', async () => {
    const tenant = newId()
    const mobile = aMobile()
    const [sales, yard] = [`feishu:${newId()}`, `dingtalk:${newId()}`]
    const onFeishu = told('feishu', tenant, 'f', { mobile, departmentExternalId: sales })
    await sync([onFeishu], [{ externalId: sales, parentExternalId: null, name: '销售部' }])
    await sync(
      [told('dingtalk', tenant, 'd', { mobile, departmentExternalId: yard })],
      [{ externalId: yard, parentExternalId: null, name: '外勤' }],
    )
    expect((await account((await who(onFeishu))!)).account.person.department).toBe('销售部')
  })
})

describe('two persons who are one', () => {
  const aPair = async () => {
    const tenant = newId()
    const onFeishu = told('feishu', tenant, 'f', { name: '小方', mobile: aMobile() })
    const onWecom = told('wecom', tenant, 'w', { name: '方某' })
    await keep(onFeishu)
    await keep(onWecom)
    const [kept, gone] = [(await who(onFeishu))!, (await who(onWecom))!]
    await db.personRole.createMany({
      data: [
        { personId: kept, roleKey: 'seller' },
        { personId: gone, roleKey: 'seller' },
        { personId: gone, roleKey: 'buyer' },
      ],
    })
    return { onFeishu, onWecom, kept, gone }
  }
  const merge = async (id: string, goneId: string) => perform(await as(admin), actions.mergePeople, { id, goneId })

  test('become one with the identities, roles, reports and delegations of both, and nothing is left to check', async () => {
    const { onWecom, kept, gone } = await aPair()
    const report = await hire('下属', { managerId: gone })
    const boss = await hire('上级')
    const delegation = { id: newId(), fromId: boss, toId: gone, startsAt: moment, endsAt: new Date('2027-01-01') }
    await db.delegation.create({ data: delegation })
    expect(await checksOf(gone)).toHaveLength(1)

    const { account: one, merges } = await merge(kept, gone)
    expect(one.identities.map(({ platform }) => platform)).toEqual(['feishu', 'wecom'])
    expect(one.person.roles).toEqual(['buyer', 'seller'])
    expect(merges).toMatchObject([{ kept: { id: kept }, gone: { id: gone }, by: '阿杰', undoneAt: null }])
    expect(await who(onWecom)).toBe(kept)
    expect(await ask(house, (tx) => managerOf(tx, report), undefined)).toBe(kept)
    expect(await ask(house, (tx) => deputyOf(tx, boss, moment), undefined)).toBe(kept)
    expect(await checksOf(gone)).toEqual([])
    expect(await refusalOf(as(gone))).toBe('unknown_person')
    expect(await db.auditEntry.count({ where: { document: 'person', documentId: kept, action: 'merge' } })).toBe(1)
  })

  test('are two again when the merge is undone, once', async () => {
    const { onFeishu, onWecom, kept, gone } = await aPair()
    const report = await hire('下属', { managerId: gone })
    const { merges } = await merge(kept, gone)
    const undo = async () => perform(await as(admin), actions.undoMerge, { id: merges[0]!.id })
    await undo()
    expect([await who(onFeishu), await who(onWecom)]).toEqual([kept, gone])
    expect((await as(kept)).roles).toEqual(['seller'])
    expect((await as(gone)).roles).toContain('buyer')
    expect(await ask(house, (tx) => managerOf(tx, report), undefined)).toBe(gone)
    expect(await refusalOf(undo())).toBe('merge_undone')
  })

  test('are merged once by two administrators at the same moment', async () => {
    const { kept, gone } = await aPair()
    const outcomes = await Promise.allSettled([merge(kept, gone), merge(kept, gone)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await db.personMerge.count({ where: { goneId: gone } })).toBe(1)
  })

  test('nobody is merged with himself, into somebody who has left, or by somebody who is no administrator', async () => {
    const { kept, gone } = await aPair()
    expect(await refusalOf(merge(kept, kept))).toBe('same_person')
    await perform(await as(admin), actions.endAccess, { id: gone })
    expect(await refusalOf(merge(gone, kept))).toBe('person_gone')
    expect(await refusalOf(perform(await as(kept), actions.mergePeople, { id: kept, goneId: gone }))).toBe('forbidden')
  })
})

describe('an identity that was given to the wrong person', () => {
  test('becomes a person of its own without rights, and ends the sessions it had opened', async () => {
    const tenant = newId()
    const mobile = aMobile()
    const [onFeishu, onWecom] = [told('feishu', tenant, 'f', { mobile }), told('wecom', tenant, 'w', { mobile })]
    await keep({ ...onFeishu, name: '小孙' })
    await keep({ ...onWecom, name: '孙二' })
    const sun = (await who(onFeishu))!
    await db.personRole.create({ data: { personId: sun, roleKey: 'owner' } })
    await perform(await as(sun), openSession, { platform: 'wecom', userAgent: '' })

    const { platform, stableId } = onWecom
    const split = { id: sun, newId: newId(), identity: { platform, tenant, stableId } }
    const { account: other } = await perform(await as(admin), actions.splitIdentity, split)
    expect(other.person).toMatchObject({ id: split.newId, name: '孙二', roles: [] })
    expect(await who(onWecom)).toBe(split.newId)
    expect(await db.session.count({ where: { personId: sun, revokedAt: null } })).toBe(0)
    expect(await keep(onWecom), 'what was split by hand stays split').toBe(false)
    expect(await who(onWecom)).toBe(split.newId)

    const last = { id: split.newId, newId: newId(), identity: split.identity }
    expect(await refusalOf(perform(await as(admin), actions.splitIdentity, last))).toBe('only_identity')
  })
})

describe('somebody whom a platform gives another id', () => {
  test('stays who he is, and is reached under the new one', async () => {
    const before = told('wecom', newId(), 'xiaobai', { name: '小白' })
    await keep(before)
    const bai = await who(before)
    const after = { ...before, stableId: 'baiyun', openId: 'baiyun', formerStableId: 'xiaobai' }
    expect([await keep(after), await keep(after)]).toEqual([false, false])
    expect([await who(before), await who(after)]).toEqual([undefined, bai])
  })

  test('takes nobody’s place who already has that id', async () => {
    const [one, other] = [
      told('wecom', newId(), 'one', { name: '甲' }),
      told('wecom', newId(), 'other', { name: '乙' }),
    ]
    await keep(one)
    await keep({ ...other, tenant: one.tenant })
    const [first, second] = [await who(one), await who(other)]
    await keep({ ...other, tenant: one.tenant, formerStableId: 'one' })
    expect([await who(one), await who(other)]).toEqual([first, second])
  })
})

describe('the chart', () => {
  test('has no circles', async () => {
    const boss = await hire('老板')
    const manager = await hire('经理', { managerId: boss })
    const set = async (id: string, managerId: string | null) =>
      perform(await as(admin), actions.setManager, { id, managerId })
    expect(await refusalOf(set(boss, manager))).toBe('manager_circle')
    expect(await refusalOf(set(boss, boss))).toBe('same_person')
    expect((await set(manager, null)).account.manager).toBeNull()
  })
})
