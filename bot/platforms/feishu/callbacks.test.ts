import { AESCipher, EventDispatcher } from '@larksuiteoapi/node-sdk'
import Router from '@koa/router'
import Koa from 'koa'
import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encrypt, pack, timestampHeader } from '../../../simulator/feishu/callbacks.ts'
import type { Inbound } from '../platform.ts'
import { believed, decrypted, feishuCallbacks, NotBelieved } from './callbacks.ts'
import { sdkLog } from './sdk-log.ts'
import type { FeishuSettings } from './settings.ts'

const settings: FeishuSettings = {
  appId: 'cli_0123456789abcdef',
  appSecret: 'fake-secret-of-the-tests',
  encryptKey: 'fake-encrypt-key-of-the-tests',
  verificationToken: 'fake-verification-token',
  tenantKey: 'tenant-of-fixtures',
  baseUrl: 'http://127.0.0.1:9',
  accountsUrl: 'http://127.0.0.1:9',
  receive: 'http',
  appUrl: 'https://app.example',
}
/** The app as the simulator knows it, which packs what the platform would send. */
const app = { ...settings, botName: '一单' }
const now = 1795300000000
const minuteMs = 60_000

type Payload = { header?: Record<string, string>; event?: Record<string, unknown> }
const fixture = (name: string): Payload =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as Payload // fixtures are envelopes
const names = readdirSync(new URL('./fixtures/', import.meta.url)).map((file) => file.replace('.json', ''))
const isClick = (payload: Payload): boolean => payload.header?.['event_type'] === 'card.action.trigger'
const packed = (payload: Payload, tamper?: Parameters<typeof pack>[3]) =>
  pack(app, payload, timestampHeader(now, isClick(payload)), tamper)

let server: Server
let url: string
const received: Inbound[] = []
beforeAll(async () => {
  const router = new Router()
  const receive = async (inbound: Inbound) => {
    received.push(inbound)
    return inbound.kind === 'press' ? { toast: { look: 'success' as const, text: '已同意' } } : undefined
  }
  feishuCallbacks(settings, receive, () => now)(router)
  server = new Koa().use(router.routes()).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bot/feishu` // a TCP server's address
})
afterAll(() => server.close())
beforeEach(() => void (received.length = 0))

async function post({ body, headers }: { body: string; headers: Record<string, string> }) {
  const response = await fetch(url, { method: 'POST', body, headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> } // always JSON
}

test('the published vector is decrypted', () => {
  const sealed = { encrypt: 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=' }
  expect(() => decrypted('test key', Buffer.from(JSON.stringify(sealed)))).toThrow(NotBelieved) // 'hello world' is no JSON
  expect(new AESCipher('test key').decrypt(sealed.encrypt)).toBe('hello world')
  const greeting = encrypt('test key', '{"said":"hello world"}')
  expect(JSON.parse(new AESCipher('test key').decrypt(greeting))).toEqual({ said: 'hello world' })
  expect(decrypted('test key', Buffer.from(JSON.stringify({ encrypt: greeting })))).toEqual({ said: 'hello world' })
})

describe('what the platform really sent is taken', () => {
  test.each(names)('%s', async (name) => {
    const request = packed(fixture(name))
    expect(sdkBelieves(request)).toBe(true)
    expect(await post(request)).toMatchObject({ status: 200 })
    expect(received).toHaveLength(1)
  })

  test('a press is answered with what its person sees', async () => {
    const answer = await post(packed(fixture('card-click')))
    expect(answer.body).toEqual({ toast: { type: 'success', content: '已同意' } })
  })

  test('with seconds in the time header, and with the text that card callbacks carry', async () => {
    const payload = fixture('message-p2p')
    for (const header of [String(now / 1000), '2026-11-22 18:26:40.052290112 +0800 CST m=+3612.1'])
      expect(await post(pack(app, payload, header, undefined))).toMatchObject({ status: 200 })
  })
})

describe('the check of the address', () => {
  const challenge = { type: 'url_verification', challenge: 'echo-this', token: settings.verificationToken }
  const sealed = (body: object) => ({
    body: JSON.stringify({ encrypt: encrypt(settings.encryptKey, JSON.stringify(body)) }),
    headers: {},
  })

  test('is echoed, and nothing else happens', async () => {
    expect(await post(sealed(challenge))).toEqual({ status: 200, body: { challenge: 'echo-this' } })
    expect(received).toEqual([])
  })
  test('is refused with another token, without one, or in the open', async () => {
    for (const token of ['forged', '', undefined])
      expect((await post(sealed({ ...challenge, token }))).status).toBe(401)
    expect((await post({ body: JSON.stringify(challenge), headers: {} })).status).toBe(401)
  })
  test('opens no door for an event that calls itself one', async () => {
    const event = {
      ...fixture('message-p2p'),
      type: 'url_verification',
      challenge: 7,
      token: settings.verificationToken,
    }
    expect((await post(sealed(event))).status).toBe(401)
    expect(received).toEqual([])
  })
})

describe('is refused with 401 and changes nothing:', () => {
  const changed = (name: string, header: object) => {
    const payload = fixture(name)
    return packed({ ...payload, header: { ...payload.header, ...header } })
  }
  const clickAt = (ageMs: number) => changed('card-click', { create_time: `${now - ageMs}000` })
  const eventAt = (ageMs: number) => changed('message-p2p', { create_time: String(now - ageMs) })
  const other = { ...app, encryptKey: 'another-encrypt-key' }
  const cases: [string, () => { body: string; headers: Record<string, string> }][] = [
    ['a forged signature', () => packed(fixture('card-click'), 'signature')],
    ['no signature', () => packed(fixture('card-click'), 'unsigned')],
    ['plain text where encryption is on', () => packed(fixture('card-click'), 'plaintext')],
    ['a body that was changed after it was signed', () => packed(fixture('card-click'), 'body')],
    ['the key of another app', () => pack(other, fixture('card-click'), String(now / 1000), undefined)],
    ['another verification token', () => changed('card-click', { token: 'forged' })],
    ['no verification token', () => changed('card-click', { token: undefined })],
    ['another app', () => changed('card-click', { app_id: 'cli_ffffffffffffffff' })],
    ['another tenant', () => changed('card-click', { tenant_key: 'another-tenant' })],
    ['no envelope', () => packed({ event: { hello: 'world' } })],
    ['a click of 6 minutes ago', () => clickAt(6 * minuteMs)],
    ['a click of 2 days ago', () => clickAt(2 * 1440 * minuteMs)],
    ['a click from 6 minutes ahead', () => clickAt(-6 * minuteMs)],
    ['a click without its time', () => changed('card-click', { create_time: undefined })],
    ['an event of 9 hours ago', () => eventAt(9 * 60 * minuteMs)],
    ['a time that is no number', () => changed('message-p2p', { create_time: 'yesterday' })],
  ]
  test.each(cases)('%s', async (_, request) => {
    expect(await post(request())).toMatchObject({ status: 401 })
    expect(received).toEqual([])
  })

  test('what Feishu redelivers after seven hours is still taken', async () => {
    expect(await post(eventAt(7 * 60 * minuteMs))).toMatchObject({ status: 200 })
  })
  test.each(['', '{', '[]', 'null', '{"encrypt":7}', '{"encrypt":"AAAA"}', '{"encrypt":""}'])(
    'a body of %o',
    async (body) => {
      expect((await post({ body, headers: {} })).status).toBe(401)
    },
  )
  test('a body beyond all measure, with 413', async () => {
    expect(await post({ body: 'x'.repeat(300 * 1024), headers: {} })).toMatchObject({ status: 413 })
  })
})

test('of 30 recorded requests, none is believed after any one of its bytes has changed', () => {
  const samples = Array.from({ length: 30 }, (_, i) => packed(fixture(names[i % names.length]!)))
  let changes = 0
  const refuses = ({ body, headers }: { body: Buffer; headers: Record<string, string> }): void => {
    changes++
    expect(() => believed(settings, body, (name) => headers[name.toLowerCase()] ?? '', now)).toThrow(NotBelieved)
  }
  for (const { body, headers } of samples) {
    const raw = Buffer.from(body)
    expect(believed(settings, raw, (name) => headers[name.toLowerCase()] ?? '', now)).toHaveProperty('envelope')
    for (let i = 0; i < raw.length; i++) {
      const flipped = Buffer.from(raw)
      flipped[i] = raw[i]! ^ (1 << (i % 8))
      refuses({ body: flipped, headers })
    }
    for (const name of ['x-lark-signature', 'x-lark-request-timestamp', 'x-lark-request-nonce'])
      refuses({ body: raw, headers: { ...headers, [name]: `${headers[name]?.slice(0, -1)}!` } })
  }
  expect(changes).toBeGreaterThan(20_000)
}, 60_000)

/** The official client's own check of a signature is the witness that the samples are what the platform sends. */
function sdkBelieves({ body, headers }: { body: string; headers: Record<string, string> }): boolean {
  const { requestHandle } = new EventDispatcher({ encryptKey: settings.encryptKey, logger: sdkLog })
  return requestHandle?.checkIsEventValidated(Object.assign(Object.create({ headers }), JSON.parse(body))) ?? false
}
