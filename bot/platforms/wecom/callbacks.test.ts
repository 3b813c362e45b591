import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import Router from '@koa/router'
import Koa from 'koa'
import { createCipheriv, createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Inbound, PressAnswer } from '../platform.ts'
import { redrawnCardXml } from './answer.ts'
import { believed, wecomCallbacks } from './callbacks.ts'
import { NotBelieved, opened } from './seal.ts'
import { seenRequests } from './seen-requests.ts'
import { appIdOf, type WecomSettings } from './settings.ts'
import { parseXml } from './xml.ts'

const settings: WecomSettings = {
  corpId: 'ww1234567890abcdef',
  agentId: '1000002',
  secret: 'fake-secret-of-the-tests',
  callbackToken: 'fakeTokenOfTheTests',
  callbackKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  baseUrl: 'http://127.0.0.1:9',
  openUrl: 'http://127.0.0.1:9',
  loginUrl: 'http://127.0.0.1:9',
  appUrl: 'https://app.example',
}
/** Another app of the same company. */
const second: WecomSettings = { ...settings, agentId: '1000003' }
const startMs = 1795300000000
let nowMs = startMs
const minuteMs = 60_000

const folder = new URL('./fixtures/', import.meta.url)
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.xml') ? [file.replace('.xml', '')] : []))
const fixture = (name: string): string => readFileSync(new URL(`${name}.xml`, folder), 'utf8').trim()

type Request = { query: Record<string, string>; body: string }
let count = 0
type Changes = {
  corpId?: string
  agentId?: string
  at?: number
  envelope?: (encrypted: string) => string
  key?: string
}
/** A request as WeCom makes it, by the official library; each with a nonce of its own. */
function packed(clear: string, { corpId, agentId, at = nowMs, envelope, key }: Changes = {}): Request {
  const encrypted = encrypt(key ?? settings.callbackKey, clear, corpId ?? settings.corpId)
  return signed(
    encrypted,
    envelope?.(encrypted) ??
      `<xml><ToUserName><![CDATA[${settings.corpId}]]></ToUserName><AgentID>${agentId ?? settings.agentId}</AgentID><Encrypt><![CDATA[${encrypted}]]></Encrypt></xml>`,
    at,
  )
}
/**
 * Packed until what is encrypted begins with a letter. The signature sorts its parts before it joins them, so time
 * and nonce stand side by side, which is what lets a digit move between them, only when nothing sorts in between.
 */
function packedBehindDigits(clear: string) {
  for (;;) {
    const { body } = packed(clear)
    const encrypted = (parseXml(body) as { Encrypt: string }).Encrypt
    if (/^[a-z]/i.test(encrypted)) return { body, encrypted }
  }
}

function signed(encrypted: string, body: string, at = nowMs): Request {
  const timestamp = String(Math.floor(at / 1000))
  const nonce = String(1_500_000_000 + count++)
  return {
    query: { msg_signature: getSignature(settings.callbackToken, timestamp, nonce, encrypted), timestamp, nonce },
    body,
  }
}

let server: Server
let url: string
const received: Inbound[] = []
const decided: PressAnswer = {
  toast: { look: 'success', text: '已同意' },
  card: {
    colour: 'green',
    title: '销售订单 SO-1',
    tag: '已通过',
    parts: [{ kind: 'note', text: '<b>&' }],
    buttons: [],
  },
}
let answer: (inbound: Inbound) => Promise<PressAnswer | undefined>
beforeAll(async () => {
  const router = new Router()
  for (const one of [settings, second])
    wecomCallbacks(one, {
      receive: (inbound) => answer(inbound),
      personOf: async ({ eventKey }) => ({ kind: 'directory', eventKey }),
      answerXml: (press, { toast, card }) => (card ? redrawnCardXml(one, press, { toast, card }, nowMs) : ''),
      now: () => nowMs,
    })(router)
  const app = new Koa().use(router.routes())
  app.silent = true
  server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bot/wecom` // a TCP server's address
})
afterAll(() => server.close())
beforeEach(() => {
  received.length = 0
  nowMs = startMs
  answer = async (inbound) => {
    received.push(inbound)
    return inbound.kind === 'press' ? decided : undefined
  }
})

const called = async ({ query, body }: { query: Record<string, string>; body?: string }, app = '') => {
  const response = await fetch(
    `${url}${app}?${new URLSearchParams(query).toString()}`,
    body === undefined ? {} : { method: 'POST', body },
  )
  return { status: response.status, text: await response.text() }
}

describe('the published vector', () => {
  const published = {
    corpId: 'wx5823bf96d3bd56c7',
    callbackToken: 'QDG6eK',
    callbackKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  }
  const echo = {
    signature: '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3',
    timestamp: '1409659589',
    nonce: '263014780',
    encrypted: 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==',
  }
  test('is believed and read', () => {
    expect(opened(published, echo, 1409659589_000)).toBe('1616140317555161061')
  })
  test('is not believed for another company, nor hours later', () => {
    expect(() => opened({ ...published, corpId: 'ww1' }, echo, 1409659589_000)).toThrow('company')
    expect(() => opened(published, echo, 1409669589_000)).toThrow('age')
  })
})

describe('what WeCom really sent is taken', () => {
  test.each(names)('%s', async (name) => {
    expect(await called(packed(fixture(name)))).toMatchObject({ status: 200 })
    expect(received).toHaveLength(1)
  })

  test('a press is answered with its card as it is now, sealed for WeCom, with the word of the toast on it', async () => {
    const { text } = await called(packed(fixture('card-click')))
    const envelope = parseXml(text) as Record<string, string> // written by the code under test
    const { Encrypt = '', MsgSignature, TimeStamp = '', Nonce = '' } = envelope
    expect(MsgSignature).toBe(getSignature(settings.callbackToken, TimeStamp, Nonce, Encrypt))
    const { message, id } = decrypt(settings.callbackKey, Encrypt)
    expect(id).toBe(settings.corpId)
    expect(parseXml(message)).toMatchObject({
      ToUserName: 'wangjie',
      FromUserName: settings.corpId,
      MsgType: 'update_template_card',
      TemplateCard: {
        CardType: 'button_interaction',
        TaskId: 'yidan-0123456789',
        MainTitle: { Title: '销售订单 SO-1' },
        SubTitleText: '<b>&',
        ReplaceText: '已同意',
      },
    })
  })

  test('each of several apps has an address of its own', async () => {
    const clear = fixture('message-text')
    const ofSecond = clear.replace(settings.agentId, second.agentId)
    const request = () => packed(ofSecond, { agentId: second.agentId })
    expect(ofSecond).not.toBe(clear)
    expect((await called(packed(clear), `/${appIdOf(settings)}`)).status).toBe(200)
    expect((await called(request(), `/${appIdOf(second)}`)).status).toBe(200)
    expect(received).toHaveLength(2)
    expect((await called(request(), `/${appIdOf(settings)}`)).status).toBe(403)
    expect((await called(request())).status).toBe(403)
  })

  test('what has no answer is acknowledged with nothing', async () => {
    expect(await called(packed(fixture('message-text')))).toEqual({ status: 200, text: '' })
  })
})

describe('the check of the address', () => {
  const echo = (text: string) => {
    const encrypted = encrypt(settings.callbackKey, text, settings.corpId)
    return { query: { ...signed(encrypted, '').query, echostr: encrypted } }
  }

  test('is answered with the text alone', async () => {
    expect(await called(echo('1616140317555161061'))).toEqual({ status: 200, text: '1616140317555161061' })
    expect(received).toEqual([])
  })

  test('is answered also when its plus signs were not escaped', async () => {
    let asked = echo('first')
    while (!asked.query.echostr.includes('+')) asked = echo('again')
    const { echostr, ...query } = asked.query
    const response = await fetch(`${url}?${new URLSearchParams(query).toString()}&echostr=${echostr}`)
    expect(response.status).toBe(200)
  })

  test('is refused when it is not signed, or signed for another', async () => {
    const { query } = echo('hello')
    const changed: Record<string, string>[] = [
      { ...query, msg_signature: '' },
      { ...query, msg_signature: 'f'.repeat(40) },
      { ...query, nonce: '1' },
      { ...query, echostr: 'AAAA' },
    ]
    for (const one of changed) expect((await called({ query: one })).status).toBe(401)
  })
})

describe('is refused and changes nothing:', () => {
  const click = fixture('card-click')
  const twoEncrypts = (encrypted: string) =>
    `<xml><ToUserName>${settings.corpId}</ToUserName><Encrypt>${encrypted}</Encrypt><Encrypt>${encrypted}</Encrypt></xml>`
  const withDtd = (encrypted: string) =>
    `<!DOCTYPE xml [<!ENTITY e "${encrypted}">]><xml><ToUserName>${settings.corpId}</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`
  const withEntity = (encrypted: string) =>
    `<xml><!ENTITY e SYSTEM "file:///etc/passwd"><ToUserName>${settings.corpId}</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`
  const without = (name: string): Request => {
    const { query, body } = packed(click)
    return { query: Object.fromEntries(Object.entries(query).filter(([key]) => key !== name)), body }
  }
  const otherKey = createHash('sha256').update('another key').digest('base64').slice(0, 43)
  /** Sealed by hand, since the library pads as it should: the last byte says how many, the others are not the same. */
  const badPadding = (): Request => {
    const key = Buffer.from(`${settings.callbackKey}=`, 'base64')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(Buffer.byteLength(click))
    const clear = Buffer.concat([Buffer.alloc(16, 'r'), length, Buffer.from(click + settings.corpId)])
    const padding = Buffer.alloc(32 - (clear.length % 32))
    padding[padding.length - 1] = padding.length
    expect(padding.length).toBeGreaterThan(1)
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const encrypted = Buffer.concat([cipher.update(clear), cipher.update(padding), cipher.final()]).toString('base64')
    expect(decrypt(settings.callbackKey, encrypted)).toMatchObject({ message: click, id: settings.corpId })
    return signed(encrypted, `<xml><ToUserName>${settings.corpId}</ToUserName><Encrypt>${encrypted}</Encrypt></xml>`)
  }
  const cases: [string, number, () => Request][] = [
    [
      'a forged signature',
      401,
      () => ({ ...packed(click), query: { ...packed(click).query, msg_signature: 'f'.repeat(40) } }),
    ],
    ['no signature', 401, () => without('msg_signature')],
    ['no nonce', 401, () => without('nonce')],
    ['no time', 401, () => without('timestamp')],
    ['the plain text', 401, () => ({ ...packed(click), body: click })],
    ['another key', 401, () => packed(click, { key: otherKey })],
    ['padding that does not hold', 401, badPadding],
    ['another company inside', 403, () => packed(click.replace(settings.corpId, 'ww_another'))],
    ['another company as receiver', 403, () => packed(click, { corpId: 'ww_another' })],
    ['another app', 403, () => packed(click, { agentId: '1000003' })],
    ['another app inside', 403, () => packed(click.replace('>1000002<', '>1000003<'))],
    ['a request of 6 minutes ago', 401, () => packed(click, { at: nowMs - 6 * minuteMs })],
    ['a request from 6 minutes ahead', 401, () => packed(click, { at: nowMs + 6 * minuteMs })],
    ['an event of yesterday', 401, () => packed(click.replace('1795300000', '1795213600'))],
    ['an event without a time', 401, () => packed(click.replace(/<CreateTime>.*<\/CreateTime>/, ''))],
    ['two elements Encrypt', 401, () => packed(click, { envelope: twoEncrypts })],
    ['a DTD', 401, () => packed(click, { envelope: withDtd })],
    ['an entity', 401, () => packed(click, { envelope: withEntity })],
    ['a DTD inside', 401, () => packed(`<!DOCTYPE xml>${click}`)],
    ['no XML', 401, () => packed(click, { envelope: (encrypted) => JSON.stringify({ encrypt: encrypted }) })],
    ['an empty body', 401, () => ({ ...packed(click), body: '' })],
    ['a body beyond all measure', 413, () => ({ ...packed(click), body: 'x'.repeat(300 * 1024) })],
  ]
  test.each(cases)('%s', async (_, status, request) => {
    expect(await called(request())).toMatchObject({ status })
    expect(received).toEqual([])
  })

  test('a time and a nonce between which a digit was moved, which the signature cannot tell', async () => {
    const { body, encrypted } = packedBehindDigits(click)
    const timestamp = String(nowMs / 1000)
    const signature = getSignature(settings.callbackToken, timestamp, '00', encrypted)
    expect(getSignature(settings.callbackToken, `0${timestamp}`, '0', encrypted)).toBe(signature)
    const moved = { msg_signature: signature, timestamp: `0${timestamp}`, nonce: '0' }
    expect(await called({ query: moved, body })).toMatchObject({ status: 401 })
    expect(await called({ query: { ...moved, timestamp, nonce: '00' }, body })).toMatchObject({ status: 200 })
  })
})

describe('the same request again', () => {
  test('is refused once it was answered, and has one effect', async () => {
    const request = packed(fixture('card-click'))
    expect(await called(request)).toMatchObject({ status: 200 })
    expect(await called(request)).toMatchObject({ status: 401 })
    expect(received).toHaveLength(1)
  })

  test('is refused for as long as it would be believed', async () => {
    const request = packed(fixture('card-click'), { at: nowMs + 4 * minuteMs })
    expect(await called(request)).toMatchObject({ status: 200 })
    for (const later of [4, 8, 20]) {
      nowMs = startMs + later * minuteMs
      expect(await called(request)).toMatchObject({ status: 401 })
    }
    expect(received).toHaveLength(1)
  })

  test('gets the same answer while the first is still in the making: WeCom did not wait for it', async () => {
    const seen = seenRequests(() => nowMs)
    let finish = (_answer: string): void => {}
    const first = seen.once('signature', () => new Promise((resolve) => (finish = resolve)))
    const second = seen.once('signature', () => Promise.reject(new Error('worked twice')))
    finish('the answer')
    expect(await Promise.all([first, second])).toEqual(['the answer', 'the answer'])
  })

  test('is tried again after a failure', async () => {
    const request = packed(fixture('message-text'))
    const works = answer
    answer = () => Promise.reject(new Error('the database is away'))
    expect(await called(request)).toMatchObject({ status: 500 })
    answer = works
    expect(await called(request)).toMatchObject({ status: 200 })
    expect(received).toHaveLength(1)
  })
})

test('of 30 recorded requests, none is believed after any one of its bytes has changed', () => {
  const samples = Array.from({ length: 30 }, (_, i) => packed(fixture(names[i % names.length] ?? '')))
  let changes = 0
  const told = ({ query, body }: Request) =>
    believed(
      settings,
      { signature: query['msg_signature'] ?? '', timestamp: query['timestamp'] ?? '', nonce: query['nonce'] ?? '' },
      body,
      nowMs,
    )
  const refuses = (changed: Request): void => {
    changes++
    expect(() => told(changed)).toThrow(NotBelieved)
  }
  for (const sample of samples) {
    expect(told(sample)).toHaveProperty('MsgType')
    const raw = Buffer.from(sample.body)
    for (let i = 0; i < raw.length; i++) {
      const flipped = Buffer.from(raw)
      flipped[i] = (raw[i] ?? 0) ^ (1 << (i % 8))
      refuses({ ...sample, body: flipped.toString('utf8') })
    }
    for (const name of Object.keys(sample.query)) {
      const value = sample.query[name] ?? ''
      refuses({ ...sample, query: { ...sample.query, [name]: `${value.slice(0, -1)}!` } })
    }
  }
  expect(changes).toBeGreaterThan(10_000)
}, 120_000)
