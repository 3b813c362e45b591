import { afterEach, beforeEach, expect, test } from 'vitest'

import { aCompany, contactSecret } from './test-company.ts'
import type { Company } from './test-company.ts'

let company: Company
beforeEach(async () => {
  company = await aCompany()
})
afterEach(() => company.close())

test('departments are told with the root and everything below it', async () => {
  const { department_id } = await company.call('GET', 'department/simplelist')
  expect(department_id).toMatchObject([
    { id: 1, parentid: 0 },
    { id: 2, parentid: 1 },
    { id: 3, parentid: 2 },
    { id: 4, parentid: 1 },
  ])
  expect(await company.call('GET', 'department/get?id=2')).toMatchObject({
    department: { id: 2, name: '销售部', department_leader: ['Wangjie'], parentid: 1 },
  })
})

test('a self-built app sees names, departments and leaders, and neither mobile nor mail nor picture', async () => {
  const { userlist } = await company.call('GET', 'user/list?department_id=2')
  expect(userlist).toMatchObject([
    { userid: 'Xiaoli', name: 'xiaoli', department: [2], main_department: 2, direct_leader: ['Wangjie'], status: 1 },
    { userid: 'Wangjie', is_leader_in_dept: [1] },
  ])
  const user = await company.call('GET', 'user/get?userid=XIAOLI')
  expect(user).toMatchObject({ errcode: 0, userid: 'Xiaoli' })
  for (const hidden of ['mobile', 'email', 'biz_mail', 'avatar', 'gender', 'address'])
    expect(user).not.toHaveProperty(hidden)
})

test('a department lists its own people only, unless those below are asked for', async () => {
  const names = async (path: string) => (await company.call('GET', path))['userlist']
  expect(await names('user/simplelist?department_id=1')).toEqual([])
  expect(await names('user/simplelist?department_id=1&fetch_child=1')).toHaveLength(3)
})

test('the contact secret lists the ids of everybody, page by page, and the last page has no cursor', async () => {
  const first = await company.call('POST', 'user/list_id', { limit: 2 }, contactSecret)
  expect(first).toMatchObject({ dept_user: [{ userid: 'Xiaoli', department: 2 }, { userid: 'Wangjie' }] })
  const last = await company.call('POST', 'user/list_id', { limit: 2, cursor: first['next_cursor'] }, contactSecret)
  expect(last).toMatchObject({ dept_user: [{ userid: 'Laozhao', department: 4 }] })
  expect(last).not.toHaveProperty('next_cursor')
})

test('apps hear who came, who moved and who left, with ids alone', async () => {
  const more = { name: '小方', en: 'Fang', mobile: '1', email: 'f@example.com', employeeNumber: 'E-f' }
  await company.control('POST', '/wecom/people', {
    key: 'xiaofang',
    department: 'sales',
    title: { zh: '销售', en: 'Seller' },
    ...more,
  })
  expect(await company.product.event(0)).toMatchObject({
    ...{ FromUserName: 'sys', MsgType: 'event', Event: 'change_contact' },
    ...{ ChangeType: 'create_user', UserID: 'Xiaofang', Department: '2' },
  })
  await company.control('PATCH', '/wecom/people/xiaofang', { department: 'store' })
  expect(await company.product.event(1)).toMatchObject({
    ChangeType: 'update_user',
    UserID: 'Xiaofang',
    Department: '4',
  })
  await company.control('POST', '/wecom/people/xiaofang/leave')
  const left = await company.product.event(2)
  expect(left).toMatchObject({ ChangeType: 'delete_user', UserID: 'Xiaofang' })
  expect(left).not.toHaveProperty('Department')
  expect(await company.call('GET', 'user/get?userid=xiaofang')).toMatchObject({ errcode: 60111 })
})

test('a new title is no event: only departments and userids are', async () => {
  await company.control('PATCH', '/wecom/people/xiaoli', { title: { zh: '店长', en: 'Head' } })
  await company.control('PATCH', '/wecom/settings', { userIds: { xiaoli: 'LiXiao' } })
  expect(await company.product.event(0)).toMatchObject({
    ChangeType: 'update_user',
    UserID: 'Xiaoli',
    NewUserID: 'LiXiao',
  })
  expect(await company.call('GET', 'user/get?userid=lixiao')).toMatchObject({ name: 'xiaoli', position: '店长' })
})

test('departments come, move and go with an event each', async () => {
  await company.control('POST', '/wecom/departments', { key: 'van', name: '车销组', en: 'Van', parent: 'sales' })
  expect(await company.product.event(0)).toMatchObject({ ChangeType: 'create_party', Id: '5', ParentId: '2' })
  await company.control('POST', '/wecom/departments', { key: 'van', name: '车销组', en: 'Van' })
  expect(await company.product.event(1)).toMatchObject({ ChangeType: 'update_party', Id: '5', ParentId: '1' })
  await company.control('DELETE', '/wecom/departments/van')
  expect(await company.product.event(2)).toMatchObject({ ChangeType: 'delete_party', Id: '5' })
})
