import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import { WebSocket, WebSocketServer } from 'ws'

import type { Fields } from '../request-body.ts'
import { isFields, jsonOf } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { decodeFrame, encodeFrame } from './frames.ts'
import type { Frame } from './frames.ts'
import { appOf } from './state.ts'
import type { Ack, Connection, Feishu } from './state.ts'

const SOCKET_PATH = '/callback/ws/feishu'
const CONNECTIONS_MAX = 50
const TICKET_LIFE_MS = 60_000
const SERVICE_ID = 7

/** Where the SDK asks for the address of its socket. */
export const endpointOfConnections: Endpoint = {
  method: 'POST',
  path: '/callback/ws/endpoint',
  token: 'none',
  answer: (call: Call): Fields => {
    const { feishu } = call
    const app = appOf(feishu, call.text('AppID'))
    call.require('connection_secret_wrong', app && call.text('AppSecret') === app.appSecret)
    const open = [...feishu.connections].filter((connection) => connection.appId === app.appId)
    call.require('connections_exhausted', open.length < CONNECTIONS_MAX)

    const ticket = randomUUID()
    feishu.connectionTickets.set(ticket, { appId: app.appId, expiresAt: feishu.clock.now() + TICKET_LIFE_MS })
    // The SDK parses the whole address as a query, so its own two parameters must not come first.
    const address = new URL(SOCKET_PATH, feishu.origin.replace(/^http/, 'ws'))
    for (const [name, value] of [
      ['ticket', ticket],
      ['device_id', `d${feishu.connections.size + 1}`],
      ['service_id', `${SERVICE_ID}`],
    ] as const) {
      address.searchParams.append(name, value)
    }
    return { URL: address.href, ClientConfig: feishu.clientConfig }
  },
}

/** Takes the sockets of the long connection; answers false for any other address. */
export function acceptConnections(feishu: Feishu, onReady: (appId: string) => void) {
  const server = new WebSocketServer({ noServer: true })
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== SOCKET_PATH) return false
    const ticket = feishu.connectionTickets.get(url.searchParams.get('ticket') ?? '')
    if (!ticket || ticket.expiresAt <= feishu.clock.now()) {
      socket.end(
        'HTTP/1.1 403 Forbidden\r\nhandshake-status: 403\r\nhandshake-msg: invalid ticket\r\nhandshake-autherrcode: 1000040343\r\n\r\n',
      )
      return true
    }
    feishu.connectionTickets.delete(url.searchParams.get('ticket') ?? '')
    server.handleUpgrade(request, socket, head, (opened) => listen(feishu, ticket.appId, opened, onReady))
    return true
  }
  return { upgrade, close: () => server.close() }
}

function listen(feishu: Feishu, appId: string, socket: WebSocket, onReady: (appId: string) => void): void {
  const connection: Connection = { appId, socket, serviceId: SERVICE_ID, isReady: false, isFrozen: false }
  feishu.connections.add(connection)
  socket.on('close', () => feishu.connections.delete(connection))
  // A socket that breaks is closed by `ws` right after; there is nothing else to do about it.
  socket.on('error', () => feishu.connections.delete(connection))
  socket.on('message', (bytes: Buffer) => {
    if (connection.isFrozen) return
    const frame = decodeFrame(bytes)
    if (!frame) return socket.close(1003, 'not a frame')
    if (frame.kind === 'data') return takeAck(feishu, frame)
    answerPing(feishu, connection, frame)
    if (connection.isReady) return
    // The SDK begins to listen only after its socket is open: what is sent before its first ping is lost on it.
    connection.isReady = true
    onReady(appId)
  })
}

function answerPing(feishu: Feishu, connection: Connection, frame: Frame): void {
  if (frame.headers['type'] !== 'ping') return
  const payload = Buffer.from(JSON.stringify(feishu.clientConfig))
  connection.socket.send(encodeFrame({ kind: 'control', service: frame.service, headers: { type: 'pong' }, payload }))
}

function takeAck(feishu: Feishu, frame: Frame): void {
  const answer = jsonOf(frame.payload.toString('utf8'))
  if (!isFields(answer) || typeof answer['code'] !== 'number') return
  const ack: Ack = { code: answer['code'], ...(typeof answer['data'] === 'string' && { data: answer['data'] }) }
  feishu.acks.get(frame.headers['message_id'] ?? '')?.(ack)
}

/** A connection of the app, chosen by chance as the platform does it; nothing when none is open. */
export function anyConnection(feishu: Feishu, appId: string): Connection | undefined {
  const open = [...feishu.connections].filter(
    (each) => each.appId === appId && each.socket.readyState === WebSocket.OPEN,
  )
  const ready = open.filter((each) => each.isReady)
  const candidates = ready.length > 0 ? ready : open
  return candidates[Math.floor(feishu.random() * candidates.length)]
}

/** Sends an event in as many frames as it needs and answers its ack. It never settles when no ack comes. */
export function sendOver(feishu: Feishu, connection: Connection, payload: Buffer): Promise<Ack> {
  const messageId = randomUUID()
  const sum = Math.max(1, Math.ceil(payload.length / feishu.fragmentBytes))
  return new Promise((resolve) => {
    feishu.acks.set(messageId, (ack) => {
      feishu.acks.delete(messageId)
      resolve(ack)
    })
    if (connection.isFrozen) return
    for (let seq = 0; seq < sum; seq += 1) {
      const part = payload.subarray(seq * feishu.fragmentBytes, (seq + 1) * feishu.fragmentBytes)
      const headers = { type: 'event', message_id: messageId, trace_id: messageId, sum: `${sum}`, seq: `${seq}` }
      connection.socket.send(encodeFrame({ kind: 'data', service: connection.serviceId, headers, payload: part }))
    }
  })
}
