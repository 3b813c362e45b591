import { z } from 'zod'
import { held } from '../held.ts'
import { patiently, type Verdict } from '../patience.ts'
import { PlatformRefusal } from '../platform.ts'
import type { WecomSettings } from './settings.ts'

const timeoutMs = 8000
/** Waited where WeCom is busy and names no time. */
const busyWaitSeconds = 1
/** WeCom bars an address for an hour that goes on showing a wrong secret: after a "no" it is not shown again for so long. */
const wrongSecretPauseMs = 5 * 60_000

const stale = [40014, 42001]
/** Busy, or too many calls at the same moment. Too many in a minute (45009) blocks for that minute, which is left to the queue. */
const busy = [-1, 45033]
const wrongSecret = [40001, 40013]

/** A card's number was used before, so that the card is there already. */
export const taskIdTaken = 42014
/** Nobody there, malformed, or not allowed: the same call will never be taken. */
const hopeless = [40056, 40058, 42045, 44004, 60011, 60111, 81013]
/** Blocked for the rest of the minute. */
const tooMany = [45009, 45011]
const minuteMs = 60_000

/** A "no" of WeCom's, in its own words. What was sent is not in it. */
export class WecomRefusal extends PlatformRefusal {
  readonly code: number
  constructor(path: string, code: number, words: string, afterMs?: number) {
    super(`WeCom refused ${path}: ${code} ${words}`.trim(), {
      afterMs: afterMs ?? (tooMany.includes(code) ? minuteMs : undefined),
      forGood: hopeless.includes(code),
    })
    this.code = code
  }
}

const Verdicts = z.object({ errcode: z.number().default(0), errmsg: z.string().default('') })
const Token = z.object({ access_token: z.string().min(1), expires_in: z.number() })

type Call = { query?: Record<string, string>; body?: object }
type Answer = { status: number; retryAfter: string | null; body: unknown }

/**
 * WeCom's interface. It answers 200 to everything and says in the body what is wrong; the token stands in the address, so that no address ever
 * gets into an error or a log.
 */
export function wecomApi({ corpId, secret, baseUrl }: WecomSettings) {
  let barred: { refusal: WecomRefusal; untilMs: number } | undefined
  const token = held(async () => {
    if (barred && Date.now() < barred.untilMs) throw barred.refusal
    const path = '/cgi-bin/gettoken'
    try {
      const answer = await sent(baseUrl, path, { query: { corpid: corpId, corpsecret: secret } })
      const { access_token: value, expires_in: seconds } = understood(path, Token, granted(path, answer))
      return { value, seconds }
    } catch (error) {
      if (error instanceof WecomRefusal && wrongSecret.includes(error.code))
        barred = { refusal: error, untilMs: Date.now() + wrongSecretPauseMs }
      throw error
    }
  })

  /** One call, with a body as POST and without as GET; the answer in the shape that it is promised in. */
  const api = async <S extends z.ZodType>(path: string, call: Call, shape: S): Promise<z.output<S>> => {
    let used = ''
    const answer = await patiently(
      async () => sent(baseUrl, path, { ...call, query: { ...call.query, access_token: (used = await token.get()) } }),
      judged,
      () => token.forget(used),
    )
    return understood(path, shape, granted(path, answer))
  }
  return Object.assign(api, { token: token.term })
}
export type WecomApi = ReturnType<typeof wecomApi>

async function sent(baseUrl: string, path: string, { query, body }: Call): Promise<Answer> {
  try {
    const response = await fetch(`${baseUrl}${path}?${new URLSearchParams(query).toString()}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: jsonOr(await response.text()),
    }
  } catch (error) {
    // The cause may hold the address with its token, so it goes no further.
    // oxlint-disable-next-line preserve-caught-error
    throw new Error(`WeCom could not be reached for ${path}: ${error instanceof Error ? error.name : ''}`)
  }
}

const verdictIn = (body: unknown): z.output<typeof Verdicts> => Verdicts.safeParse(body).data ?? Verdicts.parse({})

function judged({ status, retryAfter, body }: Answer): Verdict {
  const { errcode } = verdictIn(body)
  if (stale.includes(errcode)) return { kind: 'stale' }
  const mustWait = status === 429 || status === 503 || (errcode !== 0 && retryAfter !== null)
  if (mustWait || busy.includes(errcode)) return { kind: 'wait', seconds: Number(retryAfter) || busyWaitSeconds }
  return { kind: 'done' }
}

/** The body of an answer that is a yes. The code comes first: a refusal also holds the fields of an answer, empty. */
function granted(path: string, answer: Answer): unknown {
  const { status, retryAfter, body } = answer
  const { errcode, errmsg } = verdictIn(body)
  const verdict = judged(answer)
  const afterMs = verdict.kind === 'wait' ? verdict.seconds * 1000 : undefined
  // A server that fails has said neither yes nor no: it counts as one that cannot be reached, and is asked less and less often.
  if (status >= 500 && retryAfter === null) throw new Error(`WeCom answered ${path} with HTTP ${status}`)
  if (errcode !== 0) throw new WecomRefusal(path, errcode, errmsg, afterMs)
  if (status >= 400) throw new PlatformRefusal(`WeCom answered ${path} with HTTP ${status}`, { afterMs })
  if (typeof body !== 'object' || body === null) throw new Error(`WeCom answered ${path} with no JSON`)
  return body
}

function understood<S extends z.ZodType>(path: string, shape: S, body: unknown): z.output<S> {
  const parsed = shape.safeParse(body)
  if (!parsed.success) throw new Error(`WeCom answered ${path} with something else than it promises`)
  return parsed.data
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
