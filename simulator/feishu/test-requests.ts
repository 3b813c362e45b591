import { createHash } from 'node:crypto'

import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import { aButton, aCard, cardMessage, textMessage } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'

// Requests as a product makes them, for the tests that need many.

export const infoPath = '/open-apis/bot/v3/info'
const oauthPath = '/open-apis/authen/v2/oauth/token'
export const redirectUri = 'http://127.0.0.1:3000/login'
export const oldCard = { config: { update_multi: true }, elements: [] }

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

export function longCard(bytes: number): Fields {
  return aCard({ tag: 'markdown', content: 'x'.repeat(bytes) })
}

export async function codeOf(answer: Promise<{ body: Fields }>): Promise<unknown> {
  return (await answer).body['code']
}

export async function errnoOf(answer: Promise<{ body: Fields }>): Promise<unknown> {
  return (await answer).body['errno']
}

export async function settings(of: Tenant, changes: Fields): Promise<void> {
  // The token is fetched first, so that a quota counts only the call that is meant.
  await of.token()
  await of.control('PATCH', '/feishu/settings', changes)
}

export function withToken(of: Tenant, token: string): Promise<unknown> {
  return codeOf(of.fetched('GET', infoPath, undefined, { authorization: `Bearer ${token}` }))
}

export function userInfo(of: Tenant, token: string): Promise<unknown> {
  return codeOf(of.fetched('GET', '/open-apis/authen/v1/user_info', undefined, { authorization: `Bearer ${token}` }))
}

export async function loginCode(of: Tenant): Promise<string> {
  return textOf((await of.phone('xiaoli', 'code', { api: 'requestAccess', appID: of.app.appId })).body['code'])
}

export async function browserCode(of: Tenant, more: Record<string, string>): Promise<string> {
  const query = new URLSearchParams({ client_id: of.app.appId, redirect_uri: redirectUri, person: 'xiaoli', ...more })
  const response = await fetch(`${of.url}/open-apis/authen/v1/authorize?${query.toString()}`, { redirect: 'manual' })
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

export async function exchange(of: Tenant, more: Fields): Promise<Fields> {
  const given = { grant_type: 'authorization_code', client_id: of.app.appId, client_secret: of.app.appSecret, ...more }
  return (await of.fetched('POST', oauthPath, given)).body
}

export function toChat(of: Tenant, chatId: string) {
  return of.call('POST', '/open-apis/im/v1/messages?receive_id_type=chat_id', {
    receive_id: chatId,
    ...textMessage('hello'),
  })
}

export function update(of: Tenant, messageId: string, card: unknown) {
  return of.call('PATCH', `/open-apis/im/v1/messages/${messageId}`, { content: JSON.stringify(card) })
}

export function byToken(of: Tenant, token: string, card: unknown) {
  return of.call('POST', '/open-apis/interactive/v1/card/update', { token, card })
}

export function click(of: Tenant, messageId: string) {
  return of.control('POST', `/feishu/cards/${messageId}/clicks`, { person: 'xiaoli', action: 'approve' })
}

/** A click that the product has answered; its token as the product got it. */
export async function clicked(of: Tenant): Promise<string> {
  const { messageId } = await of.send('xiaoli', cardMessage(aCard(aButton('approve'))))
  await click(of, messageId)
  const callback = (await of.log()).find((entry) => entry.title === 'card.action.trigger')
  const event = isFields(callback?.request) && isFields(callback.request['event']) ? callback.request['event'] : {}
  return textOf(event['token'])
}

export function idsByContact(of: Tenant, body: Fields) {
  return of.call('POST', '/open-apis/contact/v3/users/batch_get_id', body)
}

export function createTask(of: Tenant, changes: Fields = {}) {
  const members = [{ id: of.idsOf('xiaoli').openId, role: 'assignee' }]
  return of.call('POST', '/open-apis/task/v2/tasks', { summary: '审批 SO1', members, ...changes })
}

export async function taskOf(of: Tenant): Promise<string> {
  const { data } = (await createTask(of)).body
  return isFields(data) && isFields(data['task']) ? textOf(data['task']['guid']) : ''
}

/** Completes a task, unless something else is to be changed. */
export function patchTask(of: Tenant, guid: string, changes: Fields = {}, by = of.app) {
  const given = { task: { completed_at: '1675742789470' }, update_fields: ['completed_at'], ...changes }
  return of.call('PATCH', `/open-apis/task/v2/tasks/${guid}`, given, by)
}

export function askForConnection(of: Tenant) {
  return of.fetched('POST', '/callback/ws/endpoint', { AppID: of.app.appId, AppSecret: of.app.appSecret })
}

export async function connected(of: Tenant): Promise<void> {
  const answer = (await askForConnection(of)).body['data']
  await of.openSocket(isFields(answer) ? textOf(answer['URL']) : '')
}

type Signing = { signedBy?: Tenant['app']; signedUrl?: string; ageMs?: number; jsApiList?: string[] }

/** Calls `h5sdk.config` on xiaoli's phone with a signature made as the official documentation says. */
export async function configured(
  of: Tenant,
  { signedBy = of.app, signedUrl, ageMs = 0, jsApiList = [] }: Signing = {},
) {
  const answer = await of.call('POST', '/open-apis/jssdk/ticket/get', {}, signedBy)
  const ticket = isFields(answer.body['data']) ? textOf(answer.body['data']['ticket']) : ''
  const url = `${of.originOf('xiaoli')}/orders`
  // A whole minute, so that two signatures of one test are the same.
  const timestamp = Math.floor((of.clock.now() - ageMs) / 1000 / 600) * 600 + (ageMs > 0 ? 0 : 300)
  const text = `jsapi_ticket=${ticket}&noncestr=n&timestamp=${timestamp}&url=${signedUrl ?? url}`
  const signature = createHash('sha1').update(text).digest('hex')
  return of.phone('xiaoli', 'config', { appId: of.app.appId, timestamp, nonceStr: 'n', signature, jsApiList, url })
}
