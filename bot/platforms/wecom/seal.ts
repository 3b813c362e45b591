import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { randomBytes } from 'node:crypto'
import { sameSecret } from '../same-secret.ts'
import type { WecomSettings } from './settings.ts'
import { element } from './xml.ts'

/** A request may be so old, or its clock so far ahead. WeCom sends again within seconds, never hours later. */
export const ageMsMax = 5 * 60_000

type Reason = 'signature' | 'encryption' | 'company' | 'app' | 'age' | 'replay' | 'shape' | 'size'

/** Why a callback is not believed. Answered 401, 403 or 413, logged, and nothing else happens. */
export class NotBelieved extends Error {
  readonly reason: Reason
  constructor(reason: Reason) {
    super(reason)
    this.reason = reason
  }
}

/** What a request brings beside the secrets that both sides know. */
export type Sealed = { signature: string; timestamp: string; nonce: string; encrypted: string }
type Keys = Pick<WecomSettings, 'callbackToken' | 'callbackKey' | 'corpId'>

/**
 * What was sealed, when it can be believed. The official library decrypts but checks nothing: neither for whom it is, nor its padding, nor when it
 * was made. Times and nonces have a fixed form, since the signature joins them without anything between.
 */
export function opened(keys: Keys, { signature, timestamp, nonce, encrypted }: Sealed, nowMs: number): string {
  if (!/^\d{10}$/.test(timestamp) || !/^[\w-]{1,64}$/.test(nonce)) throw new NotBelieved('shape')
  if (!sameSecret(signature, getSignature(keys.callbackToken, timestamp, nonce, encrypted)))
    throw new NotBelieved('signature')
  if (Math.abs(nowMs - Number(timestamp) * 1000) > ageMsMax) throw new NotBelieved('age')
  return decrypted(keys, encrypted)
}

function decrypted({ callbackKey, corpId }: Keys, encrypted: string): string {
  const { message, id, random } = attempt(() => decrypt(callbackKey, encrypted))
  // Sealed again it must be the same to the last byte: that is what vouches for the padding.
  if (!sameSecret(encrypt(callbackKey, message, id, random), encrypted)) throw new NotBelieved('encryption')
  if (!sameSecret(id, corpId)) throw new NotBelieved('company')
  return message
}

function attempt<T>(open: () => T): T {
  try {
    return open()
  } catch {
    throw new NotBelieved('encryption')
  }
}

/** An answer, sealed for WeCom. */
export function sealed({ callbackToken, callbackKey, corpId }: Keys, xml: string, nowMs: number): string {
  const encrypted = encrypt(callbackKey, xml, corpId)
  const timestamp = Math.floor(nowMs / 1000)
  const nonce = randomBytes(8).toString('hex')
  return element('xml', {
    Encrypt: encrypted,
    MsgSignature: getSignature(callbackToken, timestamp, nonce, encrypted),
    TimeStamp: timestamp,
    Nonce: nonce,
  })
}
