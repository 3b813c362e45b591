import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Tenant } from '../../../simulator/dingtalk/test-tenant.ts'
import type { Person } from '../../../simulator/index.ts'
import { dingtalk } from './index.ts'
import { aCompany, settingsFor } from './test-company.ts'

let tenant: Tenant
afterEach(() => tenant.close())

const read = () => dingtalk(settingsFor(tenant)).readDirectory()

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
    platforms: ['dingtalk'],
  }))

test('is read whole, page by page: departments with their parents, everybody once', async () => {
  tenant = await aCompany({ simulator: { people: crowd(373) } })
  const { departments, people } = await read()
  expect(departments.map((department) => department.name).toSorted()).toEqual(['仓储部', '销售部', '门店'].toSorted())
  const sales = departments.find((department) => department.name === '销售部')
  expect(sales?.parentExternalId).toBeNull()
  expect(departments.find((department) => department.name === '门店')?.parentExternalId).toBe(sales?.externalId)
  expect(people).toHaveLength(373)
  expect(new Set(people.map((person) => person.stableId)).size).toBe(373)
  const seventh = people.find((person) => person.name === '员工7')
  expect(seventh).toMatchObject({ employeeNo: 'E7', email: 'p7@example.com', mobile: '19900000007', title: '职员' })
  expect(departments.find(({ externalId }) => externalId === seventh?.departmentExternalId)?.name).toBe('门店')
})

test('somebody whose mobile and e-mail the app may not read is read all the same', async () => {
  tenant = await aCompany()
  const scopes = ['qyapi_get_department_list', 'qyapi_get_department_member']
  await tenant.control('PATCH', '/dingtalk/settings', { scopes })
  const { people } = await read()
  expect(people.map((person) => [person.mobile, person.email])).toEqual(people.map(() => [undefined, undefined]))
  expect(people.map((person) => person.employeeNo)).toContain('E-xiaoli')
})

test('a person comes with his manager', async () => {
  tenant = await aCompany()
  const { people } = await read()
  const managerOf = (name: string) => people.find((person) => person.name === name)?.managerStableId
  expect(managerOf('xiaoli')).toBe(tenant.idsOf('wangjie').userId)
  expect(managerOf('wangjie')).toBeUndefined()
})

test('a refusal of the platform is an error, never an empty company', async () => {
  tenant = await aCompany()
  await tenant.control('PATCH', '/dingtalk/settings', { scopes: [] })
  await expect(read()).rejects.toThrow('DingTalk refused the departments: 60011')
})

test('where lists leave managers out, it is who leads the department, or the next one up', async () => {
  tenant = await aCompany()
  const answers: Record<string, unknown> = {
    '/gettoken': { errcode: 0, access_token: 't', expires_in: 7200 },
    '/topapi/v2/department/listsub 1': { result: [{ dept_id: 2, parent_id: 1, name: '销售部' }] },
    '/topapi/v2/department/listsub 2': { result: [] },
    '/topapi/v2/user/list 1': {
      result: { has_more: false, list: [{ userid: 'boss', leader: true, dept_id_list: [1] }] },
    },
    '/topapi/v2/user/list 2': {
      result: {
        has_more: false,
        list: [
          { userid: 'head', leader: true, dept_id_list: [2] },
          { userid: 'seller', leader: false, dept_id_list: [2] },
        ],
      },
    },
  }
  const server = await aServer(answers)
  const { port } = server.address() as AddressInfo // of a TCP server
  const { people } = await dingtalk(settingsFor(tenant, { oapiUrl: `http://127.0.0.1:${port}` })).readDirectory()
  server.close()
  expect(people.map(({ openId, managerStableId }) => [openId, managerStableId])).toEqual([
    ['boss', undefined],
    ['head', 'boss'],
    ['seller', 'head'],
  ])
})

/** Answers each path, with the department that is asked for, as DingTalk's own documents say. */
async function aServer(answers: Record<string, unknown>): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { dept_id: id } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { dept_id?: number } // our own call
      const path = (request.url ?? '').replace(/\?.*/, '')
      response.end(JSON.stringify(answers[id === undefined ? path : `${path} ${id}`]))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}
