import { defaultHttpInstance, type HttpInstance } from '@larksuiteoapi/node-sdk'
import type { Term } from '../held.ts'
import { patiently, type Verdict } from '../patience.ts'

/** The official client waits for ever unless it is told otherwise. */
const timeoutMs = 8000
const staleTokenCodes = [99991663, 99991665]

type Request = { headers?: Record<string, string> }
/** What an error of the client's HTTP holds of Feishu's answer. */
type Refused = {
  message: string
  response?: { status: number; data?: { code?: number; msg?: string }; headers?: Record<string, string> }
}

/** An error of the client's HTTP without the request, which holds the app's secret or its token: only what Feishu answered goes on. */
class FeishuHttpError extends Error {
  readonly response: Refused['response']
  constructor({ message, response }: Refused) {
    const { code, msg } = response?.data ?? {}
    super(code === undefined ? message : `Feishu answered ${code} ${msg ?? ''}`.trim())
    this.response = response && { status: response.status, data: response.data, headers: { ...response.headers } }
  }
}

/**
 * The client's HTTP as Feishu wants it used: a token that it no longer takes is forgotten, and the call made once more with a new one;
 * where it says how long to wait, that is waited.
 */
export function patientHttp(renewToken: () => Promise<string>): HttpInstance {
  const request = async (options: Request): Promise<unknown> => {
    let headers = options.headers
    const outcome = await patiently(
      () => outcomeOf(defaultHttpInstance.request({ timeout: timeoutMs, ...options, headers })),
      judged,
      async () => {
        headers = Object.assign({}, headers, { Authorization: `Bearer ${await renewToken()}` })
      },
    )
    if ('error' in outcome) throw outcome.error
    return outcome.body
  }
  const post = async (url: string, data: unknown, options?: Request): Promise<unknown> => {
    const outcome = await outcomeOf(defaultHttpInstance.post(url, data, { timeout: timeoutMs, ...options }))
    if ('error' in outcome) throw outcome.error
    return outcome.body
  }
  // The client's default instance but for the two; its answers are bodies, which the client trusts to be what it expects.
  return { ...defaultHttpInstance, request, post } as unknown as HttpInstance
}

type Outcome = { body: unknown } | { error: FeishuHttpError }

const outcomeOf = (call: Promise<unknown>): Promise<Outcome> =>
  call.then(
    (body) => ({ body }),
    (error: Refused) => ({ error: new FeishuHttpError(error) }), // an error of axios, which may have no response
  )

function judged(outcome: Outcome): Verdict {
  if (!('error' in outcome)) return { kind: 'done' }
  const { response } = outcome.error
  if (staleTokenCodes.includes(response?.data?.code ?? 0)) return { kind: 'stale' }
  if (response?.status !== 429) return { kind: 'done' }
  return { kind: 'wait', seconds: Number(response.headers?.['x-ogw-ratelimit-reset'] ?? 1) }
}

/** Where a client keeps its tokens. The client's own place is shared by the whole process and by app alone, whatever the address. */
export function tokenShelf() {
  const kept = new Map<string, { value: unknown; until: number }>()
  let term: Term | null = null
  const keyOf = (key: unknown, namespace = ''): string => `${namespace}/${String(key)}`
  return {
    get: async (key: unknown, options?: { namespace?: string }): Promise<unknown> => {
      const found = kept.get(keyOf(key, options?.namespace))
      return found && found.until > Date.now() ? found.value : undefined
    },
    set: async (key: unknown, value: unknown, until = Infinity, options?: { namespace?: string }): Promise<boolean> => {
      kept.set(keyOf(key, options?.namespace), { value, until })
      if (value && Number.isFinite(until)) term = { since: new Date(), until: new Date(until) }
      return true
    },
    clear: () => kept.clear(),
    /** Of the token that was fetched last. */
    term: (): Term | null => term,
  }
}
export type TokenShelf = ReturnType<typeof tokenShelf>
