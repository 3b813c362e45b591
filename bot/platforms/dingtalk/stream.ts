import { once } from 'node:events'
import { DWClient, type DWClientDownStream } from 'dingtalk-stream'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { log } from '#kernel/log'
import type { Connection } from '../keep-connected.ts'
import { type DingTalkHttp, understood } from './http.ts'
import type { DingTalkSettings } from './settings.ts'
import { topics } from './wire.ts'

const Endpoint = z.object({ endpoint: z.string().min(1), ticket: z.string().min(1) })
const subscriptions = [
  { type: 'EVENT', topic: '*' },
  { type: 'CALLBACK', topic: topics.message },
  { type: 'CALLBACK', topic: topics.press },
]

/** How a connection that is up and says nothing is told from one that is dead. */
export type Watch = { openMsMax: number; pingEveryMs: number; silentMsMax: number }
const usual: Watch = { openMsMax: 10_000, pingEveryMs: 20_000, silentMsMax: 60_000 }

/** What becomes of a frame: the value that it is acknowledged with. One that throws is not acknowledged, and comes again. */
export type Take = (frame: DWClientDownStream) => Promise<unknown>

/**
 * One connection of the official client, which reads frames and acknowledges them. How it connects is not used: it waits for ever,
 * reconnects twice, leaves timers and sockets behind, takes a dead socket for a living one, and says so on the console.
 */
class StreamClient extends DWClient {
  private readonly http: DingTalkHttp
  private readonly take: Take
  private readonly underWay = new Set<Promise<void>>()
  private seenMs = Date.now()
  private end: (reason: string) => void = () => {}
  readonly ended = new Promise<string>((resolve) => (this.end = resolve))

  constructor({ clientId, clientSecret }: DingTalkSettings, http: DingTalkHttp, take: Take) {
    super({ clientId, clientSecret })
    this.http = http
    this.take = take
  }

  /** The client's own request goes to an address that it does not let one choose. */
  override async getEndpoint(): Promise<this> {
    const what = 'a connection'
    const { clientId, clientSecret } = this.config
    const answer = await this.http.bareCall({
      what,
      method: 'POST',
      path: '/v1.0/gateway/connections/open',
      body: { clientId, clientSecret, ua: 'yidan', subscriptions },
    })
    const { endpoint, ticket } = understood(what, Endpoint, answer)
    this['dw_url'] = `${endpoint}?ticket=${ticket}`
    return this
  }

  /** Opens it and watches over it. */
  async open({ openMsMax, pingEveryMs, silentMsMax }: Watch): Promise<void> {
    await this.getEndpoint()
    const socket = new WebSocket(this['dw_url'] ?? '', { handshakeTimeout: openMsMax })
    this['socket'] = socket
    socket.on('message', (frame: Buffer) => this.onDownStream(frame.toString('utf8')))
    socket.on('pong', () => this.heartbeat())
    // A socket that breaks is closed right after, which is what ends the connection.
    socket.on('error', () => socket.terminate())
    await once(socket, 'open')
    const watching = setInterval(() => {
      if (Date.now() - this.seenMs < silentMsMax) return socket.ping()
      this.end('silence')
      socket.terminate()
    }, pingEveryMs)
    socket.once('close', () => {
      clearInterval(watching)
      this.end('closed')
    })
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.underWay)
    this['socket']?.terminate()
  }

  override onDownStream(data: string): void {
    this.seenMs = Date.now()
    try {
      super.onDownStream(data)
    } catch {
      log.warn({ platform: 'dingtalk' }, 'a broken frame was left alone')
    }
  }

  override heartbeat(): void {
    this.seenMs = Date.now()
  }

  override onSystem(frame: DWClientDownStream): void {
    super.onSystem(frame)
    if (frame.headers.topic === 'disconnect') this.end('DingTalk asked to leave')
  }

  override onEvent(frame: DWClientDownStream): void {
    this.answer(frame, (value) => this.send(frame.headers.messageId, value))
  }

  override onCallback(frame: DWClientDownStream): void {
    this.answer(frame, (value) => this.socketCallBackResponse(frame.headers.messageId, value))
  }

  private answer(frame: DWClientDownStream, acknowledge: (value: unknown) => void): void {
    const answering: Promise<void> = this.take(frame)
      .then(acknowledge)
      .catch((error: unknown) => log.error({ err: error, topic: frame.headers?.topic }, 'a frame was not taken in'))
      .finally(() => this.underWay.delete(answering))
    this.underWay.add(answering)
  }
}

/** Opens one connection; what comes over it goes to `take`. */
export async function openStream(
  settings: DingTalkSettings,
  http: DingTalkHttp,
  take: Take,
  watch: Watch = usual,
): Promise<Connection> {
  const client = new StreamClient(settings, http, take)
  await client.open(watch)
  return { ended: client.ended, close: () => client.close() }
}
