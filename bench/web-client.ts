import { Agent, request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string }

/** Connections that rest are ended well before the other side ends them, which it does after five seconds. */
const restMs = 2_000
// The plain client, kept alive: the load must not cost more than the house that bears it.
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, timeout: restMs })

/** One HTTP request; the whole answer as text. */
export function send(
  method: 'GET' | 'POST',
  url: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const tooMany = 429
const waitsMax = 60

/** The same with JSON both ways. Who asks too often waits as he is told, which the time he took shows; any other failure ends the benchmark. */
export async function sendJson(
  method: 'GET' | 'POST',
  url: string,
  headers: Record<string, string> = {},
  body?: unknown,
  waits = waitsMax,
): Promise<unknown> {
  const sent = body === undefined ? undefined : JSON.stringify(body)
  const answer = await send(method, url, { ...(sent && { 'content-type': 'application/json' }), ...headers }, sent)
  if (answer.status === tooMany && waits > 0) {
    await pause(Number(answer.headers['retry-after'] ?? 1) * 1000)
    return sendJson(method, url, headers, body, waits - 1)
  }
  if (answer.status !== 200) throw new Error(`${method} ${url} was answered ${answer.status}: ${answer.text}`)
  return JSON.parse(answer.text)
}

/** Ends the connections that are kept open. */
export const hangUp = (): void => agent.destroy()
