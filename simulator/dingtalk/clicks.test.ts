import { afterEach, beforeEach, expect, test } from 'vitest'

import type { Fields } from '../request-body.ts'
import { isFields, jsonOf } from '../request-body.ts'
import { aTenant, cardValues } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'
import { connected, updateCard } from './test-requests.ts'
import type { Frame } from './test-requests.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

/** A product that answers each press so. Answers the presses it has seen. */
async function product(answer: (push: Frame) => unknown = () => ({ response: null })): Promise<Frame[]> {
  return (await connected(tenant, answer)).pushes
}

async function aCard(more: Fields = {}): Promise<string> {
  await tenant.createCard('xiaoli', more)
  return (await tenant.inbox('xiaoli'))[0]?.messageId ?? ''
}

const values = (more: Record<string, string>) => ({ cardData: { cardParamMap: { ...cardValues, ...more } } })
const sentBy = (push: Frame | undefined) => jsonOf(String(push?.data['content']))
const statusOf = async (person = 'xiaoli') => {
  const content = (await tenant.inbox(person))[0]?.content
  return isFields(content) && isFields(content['variables']) ? content['variables']['status'] : undefined
}
const byKey = { updateCardDataByKey: true, updatePrivateDataByKey: true }
const done = { cardUpdateOptions: byKey, cardData: { cardParamMap: { status: '已同意' } } }

test('a press names who pressed, on which card, and what stood beside the button', async () => {
  const presses = await product()
  await tenant.click(await aCard(), 'xiaoli', 'reject', { form: { comment: '价格太低' } })
  expect(presses.map((push) => push.data)).toMatchObject([
    { outTrackId: 'card-1', userId: tenant.idsOf('xiaoli').userId, spaceType: 'IM_ROBOT', extension: '{}' },
  ])
  expect(sentBy(presses[0])).toEqual({ cardPrivateData: { actionIds: ['reject'], params: { comment: '价格太低' } } })
})

test('a button that a variable lists is pressed by its action id, and sends the params it was given', async () => {
  const presses = await product()
  const event = { type: 'sendCardRequest', params: { actionId: 'more_info', params: { token: 't1' } } }
  const btns = JSON.stringify([{ text: '补充资料', color: 'gray', status: 'normal', event }])
  await tenant.click(await aCard(values({ btns })), 'xiaoli', 'more_info')
  expect(sentBy(presses[0])).toEqual({ cardPrivateData: { actionIds: ['more_info'], params: { token: 't1' } } })
})

test('a button that opens a link calls nobody back', async () => {
  const presses = await product()
  const event = { type: 'openLink', params: { url: 'https://app.example/x' } }
  const btns = JSON.stringify([{ text: '打开', color: 'gray', status: 'normal', event }])
  expect(await tenant.click(await aCard(values({ btns })), 'xiaoli', '打开')).toEqual({
    openUrl: 'https://app.example/x',
  })
  expect(presses).toEqual([])
})

test('a disabled button cannot be pressed', async () => {
  const presses = await product()
  const event = { type: 'sendCardRequest', params: { actionId: 'go', params: {} } }
  const btns = JSON.stringify([{ text: '去', status: 'disabled', event }])
  expect(await tenant.click(await aCard(values({ btns })), 'xiaoli', 'go')).toHaveProperty('error')
  expect(presses).toEqual([])
})

const form = (more: Fields) => JSON.stringify({ fields: [{ name: 'reason', label: '原因', type: 'TEXT', ...more }] })

test('the values of a form come back under its name', async () => {
  const presses = await product()
  const fields = [
    { name: 'reason', type: 'TEXT' },
    { name: 'grade', type: 'SELECT', options: [{ value: 'a', text: '甲' }] },
    { name: 'round', type: 'TEXT', hidden: true, defaultValue: '2' },
  ]
  const card = await aCard(values({ form: JSON.stringify({ fields }) }))
  await tenant.click(card, 'xiaoli', 'submit', { form: { reason: '破损', grade: 'a', round: '9' } })
  expect(sentBy(presses[0])).toMatchObject({
    cardPrivateData: { actionIds: ['submit'], params: { form: { reason: '破损', grade: 'a', round: '2' } } },
  })
})

test.each<[string, Fields, Fields]>([
  ['empty where something is required', { required: true }, {}],
  ['longer than allowed', { maxLength: 2 }, { reason: '三个字' }],
  ['no number where one is asked for', { type: 'NUMBER' }, { reason: 'x' }],
  ['none of the options', { type: 'SELECT', options: [{ value: '1', text: '一' }] }, { reason: '2' }],
  ['no list where one is asked for', { type: 'MULTI_SELECT' }, { reason: '2' }],
  ['no tick where one is asked for', { type: 'SWITCH' }, { reason: 'on' }],
])('the client holds back a form with a field that is %s', async (_, field, given) => {
  const presses = await product()
  const view = await tenant.click(await aCard(values({ form: form(field) })), 'xiaoli', 'submit', { form: given })
  expect(view).toMatchObject({ toast: { type: 'error', content: expect.stringContaining('原因') } })
  expect(presses).toEqual([])
})

test('an answer by key changes what it names, and one without replaces everything', async () => {
  const answers = [done, { cardData: { cardParamMap: { status: '已关闭' } } }]
  await product(() => ({ response: answers.shift() }))
  const card = await aCard()
  const first = await tenant.click(card, 'xiaoli', 'approve')
  expect(first.card).toMatchObject({ variables: { ...cardValues, status: '已同意' } })
  const second = await tenant.click(card, 'xiaoli', 'reject')
  expect((second.card as Fields)['variables']).toEqual({ status: '已关闭' })
})

test('an answer later than two seconds changes nothing, although the handler ran', async () => {
  const presses = await product((push) => {
    tenant.clock.advance(2000)
    return { response: done, push: push.type }
  })
  const view = await tenant.click(await aCard(), 'xiaoli', 'approve')
  expect(view).toMatchObject({ toast: { type: 'error', content: expect.stringContaining('2 s') } })
  expect([presses.length, await statusOf()]).toEqual([1, '待审批'])
})

test('a press that was not acknowledged is sent again under the same id, and its answer changes nothing any more', async () => {
  let isDeaf = true
  const presses = await product(() => {
    if (!isDeaf) return { response: done }
    isDeaf = false
    tenant.clock.advance(2000)
    return undefined
  })
  await tenant.click(await aCard(), 'xiaoli', 'approve')
  tenant.clock.advance(60_000)
  await expect.poll(() => presses.length).toBe(2)
  expect(presses[0]?.headers['messageId']).toBe(presses[1]?.headers['messageId'])
  expect(await statusOf()).toBe('待审批')
})

test.each<[string, unknown]>([
  ['no response', {}],
  ['a text', { response: 'ok' }],
  ['a variable that is no text', { response: { cardData: { cardParamMap: { isOpen: false } } } }],
  ['a private variable that is no text', { response: { userPrivateData: { cardParamMap: { remark: 1 } } } }],
])('an answer with %s is a failure to him who pressed', async (_, answer) => {
  await product(() => answer)
  const view = await tenant.click(await aCard(), 'xiaoli', 'approve')
  expect(view).toMatchObject({ toast: { type: 'error', content: expect.stringContaining('malformed') } })
  expect(await statusOf()).toBe('待审批')
})

test('an acknowledgement with another code than 200 is a failure to him who pressed', async () => {
  const client = await connected(tenant, (push) => client.acknowledge(push, { response: done }, 500))
  const view = await tenant.click(await aCard(), 'xiaoli', 'approve')
  expect(view).toMatchObject({ toast: { type: 'error', content: expect.stringContaining('failed') } })
})

test('a press on a card that does not call back over the stream is lost', async () => {
  const presses = await product()
  const view = await tenant.click(await aCard({ callbackType: undefined }), 'xiaoli', 'approve')
  expect(view).toMatchObject({ toast: { type: 'error', content: expect.stringContaining('STREAM') } })
  expect(presses).toEqual([])
})

test('a press while nobody is connected fails', async () => {
  const view = await tenant.click(await aCard(), 'xiaoli', 'approve')
  expect(view).toMatchObject({ toast: { type: 'error', content: expect.stringContaining('nobody') } })
})

test('somebody who does not see a card cannot press it, unless it may be forwarded', async () => {
  const presses = await product()
  const card = await aCard()
  expect(await tenant.click(card, 'wangjie', 'approve')).toHaveProperty('error')
  expect(await tenant.click(card, 'wangjie', 'approve', { forwarded: true })).toHaveProperty('error')
  await tenant.createCard('xiaoli', { outTrackId: 'card-2', imRobotOpenSpaceModel: { supportForward: true } })
  const second = (await tenant.inbox('xiaoli'))[1]?.messageId ?? ''
  await tenant.click(second, 'wangjie', 'approve', { forwarded: true })
  expect(presses.map((push) => push.data['userId'])).toEqual([tenant.idsOf('wangjie').userId])
})

test('a client that lags behind can still press the card as it was', async () => {
  const presses = await product()
  const card = await aCard()
  await updateCard(tenant, { isOpen: 'false' }, { cardUpdateOptions: byKey })
  expect(await tenant.click(card, 'xiaoli', 'approve')).toHaveProperty('error')
  expect(await tenant.click(card, 'xiaoli', 'approve', { version: 0 })).toEqual({})
  expect(presses).toHaveLength(1)
})
