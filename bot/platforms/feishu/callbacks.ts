import { createDecipheriv, createHash } from 'node:crypto'
import { log } from '#kernel/log'
import type { PressAnswer, Receive, Routes } from '../platform.ts'
import { rawBody } from '../raw-body.ts'
import { sameSecret } from '../same-secret.ts'
import type { FeishuSettings } from './settings.ts'
import { answerJson } from './answer.ts'
import { inboundOf, parseEnvelope } from './wire.ts'

const bodyBytesMax = 256 * 1024
/** Feishu redelivers events for about seven hours, and clicks never. */
const eventAgeMsMax = 8 * 3_600_000
const clickAgeMsMax = 5 * 60_000

type Reason = 'signature' | 'encryption' | 'token' | 'app' | 'tenant' | 'age' | 'shape' | 'size'

/** Why a callback is not believed. Answered 401 (or 413), logged, and nothing else happens. */
export class NotBelieved extends Error {
  readonly reason: Reason
  constructor(reason: Reason) {
    super(reason)
    this.reason = reason
  }
}

/**
 * POST /bot/feishu/…, of which each app has its own; the only app, or the first, may be called without its id. Events and card clicks over HTTP: the
 * signature covers the raw body, so it is checked before anything is parsed.
 */
export const feishuCallbacks =
  (settings: FeishuSettings, receive: Receive, now: () => number): Routes =>
  (router) => {
    router.post([`/bot/feishu/${settings.appId}`, '/bot/feishu'], async (ctx) => {
      try {
        const raw = await rawBody(ctx.req, bodyBytesMax)
        if (!raw) throw new NotBelieved('size')
        const body = believed(settings, raw, (name) => ctx.get(name), now())
        ctx.body = 'challenge' in body ? body : await answer(receive, body.envelope, settings)
        ctx.status = 200
      } catch (error) {
        if (!(error instanceof NotBelieved)) throw error
        log.warn({ reason: error.reason, ip: ctx.ip }, 'a Feishu callback was refused')
        ctx.status = error.reason === 'size' ? 413 : 401
        ctx.body = { error: error.reason }
      }
    })
  }

async function answer(
  receive: Receive,
  envelope: NonNullable<ReturnType<typeof parseEnvelope>>,
  settings: FeishuSettings,
): Promise<object> {
  const answered: PressAnswer | undefined = await receive(
    inboundOf(envelope, { appId: settings.appId, tenant: settings.tenantKey }),
  )
  return answered ? answerJson(answered, settings.appUrl) : {}
}

type Believed = { challenge: string } | { envelope: NonNullable<ReturnType<typeof parseEnvelope>> }

/** What a request says, when it can be believed; throws `NotBelieved` otherwise. */
export function believed(
  settings: FeishuSettings,
  raw: Buffer,
  header: (name: string) => string,
  nowMs: number,
): Believed {
  const signature = header('X-Lark-Signature')
  const signed = signature !== '' && sameSecret(signature, signatureOf(settings.encryptKey, raw, header))
  const body = decrypted(settings.encryptKey, raw)
  // The address check is the one request that Feishu does not sign; only its token vouches for it, and nothing but the echo follows.
  const challenge = challengeOf(body)
  if (challenge) {
    if (!sameSecret(challenge.token, settings.verificationToken)) throw new NotBelieved('token')
    return { challenge: challenge.challenge }
  }
  if (!signed) throw new NotBelieved('signature')
  const envelope = parseEnvelope(body)
  if (!envelope) throw new NotBelieved('shape')
  checkHeader(settings, envelope.header, nowMs)
  return { envelope }
}

function checkHeader(
  settings: FeishuSettings,
  header: { token?: string; app_id?: string; tenant_key?: string; event_type: string; create_time: string },
  nowMs: number,
): void {
  if (!sameSecret(header.token ?? '', settings.verificationToken)) throw new NotBelieved('token')
  if (header.app_id !== settings.appId) throw new NotBelieved('app')
  if (header.tenant_key !== settings.tenantKey) throw new NotBelieved('tenant')
  const isClick = header.event_type === 'card.action.trigger'
  // Clicks carry microseconds, events milliseconds.
  const createdMs = Number(header.create_time) / (header.create_time.length > 13 ? 1000 : 1)
  const ageMs = Math.abs(nowMs - createdMs)
  if (!(ageMs <= (isClick ? clickAgeMsMax : eventAgeMsMax))) throw new NotBelieved('age')
}

const signatureOf = (encryptKey: string, raw: Buffer, header: (name: string) => string): string =>
  createHash('sha256')
    .update(header('X-Lark-Request-Timestamp'))
    .update(header('X-Lark-Request-Nonce'))
    .update(encryptKey)
    .update(raw)
    .digest('hex')

/** AES-256-CBC under SHA-256 of the key, the first 16 bytes being the vector. Plain bodies are not accepted: a key is always set. */
export function decrypted(encryptKey: string, raw: Buffer): unknown {
  try {
    const { encrypt } = JSON.parse(raw.toString('utf8')) as { encrypt: string } // anything else throws below
    const sealed = Buffer.from(encrypt, 'base64')
    const key = createHash('sha256').update(encryptKey).digest()
    const decipher = createDecipheriv('aes-256-cbc', key, sealed.subarray(0, 16))
    const open = Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()])
    return JSON.parse(open.toString('utf8'))
  } catch {
    throw new NotBelieved('encryption')
  }
}

function challengeOf(body: unknown): { challenge: string; token: string } | undefined {
  if (typeof body !== 'object' || body === null || !('type' in body) || body.type !== 'url_verification')
    return undefined
  const { challenge, token } = body as { challenge?: unknown; token?: unknown } // fields are checked on the next line
  return typeof challenge === 'string' && typeof token === 'string' ? { challenge, token } : undefined
}
