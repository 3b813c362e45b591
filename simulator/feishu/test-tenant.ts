import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { AESCipher } from '@larksuiteoapi/node-sdk'
import { WebSocket } from 'ws'

import { startSimulator } from '../index.ts'
import type { FeishuApp, Person, SimulatorOptions } from '../index.ts'
import type { MessageView, WireView } from '../answers.ts'
import { feishuIds } from '../people.ts'
import { isFields, jsonOf, rawBody } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import type { FeishuOptions } from './index.ts'
import { onOrigin } from '../test-origin.ts'

const tenantKey = 'tenant-of-tests'

function aPerson(key: string, more: Partial<Person> = {}): Person {
  return {
    key,
    name: key,
    en: key,
    mobile: '13800000001',
    email: `${key}@example.com`,
    employeeNumber: `E-${key}`,
    department: 'sales',
    title: { zh: '销售', en: 'Seller' },
    platforms: ['feishu'],
    ...more,
  }
}

/** An app with an id of its own: the SDK keeps tokens by app id for the whole process. */
export function anApp(): FeishuApp {
  return {
    appId: `cli_${randomBytes(8).toString('hex')}`,
    appSecret: randomBytes(16).toString('hex'),
    encryptKey: 'encrypt key of tests',
    verificationToken: 'verification token of tests',
    botName: '一单',
  }
}

export type Overrides = { feishu?: Partial<FeishuOptions>; simulator?: Partial<SimulatorOptions> }

/** A running simulator with a small company, and short ways to call it. */
export async function aTenant({ feishu = {}, simulator = {} }: Overrides = {}) {
  const apps = feishu.apps ?? [anApp()]
  const app = apps[0] ?? anApp()
  const sim = await startSimulator({
    port: 0,
    people: [aPerson('xiaoli', { leader: 'wangjie' }), aPerson('wangjie'), aPerson('laozhao', { department: 'store' })],
    departments: [
      { key: 'sales', name: '销售部', en: 'Sales' },
      { key: 'counter', name: '门店', en: 'Counter', parent: 'sales' },
      { key: 'store', name: '仓储部', en: 'Store' },
    ],
    appUrl: 'http://127.0.0.1:9',
    ...simulator,
    feishu: { tenantKey, ...feishu, apps },
  })

  const fetched = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(sim.url + path, { method, headers, ...(body !== undefined && { body: text }) })
    const answer: unknown = await response.json()
    return { status: response.status, headers: response.headers, body: isFields(answer) ? answer : {} }
  }
  const control = async (method: string, path: string, body?: unknown) =>
    (await fetched(method, `/sim${path}`, body)).body
  const token = async (of: FeishuApp = app) => {
    const given = { app_id: of.appId, app_secret: of.appSecret }
    return String(
      (await fetched('POST', '/open-apis/auth/v3/tenant_access_token/internal', given)).body['tenant_access_token'],
    )
  }
  const call = async (method: string, path: string, body?: unknown, of: FeishuApp = app) =>
    fetched(method, path, body, { authorization: `Bearer ${await token(of)}` })
  const idsOf = (key: string) => feishuIds(key, tenantKey, app.appId)
  const send = async (person: string, message: Fields, of: FeishuApp = app) => {
    const { openId } = feishuIds(person, tenantKey, of.appId)
    const answer = await call(
      'POST',
      '/open-apis/im/v1/messages?receive_id_type=open_id',
      { receive_id: openId, ...message },
      of,
    )
    const data = isFields(answer.body['data']) ? answer.body['data'] : {}
    return { ...answer, messageId: String(data['message_id']), chatId: String(data['chat_id']) }
  }
  // The control interface answers what `answers.ts` says.
  const inbox = async (person: string) =>
    (await control('GET', `/feishu/people/${person}/inbox`))['messages'] as MessageView[]
  const log = async () => (await control('GET', '/feishu/log'))['log'] as WireView[]

  /** Writes to the bot without waiting for an answer. */
  const says = (person: string, text: string) =>
    control('POST', `/feishu/people/${person}/messages`, { text, waitMs: 0 })
  const originOf = (key: string) => `http://${key}.localhost:${new URL(sim.url).port}`
  const phone = async (key: string, path: string, body: unknown) => {
    const answer = await onOrigin(sim.url, originOf(key), `/__feishu/${path}`, JSON.stringify(body))
    const parsed = jsonOf(answer.text)
    return { body: isFields(parsed) ? parsed : {} }
  }
  const sockets: WebSocket[] = []
  const openSocket = (url: string) =>
    new Promise<void>((resolve, reject) => {
      const socket = new WebSocket(url)
      sockets.push(socket)
      socket.on('open', resolve)
      socket.on('error', reject)
    })
  const close = async () => {
    for (const socket of sockets) socket.terminate()
    await sim.close()
  }

  return {
    sim,
    url: sim.url,
    clock: sim.clock,
    app,
    fetched,
    control,
    token,
    call,
    idsOf,
    send,
    inbox,
    log,
    says,
    originOf,
    phone,
    openSocket,
    close,
  }
}
export type Tenant = Awaited<ReturnType<typeof aTenant>>

export function textMessage(text: string): Fields {
  return { msg_type: 'text', content: JSON.stringify({ text }) }
}

export function cardMessage(card: unknown): Fields {
  return { msg_type: 'interactive', content: JSON.stringify(card) }
}

export function plainText(content: string): Fields {
  return { tag: 'plain_text', content }
}

export function aButton(name: string, more: Fields = {}): Fields {
  return {
    tag: 'button',
    name,
    text: plainText(name),
    behaviors: [{ type: 'callback', value: { act: name } }],
    ...more,
  }
}

export function aForm(...fields: Fields[]): Fields {
  return { tag: 'form', name: 'decision', elements: [...fields, aButton('approve', { form_action_type: 'submit' })] }
}

export function aCard(...elements: unknown[]): Fields {
  return {
    schema: '2.0',
    config: { update_multi: true },
    header: { template: 'orange', title: plainText('待审批') },
    body: {
      elements: elements.length > 0 ? elements : [{ tag: 'markdown', content: '**hello**' }, aButton('approve')],
    },
  }
}

/** A server of the product's side, which answers callbacks as a test says. */
export async function aCallbackServer(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a TCP port has an address object.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Reads a callback with the official SDK's own cipher. */
export async function decrypted(app: FeishuApp, request: IncomingMessage): Promise<Fields> {
  const body = jsonOf((await rawBody(request, 1_000_000))?.toString('utf8') ?? '')
  const secret = isFields(body) ? body['encrypt'] : undefined
  const clear = typeof secret === 'string' ? jsonOf(new AESCipher(app.encryptKey).decrypt(secret)) : body
  return isFields(clear) ? clear : {}
}
