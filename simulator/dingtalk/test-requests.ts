import { createHash } from 'node:crypto'

import type { WebSocket } from 'ws'

import { eventually } from '../test-eventually.ts'
import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { DingtalkApp } from './index.ts'
import { corpId } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'

// Requests as a product makes them, for the tests that need many.

export const redirectUri = 'http://127.0.0.1:3000/login'

export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

/** The code of the new API, which is a word. */
export async function codeOf(answer: Promise<{ body: Fields }>): Promise<unknown> {
  return (await answer).body['code']
}

/** The code of the old API, which is a number. */
export async function errcodeOf(answer: Promise<{ body: Fields }>): Promise<unknown> {
  return (await answer).body['errcode']
}

/** The code that the client's bridge answers: always a text. */
export async function bridgeCodeOf(answer: Promise<Fields>): Promise<number> {
  return Number((await answer)['errorCode'])
}

export async function settings(of: Tenant, changes: Fields): Promise<void> {
  await of.control('PATCH', '/dingtalk/settings', changes)
}

export async function loginCode(of: Tenant, person = 'xiaoli', app: DingtalkApp = of.app): Promise<string> {
  const asked = { corpId, clientId: app.clientId }
  const { result } = await of.phone(person, 'runtime.permission.requestAuthCodeV2', asked)
  return textOf((result as Fields)['code'])
}

export async function webCode(of: Tenant, app: DingtalkApp = of.app): Promise<string> {
  const response = await fetch(signInAddress(of, { person: 'xiaoli', client_id: app.clientId }), { redirect: 'manual' })
  return new URL(response.headers.get('location') ?? '').searchParams.get('authCode') ?? ''
}

export function signInAddress(of: Tenant, more: Record<string, string> = {}): string {
  const query = { client_id: of.app.clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'openid corpid' }
  return `${of.url}/oauth2/auth?${new URLSearchParams({ ...query, ...more }).toString()}`
}

export function whoHas(of: Tenant, code: string, app: DingtalkApp = of.app) {
  return of.oldCall('/topapi/v2/user/getuserinfo', { code }, app)
}

export function userToken(of: Tenant, more: Fields) {
  const { clientId, clientSecret } = of.app
  return of.fetched('POST', '/v1.0/oauth2/userAccessToken', {
    clientId,
    clientSecret,
    grantType: 'authorization_code',
    ...more,
  })
}

export function me(of: Tenant, token: string, who = 'me') {
  return of.fetched('GET', `/v1.0/contact/users/${who}`, undefined, { 'x-acs-dingtalk-access-token': token })
}

export function withToken(of: Tenant, token: string) {
  return of.fetched('POST', '/v1.0/oauth2/jsapiTickets', {}, { 'x-acs-dingtalk-access-token': token })
}

export function oldWithToken(of: Tenant, token: string) {
  return of.fetched('POST', `/topapi/v2/user/get?access_token=${token}`, { userid: of.idsOf('xiaoli').userId })
}

export function toPeople(of: Tenant, more: Fields) {
  const message = { msgKey: 'sampleText', msgParam: '{"content":"hello"}', userIds: [of.idsOf('xiaoli').userId] }
  return of.call('POST', '/v1.0/robot/oToMessages/batchSend', { robotCode: of.app.clientId, ...message, ...more })
}

export function toGroup(of: Tenant, openConversationId: unknown) {
  const message = { msgKey: 'sampleText', msgParam: '{"content":"hello"}' }
  return of.call('POST', '/v1.0/robot/groupMessages/send', {
    robotCode: of.app.clientId,
    openConversationId,
    ...message,
  })
}

export async function aGroup(of: Tenant, members = ['xiaoli'], withBot = true): Promise<string> {
  return textOf((await of.control('POST', '/dingtalk/chats', { name: 'g', members, withBot }))['chatId'])
}

/** The address at which a message to the robot may be answered. */
export async function sessionOf(of: Tenant): Promise<string> {
  const { pushes } = await connected(of)
  await of.says('xiaoli', '库存')
  const push = await eventually(() => pushes[0])
  return new URL(textOf(push.data['sessionWebhook'])).search
}

export function bySession(of: Tenant, search: string, message: Fields) {
  return of.fetched('POST', `/robot/sendBySession${search}`, message)
}

export function notice(of: Tenant, more: Fields = {}) {
  const msg = { msgtype: 'text', text: { content: 'hello' } }
  const given = { agent_id: of.app.agentId, userid_list: of.idsOf('xiaoli').userId, msg, ...more }
  return of.oldCall('/topapi/message/corpconversation/asyncsend_v2', given)
}

export function updateCard(of: Tenant, cardParamMap: unknown, more: Fields = {}, app: DingtalkApp = of.app) {
  return of.call('PUT', '/v1.0/card/instances', { outTrackId: 'card-1', cardData: { cardParamMap }, ...more }, app)
}

export function createTodo(of: Tenant, more: Fields = {}, person = 'xiaoli', query = '') {
  const { unionId } = of.idsOf(person)
  const detailUrl = { appUrl: 'https://app.example/', pcUrl: 'https://app.example/' }
  const given = { subject: '审批 SO1', executorIds: [unionId], detailUrl, ...more }
  return of.call('POST', `/v1.0/todo/users/${unionId}/tasks${query}`, given)
}

export function openStream(
  of: Tenant,
  more: Fields = {},
  headers: Record<string, string> = { accept: 'application/json' },
) {
  const { clientId, clientSecret } = of.app
  const topics = ['/v1.0/im/bot/messages/get', '/v1.0/card/instances/callback']
  const subscriptions = [{ type: 'EVENT', topic: '*' }, ...topics.map((topic) => ({ type: 'CALLBACK', topic }))]
  return of.fetched(
    'POST',
    '/v1.0/gateway/connections/open',
    { clientId, clientSecret, subscriptions, ...more },
    headers,
  )
}

export type Frame = { type: string; headers: Record<string, string>; data: Fields; text: string }

/** Connects to the stream by hand. `answer` says what a push is acknowledged with; nothing means that it is not. */
export async function connected(of: Tenant, answer: (push: Frame) => unknown = () => undefined) {
  const { endpoint, ticket } = (await openStream(of)).body
  const system: Frame[] = []
  const pushes: Frame[] = []
  const socket = await of.openSocket(`${textOf(endpoint)}?ticket=${textOf(ticket)}`, (text, opened) => {
    const frame = frameOf(text)
    if (frame.type === 'SYSTEM') return void system.push(frame)
    pushes.push(frame)
    const value = answer(frame)
    if (value !== undefined) acknowledgeOver(opened, frame, value)
  })
  const acknowledge = (push: Frame, value: unknown, code = 200) => acknowledgeOver(socket, push, value, code)
  return { socket, system, pushes, acknowledge }
}

function acknowledgeOver(socket: WebSocket, { headers }: Frame, value: unknown, code = 200): void {
  const ack = { code, headers: { messageId: headers['messageId'] }, message: 'OK', data: JSON.stringify(value) }
  socket.send(JSON.stringify(ack))
}

/** A frame as it came, with its data read where that can be done. */
function frameOf(text: string): Frame {
  const frame = jsonOf(text) as { type: string; headers: Record<string, string>; data: string }
  const data = jsonOf(frame.data)
  return { type: frame.type, headers: frame.headers, data: isFields(data) ? data : {}, text: frame.data }
}

type Signing = {
  signedBy?: DingtalkApp
  signedUrl?: string
  url?: string
  algorithm?: string
  more?: Fields
  ticket?: string
}

export async function ticketOf(of: Tenant, app: DingtalkApp = of.app): Promise<string> {
  return textOf((await of.call('POST', '/v1.0/oauth2/jsapiTickets', {}, app)).body['jsapiTicket'])
}

/** Calls `dd.config` on xiaoli's phone with a signature made as the official documentation says. */
export async function configured(of: Tenant, signing: Signing = {}): Promise<Fields> {
  const {
    signedBy = of.app,
    signedUrl,
    url = `${of.originOf('xiaoli')}/orders`,
    algorithm = 'sha256',
    more = {},
  } = signing
  const ticket = signing.ticket ?? (await ticketOf(of, signedBy))
  const timeStamp = String(of.clock.now())
  const text = `jsapi_ticket=${ticket}&noncestr=n&timestamp=${timeStamp}&url=${signedUrl ?? url}`
  const signature = createHash(algorithm).update(text).digest('hex')
  const given = { agentId: of.app.agentId, corpId, timeStamp, nonceStr: 'n', signature, url, jsApiList: [], ...more }
  return of.phone('xiaoli', 'runtime.permission.requestJsApis', given)
}
