import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Fields } from '../request-body.ts'
import { isFields } from '../request-body.ts'
import { aTenant, cardValues } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'
import { aGroup, settings, updateCard } from './test-requests.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

const variablesOf = async (person: string): Promise<Fields> => {
  const content = (await tenant.inbox(person))[0]?.content
  return isFields(content) && isFields(content['variables']) ? content['variables'] : {}
}
const resultsOf = (answer: { body: Fields }) =>
  isFields(answer.body['result']) ? (answer.body['result']['deliverResults'] as Fields[]) : []
const byKey = { cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true } }

test('a card arrives as its template lays it out', async () => {
  const answer = await tenant.createCard('xiaoli')
  expect(answer.body).toMatchObject({ success: true, result: { outTrackId: 'card-1' } })
  expect(resultsOf(answer)).toMatchObject([{ spaceType: 'IM_ROBOT', success: true, errorMsg: '' }])
  const [card] = await tenant.inbox('xiaoli')
  expect(card).toMatchObject({
    kind: 'card',
    version: 0,
    content: {
      variables: cardValues,
      blocks: [
        { kind: 'header', title: '订单 SO1 待审批', tags: [{ text: '待审批' }] },
        { kind: 'markdown', text: '**¥6,243.64**' },
        { kind: 'divider' },
        { kind: 'field', field: { name: 'comment' } },
        { kind: 'buttons', buttons: [{ name: 'approve', text: '同意' }] },
        { kind: 'buttons', buttons: [{ name: 'reject', confirm: { title: '拒绝？', text: '不可撤销' } }] },
      ],
    },
  })
})

test('an update by key changes what it names; without that it wipes everything else', async () => {
  await tenant.createCard('xiaoli')
  await updateCard(tenant, { status: '已同意' }, byKey)
  expect(await variablesOf('xiaoli')).toEqual({ ...cardValues, status: '已同意' })
  await updateCard(tenant, { status: '已关闭' })
  expect(await variablesOf('xiaoli')).toEqual({ status: '已关闭' })
  expect((await tenant.inbox('xiaoli'))[0]?.version).toBe(2)
})

test('a viewer has variables of his own, over those of everybody', async () => {
  const group = await aGroup(tenant, ['xiaoli', 'wangjie'])
  const toGroup = {
    openSpaceId: `dtv1.card//IM_GROUP.${group}`,
    imGroupOpenSpaceModel: {},
    imGroupOpenDeliverModel: { robotCode: tenant.app.clientId },
  }
  const { userId } = tenant.idsOf('xiaoli')
  await tenant.createCard('xiaoli', { ...toGroup, privateData: { [userId]: { cardParamMap: { status: '待你审批' } } } })
  expect([(await variablesOf('xiaoli'))['status'], (await variablesOf('wangjie'))['status']]).toEqual([
    '待你审批',
    '待审批',
  ])
  const privateData = { [userId]: { cardParamMap: { remark: '你已同意' } } }
  await tenant.call('PUT', '/v1.0/card/instances', { outTrackId: 'card-1', privateData, ...byKey })
  expect(await variablesOf('xiaoli')).toMatchObject({ status: '待你审批', remark: '你已同意' })
  await tenant.call('PUT', '/v1.0/card/instances', { outTrackId: 'card-1', privateData })
  expect((await variablesOf('xiaoli'))['status']).toBe('待审批')
})

test('a card in a group may be shown to some of it only', async () => {
  const group = await aGroup(tenant, ['xiaoli', 'wangjie'])
  await tenant.createCard('xiaoli', {
    openSpaceId: `dtv1.card//IM_GROUP.${group}`,
    imGroupOpenSpaceModel: {},
    imGroupOpenDeliverModel: { robotCode: tenant.app.clientId, recipients: [tenant.idsOf('wangjie').userId] },
  })
  expect([(await tenant.inbox('xiaoli')).length, (await tenant.inbox('wangjie')).length]).toEqual([0, 1])
})

test('one card goes to several spaces, and an update reaches all of them', async () => {
  const spaces = ['xiaoli', 'wangjie'].map((person) => `dtv1.card//IM_ROBOT.${tenant.idsOf(person).userId}`)
  await tenant.createCard('xiaoli', { openSpaceId: spaces.join(';') })
  await updateCard(tenant, { status: '已同意' }, byKey)
  for (const person of ['xiaoli', 'wangjie']) expect(await variablesOf(person)).toMatchObject({ status: '已同意' })
})

test('people may be named by unionId', async () => {
  const openSpaceId = `dtv1.card//IM_ROBOT.${tenant.idsOf('xiaoli').unionId}`
  expect(resultsOf(await tenant.createCard('xiaoli', { userIdType: 2, openSpaceId }))).toMatchObject([
    { success: true },
  ])
})

test('a space that is not reached is told in an answer that is otherwise a yes', async () => {
  await settings(tenant, { blockedBy: ['xiaoli'] })
  const answer = await tenant.createCard('xiaoli')
  expect([answer.status, answer.body['success']]).toEqual([200, true])
  expect(resultsOf(answer)).toMatchObject([{ success: false, errorMsg: expect.stringContaining('robot') }])
  const group = await aGroup(tenant, ['xiaoli'], false)
  const inGroup = await tenant.createCard('xiaoli', {
    ...{ outTrackId: 'card-2', openSpaceId: `dtv1.card//IM_GROUP.${group}`, imGroupOpenSpaceModel: {} },
    imGroupOpenDeliverModel: { robotCode: tenant.app.clientId },
  })
  expect(resultsOf(inGroup)).toMatchObject([{ success: false }])
})
