import { afterEach, beforeEach, expect, test } from 'vitest'

import { eventually } from '../test-eventually.ts'
import type { Fields } from '../request-body.ts'
import { isFields } from '../request-body.ts'
import { dingtalkDepartmentId } from './ids.ts'
import { aTenant, corpId } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'
import { connected, settings } from './test-requests.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

const resultOf = async (path: string, body: Fields = {}) =>
  (await tenant.oldCall(`/topapi/${path}`, body)).body['result']
const department = (key: string) => dingtalkDepartmentId(key, corpId)

test('departments are read level by level, from the root', async () => {
  expect(await resultOf('v2/department/listsub')).toMatchObject([
    { name: '销售部', dept_id: department('sales'), parent_id: 1 },
    { name: '仓储部', dept_id: department('store'), parent_id: 1 },
  ])
  expect(await resultOf('v2/department/listsub', { dept_id: department('sales') })).toMatchObject([
    { name: '门店', parent_id: department('sales') },
  ])
  expect(await resultOf('v2/department/get', { dept_id: department('store') })).toMatchObject({ name: '仓储部' })
})

test('the people of a department are read page by page', async () => {
  const names: unknown[] = []
  for (let cursor: unknown = 0; cursor !== undefined;) {
    const page = await resultOf('v2/user/list', { dept_id: department('sales'), cursor, size: 1 })
    const { list, next_cursor } = page as { list: Fields[]; next_cursor?: number }
    names.push(...list.map((user) => user['name']))
    cursor = next_cursor
  }
  expect(names).toEqual(['xiaoli', 'wangjie'])
  const ids = await resultOf('user/listid', { dept_id: department('sales') })
  expect(ids).toEqual({ userid_list: ['xiaoli', 'wangjie'].map((key) => tenant.idsOf(key).userId) })
})

test('a person is found by userid, mobile number and unionid', async () => {
  const { userId, unionId } = tenant.idsOf('xiaoli')
  expect(await resultOf('v2/user/get', { userid: userId })).toMatchObject({
    ...{
      userid: userId,
      unionid: unionId,
      name: 'xiaoli',
      title: '销售',
      job_number: 'E-xiaoli',
      mobile: '13800000006',
    },
    ...{ dept_id_list: [department('sales')], manager_userid: tenant.idsOf('wangjie').userId },
  })
  expect(await resultOf('v2/user/getbymobile', { mobile: '13800000006' })).toMatchObject({ userid: userId })
  expect(await resultOf('user/getbyunionid', { unionid: unionId })).toMatchObject({ userid: userId })
})

test('the old api takes forms as well as JSON', async () => {
  const given = new URLSearchParams({ userid: tenant.idsOf('xiaoli').userId })
  const path = `/topapi/v2/user/get?access_token=${await tenant.token()}`
  const response = await fetch(tenant.url + path, { method: 'POST', body: given })
  expect(await response.json()).toMatchObject({ errcode: 0, result: { name: 'xiaoli' } })
})

test('mobile number and address need a permission of their own', async () => {
  await settings(tenant, { scopes: ['qyapi_get_member', 'fieldEmail'] })
  const user = await resultOf('v2/user/get', { userid: tenant.idsOf('xiaoli').userId })
  expect(Object.keys(isFields(user) ? user : {})).toContain('email')
  expect(Object.keys(isFields(user) ? user : {})).not.toContain('mobile')
})

test('whoever has left is in the directory no more', async () => {
  await tenant.control('POST', '/dingtalk/people/xiaoli/leave')
  const { userId } = tenant.idsOf('xiaoli')
  expect((await tenant.oldCall('/topapi/v2/user/get', { userid: userId })).body['errcode']).toBe(60121)
  expect(await resultOf('user/listid', { dept_id: department('sales') })).toEqual({
    userid_list: [tenant.idsOf('wangjie').userId],
  })
})

test('people and departments that come, change and go are told with their ids alone', async () => {
  const { pushes } = await connected(tenant, () => ({ status: 'SUCCESS' }))
  const person = { key: 'xiaobai', name: '小白', en: 'Bai', mobile: '13900000000', email: 'bai@example.com' }
  const title = { zh: '销售', en: 'Seller' }
  await tenant.control('POST', '/dingtalk/people', { ...person, employeeNumber: 'E9', department: 'sales', title })
  await tenant.control('PATCH', '/dingtalk/people/xiaobai', { department: 'store' })
  await tenant.control('POST', '/dingtalk/departments', { key: 'export', name: '外贸部', en: 'Export' })
  await tenant.control('POST', '/dingtalk/departments', { key: 'export', name: '国际部', en: 'Export' })
  await tenant.control('DELETE', '/dingtalk/departments/export')
  await eventually(() => (pushes.length >= 5 ? true : undefined))
  const told = pushes.map((push) => [push.headers['eventType'], push.data['userId'] ?? push.data['deptId']])
  expect(told).toEqual([
    ['user_add_org', [tenant.idsOf('xiaobai').userId]],
    ['user_modify_org', [tenant.idsOf('xiaobai').userId]],
    ['org_dept_create', [department('export')]],
    ['org_dept_modify', [department('export')]],
    ['org_dept_remove', [department('export')]],
  ])
})
