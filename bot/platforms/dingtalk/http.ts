import { z } from 'zod'
import { type Held, held, later, type Term } from '../held.ts'
import { patiently, type Verdict } from '../patience.ts'
import { PlatformRefusal } from '../platform.ts'
import type { DingTalkSettings } from './settings.ts'

const timeoutMs = 8000
/** What DingTalk's rate limits ask to wait where they name no time. */
const rateWaitSeconds = 1
const staleOld = [40014, 42001]
const tooFastOld = [90002, 90018]
const tooFastNew = /QpsLimit/
/** One group has been told too much; it may be told more in a minute. */
const groupTooFast = 'send.too.fast'
const groupWaitSeconds = 60

/** An address that called too often is shut out for so long. */
const punishedMs = 5 * 60_000
/** Said of what is asked, not of the moment: asking again is of no use. */
const forGood = /^param\.|^invalidParameter|^staffId\.invalid|^robot\.|^notDelivered$|^60121$/

/** A "no" of DingTalk's, in its own words. What was sent is not in it. */
export class DingTalkRefusal extends PlatformRefusal {
  readonly code: string
  constructor(what: string, code: string, words: string, afterMs?: number) {
    super(`DingTalk refused ${what}: ${code} ${words}`.trim(), { afterMs, forGood: forGood.test(code) })
    this.code = code
  }
}

const NewToken = z.object({ accessToken: z.string().min(1), expireIn: z.number() })
const OldToken = z.object({ errcode: z.literal(0), access_token: z.string().min(1), expires_in: z.number() })
const Mistake = z.object({
  /** Of the new interface, and of the old one. */
  code: z.string().optional(),
  message: z.string().optional(),
  errcode: z.number().optional(),
  errmsg: z.string().optional(),
  /** What is answered to an address that called too often for too long: no error of the interface, but a wall before it. */
  punish: z.string().optional(),
})

type Answer = { status: number; retryAfter: string | null; body: unknown }
type Call = { what: string; method: 'GET' | 'POST' | 'PUT'; path: string; body?: object }

/** The two interfaces of DingTalk, each with its own token, which is renewed when it is no longer taken. */
export function dingtalkHttp(settings: DingTalkSettings) {
  const { apiUrl, oapiUrl, clientId, clientSecret } = settings

  const newToken = held(async () => {
    const what = 'a token'
    const body = { appKey: clientId, appSecret: clientSecret }
    const answer = await sent(what, 'POST', `${apiUrl}/v1.0/oauth2/accessToken`, { body })
    const { accessToken, expireIn } = understood(what, NewToken, granted(what, answer))
    return { value: accessToken, seconds: expireIn }
  })
  const oldToken = held(async () => {
    const what = 'a token'
    const query = new URLSearchParams({ appkey: clientId, appsecret: clientSecret })
    const answer = await sent(what, 'GET', `${oapiUrl}/gettoken?${query.toString()}`)
    const { access_token: value, expires_in: seconds } = understood(what, OldToken, granted(what, answer))
    return { value, seconds }
  })

  const withToken = async (what: string, token: Held, request: (token: string) => Promise<Answer>) => {
    let used = ''
    const answer = await patiently(
      async () => request((used = await token.get())),
      judged,
      () => token.forget(used),
    )
    return granted(what, answer)
  }
  return {
    /** The new interface. `what` is what it is asked for, as a refusal says it. */
    call: ({ what, method, path, body }: Call): Promise<unknown> =>
      withToken(what, newToken, (token) => sent(what, method, apiUrl + path, { body, headers: tokenHeader(token) })),
    /** The old interface, which answers 200 to everything and says in the body what is wrong. */
    oldCall: (what: string, path: string, body: object): Promise<unknown> =>
      withToken(what, oldToken, (token) =>
        sent(what, 'POST', `${oapiUrl}${path}?access_token=${encodeURIComponent(token)}`, { body }),
      ),
    /** A call of the new interface that goes without the app's token: it brings a secret, or a person's token, of its own. */
    bareCall: async ({ what, method, path, body }: Call, personToken?: string): Promise<unknown> => {
      const headers = personToken === undefined ? {} : tokenHeader(personToken)
      return granted(what, await sent(what, method, apiUrl + path, { body, headers }))
    },
    /** Of the token that was fetched last; the old interface has one of its own. */
    token: (): Term | null => [newToken.term(), oldToken.term()].reduce(later),
  }
}
export type DingTalkHttp = ReturnType<typeof dingtalkHttp>

/** An answer in the shape that it was promised in. */
export function understood<S extends z.ZodType>(what: string, schema: S, answer: unknown): z.output<S> {
  const parsed = schema.safeParse(answer)
  if (!parsed.success) throw new Error(`DingTalk answered ${what} with something else than it promises`)
  return parsed.data
}

const tokenHeader = (token: string) => ({ 'x-acs-dingtalk-access-token': token })
/** Without the second, some of the interface answers in XML. */
const json = { 'content-type': 'application/json', accept: 'application/json' }

async function sent(
  what: string,
  method: Call['method'],
  url: string,
  { body, headers }: { body?: object; headers?: Record<string, string> } = {},
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { ...json, ...headers },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const text = await response.text()
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: jsonOr(text) }
  } catch (error) {
    // The cause may hold the address with its token, so it goes no further.
    // oxlint-disable-next-line preserve-caught-error
    throw new Error(`DingTalk could not be reached for ${what}: ${error instanceof Error ? error.name : ''}`)
  }
}

const mistakeIn = (body: unknown): z.output<typeof Mistake> => Mistake.safeParse(body).data ?? {}

function judged({ status, retryAfter, body }: Answer): Verdict {
  const { code = '', errcode = 0 } = mistakeIn(body)
  if (code === 'InvalidAuthentication' || staleOld.includes(errcode)) return { kind: 'stale' }
  if (status === 429 || tooFastNew.test(code) || tooFastOld.includes(errcode))
    return { kind: 'wait', seconds: Number(retryAfter) || rateWaitSeconds }
  if (code === groupTooFast) return { kind: 'wait', seconds: groupWaitSeconds }
  return { kind: 'done' }
}

/** The body of an answer that is a yes; anything else is a refusal in DingTalk's words. */
function granted(what: string, answer: Answer): unknown {
  const { status, body } = answer
  const { code, message, errcode = 0, errmsg, punish } = mistakeIn(body)
  const verdict = judged(answer)
  const afterMs = verdict.kind === 'wait' ? verdict.seconds * 1000 : undefined
  if (errcode !== 0) throw new DingTalkRefusal(what, String(errcode), errmsg ?? '', afterMs)
  if (punish) throw new DingTalkRefusal(what, 'punish', 'this address called too often', punishedMs)
  if (status >= 400) throw new DingTalkRefusal(what, code ?? String(status), message ?? '', afterMs)
  if (typeof body !== 'object' || body === null) throw new DingTalkRefusal(what, String(status), 'no JSON')
  return body
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
