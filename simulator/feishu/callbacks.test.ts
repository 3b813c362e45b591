import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

import { AESCipher } from '@larksuiteoapi/node-sdk'
import { afterEach, expect, test } from 'vitest'

import { jsonOf, isFields, rawBody } from '../request-body.ts'
import { encrypt, pack } from './callbacks.ts'
import { aButton, aCallbackServer, aCard, aTenant, cardMessage, decrypted } from './test-tenant.ts'
import { eventually } from '../test-eventually.ts'
import type { Tenant } from './test-tenant.ts'

let tenant: Tenant
let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await close?.()
  close = undefined
  await tenant?.close()
})

/** The vector of the platform's own documentation. */
const published = { key: 'test key', text: 'hello world', encrypted: 'P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=' }

test('encryption gives the published vector when it starts from its IV', () => {
  const iv = Buffer.from(published.encrypted, 'base64').subarray(0, 16)
  expect(encrypt(published.key, published.text, iv)).toBe(published.encrypted)
  expect(new AESCipher(published.key).decrypt(published.encrypted)).toBe(published.text)
})

test('two encryptions of the same text differ', () => {
  expect(encrypt(published.key, published.text)).not.toBe(encrypt(published.key, published.text))
})

type Received = { headers: IncomingMessage['headers']; raw: string }

/** Collects what is posted, and echoes challenges as a product must. */
async function collect(): Promise<Received[]> {
  tenant = await aTenant()
  const received: Received[] = []
  const server = await aCallbackServer(async (request, response) => {
    const raw = (await rawBody(request, 1_000_000))?.toString('utf8') ?? ''
    const challenge = challengeIn(raw)
    if (!challenge) received.push({ headers: request.headers, raw })
    response.end(JSON.stringify({ challenge }))
  })
  close = server.close
  await tenant.control('PATCH', '/feishu/settings', { eventUrl: server.url, cardUrl: server.url })
  return received
}

function challengeIn(raw: string): unknown {
  const body = jsonOf(raw)
  if (!isFields(body) || typeof body['encrypt'] !== 'string') return undefined
  try {
    const event = jsonOf(new AESCipher(tenant.app.encryptKey).decrypt(body['encrypt']))
    return isFields(event) ? event['challenge'] : undefined
  } catch {
    // A body that was spoilt on purpose is no challenge.
    return undefined
  }
}

function signatureOf({ headers, raw }: Received): string {
  const timestamp = String(headers['x-lark-request-timestamp'])
  const nonce = String(headers['x-lark-request-nonce'])
  return createHash('sha256')
    .update(timestamp + nonce + tenant.app.encryptKey + raw)
    .digest('hex')
}

test('events are signed over the raw body and carry Unix seconds', async () => {
  const received = await collect()
  await tenant.says('xiaoli', '库存')
  const event = await eventually(() => received[0])
  expect(event.headers['x-lark-signature']).toBe(signatureOf(event))
  expect(event.headers['x-lark-request-timestamp']).toMatch(/^\d{10}$/)
})

test('clicks are signed too, and carry the text of a Go time', async () => {
  const received = await collect()
  const { messageId } = await tenant.send('xiaoli', cardMessage(aCard(aButton('approve'))))
  await tenant.control('POST', `/feishu/cards/${messageId}/clicks`, { person: 'xiaoli', action: 'approve' })
  const click = await eventually(() => received[0])
  expect(click.headers['x-lark-signature']).toBe(signatureOf(click))
  expect(click.headers['x-lark-request-timestamp']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} \+0800 CST m=\+/)
})

test.each(['signature', 'body', 'unsigned'])(
  'a tampered callback (%s) does not carry its right signature',
  async (tamper) => {
    const received = await collect()
    await tenant.control('POST', '/feishu/faults', { tamper })
    await tenant.says('xiaoli', '库存')
    const event = await eventually(() => received[0])
    expect(event.headers['x-lark-signature']).not.toBe(signatureOf(event))
  },
)

test('a tampered body is never the one that was signed, whatever it ends in', async () => {
  tenant = await aTenant()
  for (let n = 0; n < 500; n++) {
    const { body, headers } = pack(tenant.app, { n }, '1795300000', 'body')
    expect(signatureOf({ raw: body, headers })).not.toBe(headers['x-lark-signature'])
  }
})

test('a plaintext callback is neither encrypted nor signed', async () => {
  const received = await collect()
  await tenant.control('POST', '/feishu/faults', { tamper: 'plaintext' })
  await tenant.says('xiaoli', '库存')
  const event = await eventually(() => received[0])
  expect(event.headers['x-lark-signature']).toBeUndefined()
  expect(jsonOf(event.raw)).toMatchObject({ header: { event_type: 'im.message.receive_v1' } })
})

test.each([
  ['token', { token: 'forged-token' }],
  ['tenant', { tenant_key: 'another-tenant' }],
  ['app', { app_id: 'cli_ffffffffffffffff' }],
  ['old', { create_time: '0' }],
])('a callback of a foreign %s is rightly signed but lies in its header', async (tamper, header) => {
  const received = await collect()
  await tenant.control('POST', '/feishu/faults', { tamper })
  await tenant.says('xiaoli', '库存')
  const event = await eventually(() => received[0])
  expect(event.headers['x-lark-signature']).toBe(signatureOf(event))
  const body = jsonOf(event.raw)
  const clear = new AESCipher(tenant.app.encryptKey).decrypt(isFields(body) ? String(body['encrypt']) : '')
  expect(jsonOf(clear)).toMatchObject({ header })
})

test('an address that does not echo the challenge is not kept', async () => {
  tenant = await aTenant()
  const server = await aCallbackServer((_, response) => response.end('{}'))
  close = server.close
  expect(await tenant.control('PATCH', '/feishu/settings', { eventUrl: server.url })).toHaveProperty('error')
  expect((await tenant.control('PATCH', '/feishu/settings', {}))['eventUrl']).toBeUndefined()
})

test('an address that echoes the challenge after a second is not kept', async () => {
  tenant = await aTenant()
  const server = await aCallbackServer(async (request, response) => {
    const { challenge } = await decrypted(tenant.app, request)
    tenant.clock.advance(1000)
    response.end(JSON.stringify({ challenge }))
  })
  close = server.close
  expect(await tenant.control('PATCH', '/feishu/settings', { eventUrl: server.url })).toHaveProperty('error')
})
