import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Fields } from '../request-body.ts'
import { textOf } from '../request-body.ts'
import { aTenant, textTo } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'
import { aGroup, bySession, createTodo, notice, sessionOf, settings, toGroup, toPeople } from './test-requests.ts'

const DAY_MS = 86_400_000

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

const contents = async (person = 'xiaoli') => (await tenant.inbox(person)).map((message) => message.content)

test('a text of the robot reaches whom it reaches, and the answer lists the rest', async () => {
  await settings(tenant, { blockedBy: ['wangjie'], flowControlled: ['laozhao'] })
  const [xiaoli = '', wangjie = '', laozhao = ''] = ['xiaoli', 'wangjie', 'laozhao'].map(
    (key) => tenant.idsOf(key).userId,
  )
  const { body } = await toPeople(tenant, textTo(tenant.app, [xiaoli, wangjie, laozhao, 'stranger'], '早'))
  expect(body).toMatchObject({ invalidStaffIdList: [wangjie, 'stranger'], flowControlledStaffIdList: [laozhao] })
  expect([await contents('xiaoli'), await contents('wangjie'), await contents('laozhao')]).toEqual([['早'], [], []])
})

test.each<[string, Fields, Fields]>([
  ['sampleMarkdown', { title: 't', text: '**x**' }, { kind: 'markdown', text: '**x**' }],
  [
    'sampleLink',
    { title: 't', text: 'x', messageUrl: 'https://a.example/' },
    { kind: 'link', url: 'https://a.example/' },
  ],
  ['sampleImageMsg', { photoURL: 'https://a.example/p.png' }, { kind: 'image', url: 'https://a.example/p.png' }],
  [
    'sampleActionCard',
    { title: 't', text: 'x', singleTitle: '看', singleURL: 'https://a.example/' },
    { kind: 'actionCard', isRow: false, buttons: [{ title: '看', url: 'https://a.example/' }] },
  ],
  [
    'sampleActionCard2',
    { title: 't', text: 'x', actionTitle1: 'a', actionURL1: 'https://a/', actionTitle2: 'b', actionURL2: 'https://b/' },
    { kind: 'actionCard', isRow: false, buttons: [{ title: 'a' }, { title: 'b' }] },
  ],
  [
    'sampleActionCard6',
    { title: 't', text: 'x', buttonTitle1: 'a', buttonUrl1: 'https://a/', buttonTitle2: 'b', buttonUrl2: 'https://b/' },
    { kind: 'actionCard', isRow: true, buttons: [{ title: 'a' }, { title: 'b' }] },
  ],
])('a message of key %s is shown as what it is', async (msgKey, param, shown) => {
  await toPeople(tenant, { msgKey, msgParam: JSON.stringify(param) })
  expect(await contents()).toMatchObject([shown])
})

test('the buttons of an action card open their links and call nobody', async () => {
  const param = { title: 't', text: 'x', singleTitle: '看', singleURL: 'https://a.example/' }
  await toPeople(tenant, { msgKey: 'sampleActionCard', msgParam: JSON.stringify(param) })
  const [card] = await tenant.inbox('xiaoli')
  expect(await tenant.click(card?.messageId ?? '', 'xiaoli', '看')).toEqual({ openUrl: 'https://a.example/' })
  expect(await tenant.click(card?.messageId ?? '', 'wangjie', '看')).toHaveProperty('error')
})

test('a message to a group reaches its members', async () => {
  await toGroup(tenant, await aGroup(tenant, ['xiaoli', 'wangjie']))
  expect([await contents('xiaoli'), await contents('wangjie'), await contents('laozhao')]).toEqual([
    ['hello'],
    ['hello'],
    [],
  ])
})

test.each<[string, Fields, unknown]>([
  ['text', { text: { content: '库存' } }, '库存'],
  ['markdown', { markdown: { title: 't', text: '**x**' } }, { kind: 'markdown' }],
  ['link', { link: { title: 't', text: 'x', messageUrl: 'https://a.example/' } }, { kind: 'link' }],
  [
    'actionCard',
    { actionCard: { title: 't', text: 'x', btnOrientation: '1', btns: [{ title: 'a', actionURL: 'https://a/' }] } },
    { kind: 'actionCard', isRow: true },
  ],
])('a %s is answered at the address that came with a message', async (msgtype, more, shown) => {
  const { body } = await bySession(tenant, await sessionOf(tenant), { msgtype, ...more })
  expect(body['errcode']).toBe(0)
  const [content] = await contents()
  if (typeof shown === 'string') expect(content).toBe(shown)
  else expect(content).toMatchObject(shown as Fields)
})

test('work notifications arrive in a chat of their own', async () => {
  const btn_json_list = [{ title: '同意', action_url: 'https://a.example/' }]
  const msg = {
    msgtype: 'action_card',
    action_card: { title: 't', markdown: 'x', btn_orientation: '0', btn_json_list },
  }
  expect((await notice(tenant, { msg })).body).toMatchObject({ errcode: 0, task_id: 1 })
  const { chats } = await tenant.control('GET', '/dingtalk/people/xiaoli/chats')
  expect(chats).toMatchObject([
    { name: '一单' },
    { name: '工作通知:一单', messages: [{ content: { kind: 'actionCard' } }] },
  ])
})

test('the same notification to the same person is dropped silently until the next day', async () => {
  await notice(tenant)
  const repeated = await notice(tenant)
  expect(repeated.body['errcode']).toBe(0)
  expect(await contents()).toEqual(['hello'])
  const asked = { agent_id: tenant.app.agentId, task_id: repeated.body['task_id'] }
  const result = await tenant.oldCall('/topapi/message/corpconversation/getsendresult', asked)
  expect(result.body['send_result']).toMatchObject({ forbidden_list: [{ code: 143106 }] })
  tenant.clock.advance(DAY_MS)
  await notice(tenant)
  expect(await contents()).toEqual(['hello', 'hello'])
})

test('an employee gets five hundred notifications a day and no more', async () => {
  const path = `/topapi/message/corpconversation/asyncsend_v2?access_token=${await tenant.token()}`
  const to = { agent_id: tenant.app.agentId, userid_list: tenant.idsOf('xiaoli').userId }
  for (let count = 0; count <= 500; count += 1) {
    if (count % 20 === 0) tenant.clock.advance(1000)
    await tenant.fetched('POST', path, { ...to, msg: { msgtype: 'text', text: { content: `${count}` } } })
  }
  expect(await contents()).toHaveLength(500)
})

test('a notification goes to the people of departments, or to everybody', async () => {
  await notice(tenant, { userid_list: '', to_all_user: true })
  for (const person of ['xiaoli', 'wangjie', 'laozhao']) expect(await contents(person)).toEqual(['hello'])
})

test('a to-do reminds whoever shall do it, and is done for all when each has done it', async () => {
  const [xiaoli, wangjie] = [tenant.idsOf('xiaoli').unionId, tenant.idsOf('wangjie').unionId]
  const given = { executorIds: [xiaoli, wangjie], dueTime: 1_800_000_000_000, notifyConfigs: { dingNotify: '1' } }
  const { body } = await createTodo(tenant, { ...given, sourceId: 'approval-1' }, 'xiaoli', `?operatorId=${xiaoli}`)
  const path = `/v1.0/todo/users/${xiaoli}/tasks/${textOf(body['id'])}`
  expect(await contents('wangjie')).toMatchObject([{ kind: 'todo', subject: '审批 SO1', isDone: false }])
  await tenant.call('PUT', `${path}/executorStatus`, { executorStatusList: [{ id: xiaoli, isDone: true }] })
  expect([await contents('xiaoli'), await contents('wangjie')]).toMatchObject([[{ isDone: true }], [{ isDone: false }]])
  expect((await tenant.call('GET', path)).body).toMatchObject({ done: false, sourceId: 'approval-1' })
  await tenant.call('PUT', `${path}/executorStatus`, { executorStatusList: [{ id: wangjie, isDone: true }] })
  expect((await tenant.call('GET', path)).body).toMatchObject({ done: true })
})

test('a to-do can be changed, completed and taken away', async () => {
  const { unionId } = tenant.idsOf('xiaoli')
  const { body } = await createTodo(tenant, { notifyConfigs: { dingNotify: '1' } })
  const path = `/v1.0/todo/users/${unionId}/tasks/${textOf(body['id'])}`
  await tenant.call('PUT', path, { subject: '审批 SO2', done: true })
  expect(await contents()).toMatchObject([{ subject: '审批 SO2', isDone: true }])
  await tenant.call('DELETE', path)
  expect((await tenant.call('GET', path)).status).toBe(404)
})
