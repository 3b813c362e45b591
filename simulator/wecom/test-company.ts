import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { XMLParser } from 'fast-xml-parser'

import type { MessageView, WireView } from '../answers.ts'
import { anApp as aFeishuApp } from '../feishu/test-tenant.ts'
import { eventually } from '../test-eventually.ts'
import { onOrigin } from '../test-origin.ts'
import { startSimulator } from '../index.ts'
import type { Person, SimulatorOptions } from '../index.ts'
import { isFields, jsonOf, rawBody, textOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { botPath } from './index.ts'
import type { WecomApp, WecomOptions } from './index.ts'

export const corpId = 'ww0123456789abcdef'
export const contactSecret = 'contact-secret-of-tests'
export const bot = { botId: 'bot-of-tests', secret: 'bot-secret-of-tests', name: '一单' }

export function anApp(agentId = 1_000_002): WecomApp {
  return {
    agentId,
    secret: randomBytes(24).toString('base64url'),
    name: '一单助手',
    token: 'tokenOfTests',
    aesKey: randomBytes(22).toString('hex').slice(0, 43),
  }
}

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
    platforms: ['wecom'],
    ...more,
  }
}

export type Overrides = { wecom?: Partial<WecomOptions>; simulator?: Partial<SimulatorOptions>; quiet?: boolean }

/** What the product heard of one callback: the address it was called at, and the event. */
export type Heard = { query: URLSearchParams; event: Fields }
type Answer = { status?: number; reply?: Fields; body?: string; hangs?: boolean }

/** A running simulator with a small company on WeCom, a product that takes its callbacks, and short ways to call it. */
export async function aCompany({ wecom = {}, simulator = {}, quiet = false }: Overrides = {}) {
  const apps = wecom.apps ?? [anApp()]
  const app = apps[0] ?? anApp()
  const product = await aProduct(app)
  const sim = await startSimulator({
    port: 0,
    people: [aPerson('xiaoli', { leader: 'wangjie' }), aPerson('wangjie'), aPerson('laozhao', { department: 'store' })],
    departments: [
      { key: 'sales', name: '销售部', en: 'Sales', leader: 'wangjie' },
      { key: 'counter', name: '门店', en: 'Counter', parent: 'sales' },
      { key: 'store', name: '仓储部', en: 'Store' },
    ],
    appUrl: 'http://127.0.0.1:9',
    feishu: { tenantKey: 'nobody', apps: [aFeishuApp()] },
    ...simulator,
    wecom: { corpId, bot, contactSecret, callbackUrl: quiet ? undefined : product.url, ...wecom, apps },
  })

  const fetched = async (method: string, path: string, body?: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(sim.url + path, { method, ...(body !== undefined && { body: text }) })
    const answer: unknown = await response.json()
    return isFields(answer) ? answer : {}
  }
  const control = (method: string, path: string, body?: unknown) => fetched(method, `/sim${path}`, body)
  const tokenOf = async (secret: string) =>
    textOf((await fetched('GET', `/cgi-bin/gettoken?corpid=${corpId}&corpsecret=${secret}`))['access_token'])
  const call = async (method: string, path: string, body?: unknown, secret: string = app.secret) => {
    const query = `${path.includes('?') ? '&' : '?'}access_token=${await tokenOf(secret)}`
    return fetched(method, `/cgi-bin/${path}${query}`, body)
  }
  const send = (message: Fields, touser = 'xiaoli', of: WecomApp = app) =>
    call('POST', 'message/send', { touser, agentid: of.agentId, ...message }, of.secret)
  // The control interface answers what `answers.ts` says.
  const inbox = async (person: string) =>
    (await control('GET', `/wecom/people/${person}/inbox`))['messages'] as MessageView[]
  const log = async () => (await control('GET', '/wecom/log'))['log'] as WireView[]

  const says = (person: string, text: string, more: Fields = {}) =>
    control('POST', `/wecom/people/${person}/messages`, { text, waitMs: 0, ...more })
  const click = (messageId: unknown, person: string, action: string, more: Fields = {}) =>
    control('POST', `/wecom/cards/${textOf(messageId)}/clicks`, { person, action, ...more })
  const originOf = (key: string) => `http://${key}.localhost:${new URL(sim.url).port}`
  const phone = async (key: string, name: string, body: unknown) => {
    const answer = await onOrigin(sim.url, originOf(key), `/__wecom/${name}`, JSON.stringify(body))
    const parsed = jsonOf(answer.text)
    return isFields(parsed) ? parsed : {}
  }
  const close = async () => {
    await sim.close()
    await product.close()
  }
  const botUrl = sim.url.replace('http', 'ws') + botPath
  const ways = { fetched, control, tokenOf, call, send, inbox, log, says, click, originOf, phone }
  return { sim, url: sim.url, clock: sim.clock, app, product, botUrl, ...ways, close }
}
export type Company = Awaited<ReturnType<typeof aCompany>>

/** The product's side of the callbacks, sealed and opened with the official package. */
async function aProduct(app: WecomApp) {
  const heard: Heard[] = []
  const answers: Answer[] = []
  const reading = new XMLParser({ parseTagValue: false })
  const server = createServer((request, response) => {
    void rawBody(request, 1_000_000).then((bytes) => {
      const query = new URL(request.url ?? '/', 'http://localhost').searchParams
      const xml: { Encrypt?: string } = reading.parse(bytes?.toString('utf8') ?? '').xml ?? {}
      const secret = query.get('echostr') ?? xml.Encrypt ?? ''
      const { message, id } = opened(app, secret)
      const isRight =
        getSignature(app.token, query.get('timestamp') ?? '', query.get('nonce') ?? '', secret) ===
        query.get('msg_signature')
      if (!isRight || id !== corpId) return response.writeHead(403).end()
      if (query.has('echostr')) return response.end(message)
      heard.push({ query, event: reading.parse(message).xml })
      const answer = answers.shift() ?? {}
      if (answer.hangs) return undefined
      response.statusCode = answer.status ?? 200
      return response.end(answer.body ?? (answer.reply ? sealed(app, answer.reply) : ''))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on a TCP port has an address object.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/callback`,
    heard,
    /** Answers the next callbacks so, one after the other; any other with an empty 200. */
    answers: (...next: Answer[]) => void answers.push(...next),
    /** The event number `index`, once it has come. */
    event: (index = 0) => eventually(() => heard[index]?.event),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function opened(app: WecomApp, secret: string): { message: string; id: string } {
  try {
    return decrypt(app.aesKey, secret)
  } catch {
    // Spoilt on purpose: it is refused like a wrong signature.
    return { message: '', id: '' }
  }
}

/** A passive reply as the product's adapter would seal it. */
function sealed(app: WecomApp, reply: Fields): string {
  const secret = encrypt(app.aesKey, `<xml>${elements(reply)}</xml>`, corpId)
  const signature = getSignature(app.token, '1763780000', 'nonce', secret)
  return `<xml><Encrypt>${secret}</Encrypt><MsgSignature>${signature}</MsgSignature><TimeStamp>1763780000</TimeStamp><Nonce>nonce</Nonce></xml>`
}

function elements(fields: Fields): string {
  return Object.entries(fields)
    .flatMap(([name, value]) =>
      [value].flat().map((each) => `<${name}>${isFields(each) ? elements(each) : textIn(each)}</${name}>`),
    )
    .join('')
}

function textIn(value: unknown): string {
  return typeof value === 'number' ? String(value) : `<![CDATA[${textOf(value)}]]>`
}

export function textMessage(content: string): Fields {
  return { msgtype: 'text', text: { content } }
}

export function cardMessage(card: Fields): Fields {
  return { msgtype: 'template_card', template_card: card }
}

/** An approval as the product would ask for it. */
export function aCard(more: Fields = {}): Fields & { card_type: string } {
  return {
    card_type: 'button_interaction',
    task_id: `task-${randomBytes(6).toString('hex')}`,
    main_title: { title: '订单待审批', desc: '宏达装饰' },
    horizontal_content_list: [{ keyname: '金额', value: '¥6,243.64' }],
    button_list: [
      { text: '同意', style: 1, key: 'approve:opaque' },
      { text: '拒绝', style: 3, key: 'reject:opaque' },
    ],
    ...more,
  }
}
