import { type Cache, defaultHttpInstance, type HttpInstance } from '@larksuiteoapi/node-sdk'

/** The official client waits for ever unless it is told otherwise. */
const timeoutMs = 8000
/** Longer than this is left to the queue, which tries again by itself. */
const waitSecondsMax = 10
const triesMax = 3
const staleTokenCodes = [99991663, 99991665]

/** What an error of the client's HTTP holds of Feishu's answer. */
type Refused = { response?: { status: number; data?: { code?: number }; headers?: Record<string, string> } }

/**
 * The client's HTTP as Feishu wants it used: a token that it no longer takes is forgotten, and the call made once more with a new one;
 * where it says how long to wait, that is waited.
 */
export function patientHttp(renewToken: () => Promise<string>): HttpInstance {
  const request: HttpInstance['request'] = async (options) => {
    let headers = options.headers
    let hasRenewed = false
    for (let tries = 1; ; tries++) {
      try {
        return await defaultHttpInstance.request({ timeout: timeoutMs, ...options, headers })
      } catch (error) {
        const { response } = error as Refused // an error of axios, or one without a response
        const waitSeconds = response?.status === 429 ? Number(response.headers?.['x-ogw-ratelimit-reset'] ?? 1) : 0
        if (staleTokenCodes.includes(response?.data?.code ?? 0) && !hasRenewed) {
          hasRenewed = true
          headers = { ...headers, Authorization: `Bearer ${await renewToken()}` }
        } else if (waitSeconds > 0 && waitSeconds <= waitSecondsMax && tries < triesMax) await seconds(waitSeconds)
        else throw error
      }
    }
  }
  const post: HttpInstance['post'] = (url, data, options) =>
    defaultHttpInstance.post(url, data, { timeout: timeoutMs, ...options })
  return { ...defaultHttpInstance, request, post }
}

const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1000))

/** Where a client keeps its tokens. The client's own place is shared by the whole process and by app alone, whatever the address. */
export function tokenShelf(): Cache & { clear: () => void } {
  const kept = new Map<string, { value: unknown; until: number }>()
  const keyOf = (key: string | symbol, namespace = ''): string => `${namespace}/${String(key)}`
  return {
    get: async (key: string | symbol, options) => {
      const found = kept.get(keyOf(key, options?.namespace))
      return found && found.until > Date.now() ? found.value : undefined
    },
    set: async (key: string | symbol, value: unknown, until = Infinity, options) => {
      kept.set(keyOf(key, options?.namespace), { value, until })
      return true
    },
    clear: () => kept.clear(),
  }
}
