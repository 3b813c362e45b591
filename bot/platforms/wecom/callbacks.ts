import type { Context } from 'koa'
import { z } from 'zod'
import { log } from '#kernel/log'
import type { Inbound, Press, PressAnswer, Receive, Routes } from '../platform.ts'
import { rawBody } from '../raw-body.ts'
import { seenRequests } from './seen-requests.ts'
import { NotBelieved, opened, sealed } from './seal.ts'
import { appIdOf, type WecomSettings } from './settings.ts'
import { type ChangedPerson, inboundOf, parseEvent } from './wire.ts'
import { parseXml } from './xml.ts'

const bodyBytesMax = 256 * 1024
/** What lay that long at WeCom is told by the directory of the night and by the person himself. */
const eventAgeMsMax = 3_600_000

const Envelope = z.object({
  ToUserName: z.string(),
  /** Changes of the directory may come without the number of an app. */
  AgentID: z.string().default(''),
  Encrypt: z.string().min(1),
})
const Addressed = z.object({ ToUserName: z.string(), AgentID: z.string().default(''), CreateTime: z.coerce.number() })
const Query = z.object({ msg_signature: z.string(), timestamp: z.string(), nonce: z.string() })
const Echo = Query.extend({ echostr: z.string() })

const statuses: Partial<Record<NotBelieved['reason'], number>> = { size: 413, company: 403, app: 403 }

type Parts = {
  receive: Receive
  /** What to tell of somebody of whom only the account came. */
  personOf: (changed: ChangedPerson) => Promise<Inbound>
  /** What WeCom is answered to a press; empty when there is nothing to redraw. */
  answerXml: (press: Press, answer: PressAnswer) => string
  now: () => number
}

/**
 * GET and POST /bot/wecom/…, of which each app has its own; the only app, or the first, may be called without its id. The check of the address,
 * and everything that WeCom tells, encrypted and signed.
 */
export const wecomCallbacks =
  (settings: WecomSettings, parts: Parts): Routes =>
  (router) => {
    const { now } = parts
    const path = [`/bot/wecom/${appIdOf(settings)}`, '/bot/wecom']
    const seen = seenRequests(now)
    router.get(path, (ctx) =>
      answering(ctx, async () => {
        const { msg_signature: signature, timestamp, nonce, echostr } = shaped(Echo, ctx.query)
        // A plus sign that was not escaped arrives as a space.
        const encrypted = echostr.replaceAll(' ', '+')
        return opened(settings, { signature, timestamp, nonce, encrypted }, now())
      }),
    )
    router.post(path, (ctx) =>
      answering(ctx, async () => {
        const raw = await rawBody(ctx.req, bodyBytesMax)
        if (!raw) throw new NotBelieved('size')
        const { msg_signature: signature, timestamp, nonce } = shaped(Query, ctx.query)
        const event = believed(settings, { signature, timestamp, nonce }, raw.toString('utf8'), now())
        return seen.once(signature, () => answerTo(event, settings, parts))
      }),
    )
  }

async function answering(ctx: Context, answer: () => Promise<string>): Promise<void> {
  try {
    ctx.body = await answer()
    ctx.type = 'text/plain; charset=utf-8'
    ctx.status = 200
  } catch (error) {
    if (!(error instanceof NotBelieved)) throw error
    log.warn({ reason: error.reason, ip: ctx.ip }, 'a WeCom callback was refused')
    ctx.status = statuses[error.reason] ?? 401
    ctx.body = { error: error.reason }
  }
}

type Signed = { signature: string; timestamp: string; nonce: string }
type WecomEvent = NonNullable<ReturnType<typeof parseEvent>>

/** The event in a request, when it can be believed; throws `NotBelieved` otherwise. */
export function believed(settings: WecomSettings, signed: Signed, body: string, nowMs: number): WecomEvent {
  const envelope = shaped(Envelope, parseXml(body))
  const clear = parseXml(opened(settings, { ...signed, encrypted: envelope.Encrypt }, nowMs))
  const addressed = shaped(Addressed, clear)
  const agents = [envelope.AgentID, addressed.AgentID].filter((id) => id !== '')
  if ([envelope.ToUserName, addressed.ToUserName].some((id) => id !== settings.corpId)) throw new NotBelieved('company')
  if (agents.some((id) => id !== settings.agentId)) throw new NotBelieved('app')
  if (!(Math.abs(nowMs - addressed.CreateTime * 1000) <= eventAgeMsMax)) throw new NotBelieved('age')
  const event = parseEvent(clear)
  if (!event) throw new NotBelieved('shape')
  return event
}

function shaped<S extends z.ZodType>(shape: S, given: unknown): z.output<S> {
  const parsed = shape.safeParse(given)
  if (!parsed.success) throw new NotBelieved('shape')
  return parsed.data
}

async function answerTo(event: WecomEvent, settings: WecomSettings, parts: Parts): Promise<string> {
  const told = inboundOf(event)
  const inbound = told.kind === 'changed-person' ? await parts.personOf(told) : told
  const answer = await parts.receive(inbound)
  if (inbound.kind !== 'press' || !answer) return ''
  const xml = parts.answerXml(inbound, answer)
  return xml && sealed(settings, xml, parts.now())
}
