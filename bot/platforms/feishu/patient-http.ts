import { defaultHttpInstance, type HttpInstance } from '@larksuiteoapi/node-sdk'

/** The official client waits for ever unless it is told otherwise. */
const timeoutMs = 8000
/** Longer than this is left to the queue, which tries again by itself. */
const waitSecondsMax = 10
const triesMax = 3
const staleTokenCodes = [99991663, 99991665]

type Request = { headers?: Record<string, string> }
/** What an error of the client's HTTP holds of Feishu's answer. */
type Refused = { response?: { status: number; data?: { code?: number }; headers?: Record<string, string> } }

/**
 * The client's HTTP as Feishu wants it used: a token that it no longer takes is forgotten, and the call made once more with a new one;
 * where it says how long to wait, that is waited.
 */
export function patientHttp(renewToken: () => Promise<string>): HttpInstance {
  const request = async (options: Request): Promise<unknown> => {
    let headers = options.headers
    let hasRenewed = false
    for (let tries = 1; ; tries++) {
      try {
        return await defaultHttpInstance.request({ timeout: timeoutMs, ...options, headers })
      } catch (error) {
        const { response } = error as Refused // an error of axios, which may have no response
        const waitSeconds = secondsToWait(response)
        if (!hasRenewed && staleTokenCodes.includes(response?.data?.code ?? 0)) {
          hasRenewed = true
          headers = Object.assign({}, headers, { Authorization: `Bearer ${await renewToken()}` })
        } else if (waitSeconds > 0 && waitSeconds <= waitSecondsMax && tries < triesMax) await seconds(waitSeconds)
        else throw error
      }
    }
  }
  const post = (url: string, data: unknown, options?: Request): Promise<unknown> =>
    defaultHttpInstance.post(url, data, { timeout: timeoutMs, ...options })
  // The client's default instance but for the two; its answers are bodies, which the client trusts to be what it expects.
  return { ...defaultHttpInstance, request, post } as unknown as HttpInstance
}

const secondsToWait = (response: Refused['response']): number =>
  response?.status === 429 ? Number(response.headers?.['x-ogw-ratelimit-reset'] ?? 1) : 0

const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1000))

/** Where a client keeps its tokens. The client's own place is shared by the whole process and by app alone, whatever the address. */
export function tokenShelf() {
  const kept = new Map<string, { value: unknown; until: number }>()
  const keyOf = (key: unknown, namespace = ''): string => `${namespace}/${String(key)}`
  return {
    get: async (key: unknown, options?: { namespace?: string }): Promise<unknown> => {
      const found = kept.get(keyOf(key, options?.namespace))
      return found && found.until > Date.now() ? found.value : undefined
    },
    set: async (key: unknown, value: unknown, until = Infinity, options?: { namespace?: string }): Promise<boolean> => {
      kept.set(keyOf(key, options?.namespace), { value, until })
      return true
    },
    clear: () => kept.clear(),
  }
}
