import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../../simulator/index.ts'
import { aCompany, type Company, corpId } from '../../../simulator/wecom/test-company.ts'
import { wecomApi } from './api.ts'
import { changedPerson } from './directory.ts'
import { wecom } from './index.ts'
import { settingsOf } from './test-settings.ts'

let company: Company
afterEach(() => company.close())

const read = () => wecom(settingsOf(company)).readDirectory()

const crowd = (count: number): Person[] =>
  Array.from({ length: count }, (_, i) => ({
    key: `p${i}`,
    name: `员工${i}`,
    en: `P${i}`,
    mobile: `1990000${String(i).padStart(4, '0')}`,
    email: `p${i}@example.com`,
    employeeNumber: `E${i}`,
    department: i % 3 === 0 ? 'store' : 'counter',
    title: { zh: '职员', en: 'Clerk' },
    platforms: ['wecom'],
  }))

describe('the directory', () => {
  test('is read whole: departments with their parents, everybody once and in one spelling', async () => {
    company = await aCompany({ simulator: { people: crowd(60) } })
    const { departments, people } = await read()
    expect(departments.map(({ name }) => name).toSorted()).toEqual(['仓储部', '销售部', '门店'].toSorted())
    const sales = departments.find(({ name }) => name === '销售部')
    expect(sales?.parentExternalId).toBeNull()
    expect(departments.find(({ name }) => name === '门店')?.parentExternalId).toBe(sales?.externalId)
    expect(new Set(people.map(({ stableId }) => stableId)).size).toBe(60)
    expect(people.find(({ name }) => name === '员工7')).toEqual({
      platform: 'wecom',
      tenant: corpId,
      appId: `${corpId}-${company.app.agentId}`,
      stableId: 'p7',
      openId: 'p7',
      name: '员工7',
      enName: 'P7',
      title: '职员',
      employeeNo: 'E7',
      departmentExternalId: departments.find(({ name }) => name === '门店')?.externalId,
    })
  })

  test('knows those without a number by their account, where that is one', async () => {
    const [one, other] = crowd(2).map((person) => ({ ...person, employeeNumber: '' }))
    company = await aCompany({
      simulator: {
        people: [
          { ...one!, key: 'p1001' },
          { ...other!, key: 'chen' },
        ],
      },
    })
    const numbers = (await read()).people.map(({ stableId, employeeNo }) => [stableId, employeeNo])
    expect(Object.fromEntries(numbers)).toEqual({ p1001: 'P1001', chen: undefined })
  })

  test('holds nobody who has left', async () => {
    company = await aCompany()
    await company.control('POST', '/wecom/people/laozhao/leave')
    expect((await read()).people.map(({ stableId }) => stableId).toSorted()).toEqual(['wangjie', 'xiaoli'])
  })

  test('that WeCom refuses is an error, never an empty company', async () => {
    company = await aCompany()
    await company.control('PATCH', '/wecom/settings', { visible: ['xiaoli'] })
    await expect(read()).rejects.toThrow('60011')
  })
})

describe('somebody of whom only the account came', () => {
  beforeEach(async () => {
    company = await aCompany()
  })
  const told = (more: object) =>
    changedPerson(
      wecomApi(settingsOf(company)),
      settingsOf(company),
    )({ kind: 'changed-person', eventKey: 'event-1', userId: 'XiaoLi', formerId: undefined, ...more })

  test('is told with all that WeCom knows of him', async () => {
    expect(await told({})).toMatchObject({
      kind: 'person',
      eventKey: 'event-1',
      person: { stableId: 'xiaoli', name: 'xiaoli', title: '销售', managerStableId: 'wangjie' },
    })
  })

  test('under a new account is still known by his former one', async () => {
    await company.control('PATCH', '/wecom/settings', { userIds: { xiaoli: 'LiMing' } })
    expect(await told({ userId: 'LiMing', formerId: 'XiaoLi' })).toMatchObject({
      kind: 'person',
      person: { stableId: 'liming', formerStableId: 'xiaoli' },
    })
  })

  test('and cannot be read means that the whole directory is', async () => {
    expect(await told({ userId: 'nobody' })).toEqual({ kind: 'directory', eventKey: 'event-1' })
  })
})
