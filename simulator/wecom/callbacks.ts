import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

import { XMLParser } from 'fast-xml-parser'

import type { Fault } from '../faults.ts'
import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import type { WecomApp } from './state.ts'

/** WeCom pads to 32 bytes, although the block of AES has 16. */
const PAD_TO = 32
type Tamper = Fault['tamper']
export type Sealed = { url: string; body: string }

const reading = new XMLParser({ parseTagValue: false, ignoreAttributes: true, processEntities: false })

/** Encrypts as WeCom does: 16 random bytes, the length in bytes, the text, and whom it is for. */
export function encrypt(aesKey: string, text: string, receiveId: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const clear = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(clear.length)
  const whole = Buffer.concat([randomBytes(16), length, clear, Buffer.from(receiveId)])
  const pad = PAD_TO - (whole.length % PAD_TO)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(whole), cipher.update(Buffer.alloc(pad, pad)), cipher.final()]).toString('base64')
}

/** Reads an encrypted text; nothing when it was not made with this key. */
export function decrypt(aesKey: string, secret: string): { text: string; receiveId: string } | undefined {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const padded = Buffer.concat([decipher.update(Buffer.from(secret, 'base64')), decipher.final()])
    const pad = padded.at(-1) ?? 0
    if (pad < 1 || pad > PAD_TO) return undefined
    const whole = padded.subarray(0, padded.length - pad)
    const end = 20 + whole.readUInt32BE(16)
    if (end > whole.length) return undefined
    return { text: whole.subarray(20, end).toString('utf8'), receiveId: whole.subarray(end).toString('utf8') }
  } catch {
    // Nonsense that has not even the length of a ciphertext was not made with this key either.
    return undefined
  }
}

/** The SHA-1 of the sorted texts. */
export function signatureOf(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].toSorted().join('')).digest('hex')
}

/** An XML document below `<xml>`: texts in CDATA, numbers bare, a list as an element that is repeated. */
export function xmlOf(fields: Fields): string {
  return element('xml', fields)
}

function element(name: string, value: unknown): string {
  if (value === undefined) return ''
  if (Array.isArray(value)) return value.map((each) => element(name, each)).join('')
  return `<${name}>${inside(value)}</${name}>`
}

function inside(value: unknown): string {
  if (isFields(value)) {
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner))
      .join('')
  }
  // The end of a CDATA section inside a text would end the section: it is written in two of them.
  return typeof value === 'string' ? `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : String(value)
}

/** The fields below `<xml>`, all of them texts; nothing when the text is no such document. */
export function fieldsOf(xml: string): Fields | undefined {
  try {
    const document: unknown = reading.parse(xml)
    return isFields(document) && isFields(document['xml']) ? document['xml'] : undefined
  } catch {
    return undefined
  }
}

/** Packs an event for HTTP: encrypted and signed, and spoilt where a fault asks for it. */
export function seal(app: WecomApp, corpId: string, event: Fields, url: string, now: number, tamper: Tamper): Sealed {
  const clear = xmlOf(event)
  const keys = tamper === 'token' ? { ...app, token: 'forged-token' } : app
  const whole = encrypt(keys.aesKey, clear, tamper === 'tenant' ? 'ww_another_company' : corpId)
  const timestamp = String(Math.floor(now / 1000) - (tamper === 'old' ? 86_400 : 0))
  const nonce = String(1e9 + Math.floor(randomBytes(4).readUInt32BE() / 5))
  const right = signatureOf(keys.token, timestamp, nonce, whole)
  const signature = tamper === true || tamper === 'signature' ? flipped(right) : right
  const signed: Record<string, string> = tamper === 'unsigned' ? {} : { msg_signature: signature }
  // One character of the ciphertext changes after signing.
  const sent = tamper === 'body' ? (whole.startsWith('A') ? 'B' : 'A') + whole.slice(1) : whole
  const envelope = {
    ToUserName: corpId,
    AgentID: String(tamper === 'app' ? app.agentId + 1 : app.agentId),
    Encrypt: sent,
  }
  return {
    url: withQuery(url, { ...signed, timestamp, nonce }),
    body: tamper === 'plaintext' ? clear : xmlOf(envelope),
  }
}

/** The address as WeCom calls it to see whether it holds the keys, and what it must answer. */
export function echoCheck(app: WecomApp, corpId: string, url: string, now: number): { url: string; words: string } {
  const words = String(randomBytes(6).readUIntBE(0, 6))
  const echostr = encrypt(app.aesKey, words, corpId)
  const [timestamp, nonce] = [String(Math.floor(now / 1000)), String(randomBytes(4).readUInt32BE())]
  const msg_signature = signatureOf(app.token, timestamp, nonce, echostr)
  return { url: withQuery(url, { msg_signature, timestamp, nonce, echostr }), words }
}

function withQuery(url: string, query: Record<string, string>): string {
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  return target.href
}

function flipped(hex: string): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1)
}

/** Opens what the product answered in the body of a callback. Says what is wrong with it, or what it holds. */
export function openReply(app: WecomApp, corpId: string, body: string): { fields: Fields } | { fault: string } {
  const envelope = fieldsOf(body)
  if (!envelope) return { fault: 'the answer is no XML document' }
  const [encrypted, signature, timestamp, nonce] = ['Encrypt', 'MsgSignature', 'TimeStamp', 'Nonce'].map((name) =>
    textOf(envelope[name]),
  )
  if (!encrypted || !signature || !timestamp || !nonce)
    return { fault: 'Encrypt, MsgSignature, TimeStamp or Nonce is missing' }
  if (signatureOf(app.token, timestamp, nonce, encrypted) !== signature) return { fault: 'MsgSignature is wrong' }
  const opened = decrypt(app.aesKey, encrypted)
  if (!opened) return { fault: 'Encrypt was not made with the EncodingAESKey' }
  if (opened.receiveId !== corpId) return { fault: 'the receiveid is not the corp id' }
  const fields = fieldsOf(opened.text)
  return fields ? { fields } : { fault: 'the encrypted text is no XML document' }
}

export type HttpAnswer = { kind: 'answered'; status: number; text: string } | { kind: 'no_connection' }

/** Calls the product. A redirect is not followed: it is an answer other than 200. */
export async function call(url: string, body?: string): Promise<HttpAnswer> {
  try {
    const post = body !== undefined && { method: 'POST', body, headers: { 'content-type': 'text/xml' } }
    const response = await fetch(url, { ...post, redirect: 'manual' })
    return { kind: 'answered', status: response.status, text: await response.text() }
  } catch {
    // Whatever is in the way, the platform sees only that nobody answers.
    return { kind: 'no_connection' }
  }
}
