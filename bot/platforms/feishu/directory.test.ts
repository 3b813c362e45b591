import { afterEach, expect, test } from 'vitest'
import { aTenant, type Tenant } from '../../../simulator/feishu/test-tenant.ts'
import type { Person } from '../../../simulator/index.ts'
import { feishu } from './index.ts'

let tenant: Tenant
afterEach(() => tenant.close())

const read = () =>
  feishu({
    ...tenant.app,
    tenantKey: 'tenant-of-tests',
    baseUrl: tenant.url,
    accountsUrl: tenant.url,
    receive: 'long_connection',
    appUrl: 'https://app.example',
  }).readDirectory()

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
    platforms: ['feishu'],
  }))

test('is read whole, page by page: departments with their parents, everybody once', async () => {
  tenant = await aTenant({ simulator: { people: crowd(173) } })
  const { departments, people } = await read()
  expect(departments.map((department) => department.name).toSorted()).toEqual(['仓储部', '销售部', '门店'].toSorted())
  const sales = departments.find((department) => department.name === '销售部')
  expect(sales?.parentExternalId).toBeNull()
  expect(departments.find((department) => department.name === '门店')?.parentExternalId).toBe(sales?.externalId)
  expect(people).toHaveLength(173)
  expect(new Set(people.map((person) => person.stableId)).size).toBe(173)
  expect(people.find((person) => person.name === '员工7')).toMatchObject({ employeeNo: 'E7', email: 'p7@example.com' })
})

test('a refusal of the platform is an error, never an empty company', async () => {
  tenant = await aTenant()
  await tenant.control('PATCH', '/feishu/settings', { contactScopeIsAll: false })
  await expect(read()).rejects.toThrow(/./)
})
