import { createCipheriv, createHash, randomBytes } from 'node:crypto'

import type { Fault } from '../faults.ts'
import type { Fields } from '../request-body.ts'
import { isFields, jsonOf } from '../request-body.ts'
import type { FeishuApp } from './state.ts'

export type Signed = { body: string; headers: Record<string, string> }
type Tamper = Fault['tamper']

/** Encrypts as Feishu does: a random IV before the AES-256-CBC text, the key hashed from the Encrypt Key. */
export function encrypt(encryptKey: string, text: string, iv: Buffer = randomBytes(16)): string {
  const key = createHash('sha256').update(encryptKey).digest()
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64')
}

/** A plain hash over the raw body, not an HMAC. */
function signature(encryptKey: string, timestamp: string, nonce: string, body: string): string {
  return createHash('sha256')
    .update(timestamp + nonce + encryptKey + body)
    .digest('hex')
}

/** Packs an event for HTTP: encrypted and signed, and spoilt where a fault asks for it. */
export function pack(app: FeishuApp, event: Fields, timestamp: string, tamper: Tamper): Signed {
  const clear = JSON.stringify(event)
  const body =
    app.encryptKey && tamper !== 'plaintext' ? JSON.stringify({ encrypt: encrypt(app.encryptKey, clear) }) : clear
  const headers: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' }
  if (app.encryptKey && tamper !== 'unsigned' && tamper !== 'plaintext') {
    const nonce = randomBytes(8).toString('hex')
    const right = signature(app.encryptKey, timestamp, nonce, body)
    headers['x-lark-request-timestamp'] = timestamp
    headers['x-lark-request-nonce'] = nonce
    headers['x-lark-signature'] = tamper === true || tamper === 'signature' ? flipped(right) : right
  }
  // One byte of the ciphertext changes after signing; the JSON around it stays whole.
  return {
    body:
      tamper === 'body'
        ? body.replace(/(.)(.{5})$/, (_, one: string, rest: string) => (one === 'A' ? 'B' : 'A') + rest)
        : body,
    headers,
  }
}

function flipped(hex: string): string {
  return (hex.startsWith('0') ? '1' : '0') + hex.slice(1)
}

/** Events carry Unix seconds in the timestamp header; card callbacks carry the text of a Go time. */
export function timestampHeader(now: number, isCard: boolean): string {
  if (!isCard) return String(Math.floor(now / 1000))
  const china = new Date(now + 8 * 3_600_000).toISOString()
  return `${china.slice(0, 10)} ${china.slice(11, 23)}052290 +0800 CST m=+3612.1`
}

export type HttpAnswer =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'no_such_host' }
  | { kind: 'no_connection' }

/** Posts a callback. A redirect is not followed: the platform counts it as a wrong answer. */
export async function postCallback(url: string, signed: Signed): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: signed.body,
      headers: signed.headers,
      redirect: 'manual',
    })
    return { kind: 'answered', status: response.status, text: await response.text() }
  } catch (error) {
    const cause = error instanceof Error && isFields(error.cause) ? error.cause['code'] : undefined
    return { kind: cause === 'ENOTFOUND' || cause === 'EAI_AGAIN' ? 'no_such_host' : 'no_connection' }
  }
}

/** Asks a new address to echo a challenge, unsigned, as the console does when it is saved. */
export async function challenge(app: FeishuApp, url: string, deadline: Promise<void>): Promise<boolean> {
  const words = randomBytes(12).toString('hex')
  const event = { type: 'url_verification', challenge: words, token: app.verificationToken }
  const body = JSON.stringify(app.encryptKey ? { encrypt: encrypt(app.encryptKey, JSON.stringify(event)) } : event)
  const answer = await Promise.race([
    postCallback(url, { body, headers: { 'content-type': 'application/json; charset=utf-8' } }),
    deadline,
  ])
  if (answer?.kind !== 'answered' || answer.status !== 200) return false
  const echoed = jsonOf(answer.text)
  return isFields(echoed) && echoed['challenge'] === words
}
