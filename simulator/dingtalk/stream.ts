import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import { WebSocket, WebSocketServer } from 'ws'

import { Checks } from '../log.ts'
import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import type { Ack, Connection, Dingtalk, DingtalkApp, Subscription } from './state.ts'

const SOCKET_PATH = '/dingtalk/connect'
const TICKET_LIFE_MS = 90_000
const PING_EVERY_MS = 30_000
/** A connection that was asked to go is closed after so long. */
const CLOSED_AFTER_MS = 10_000

/** Where a client asks for the address of its socket. */
export const endpointOfStream: Endpoint = {
  family: 'new',
  method: 'POST',
  path: '/v1.0/gateway/connections/open',
  token: 'none',
  isFree: true,
  answer: (call: Call): Fields => {
    const { dingtalk } = call
    const app = dingtalk.apps.find((each) => each.clientId === call.text('clientId'))
    call.require('connection_secret_wrong', app && call.text('clientSecret') === app.clientSecret)
    const subscriptions = subscriptionsIn(call.body['subscriptions'])
    call.require('subscriptions_malformed', subscriptions)
    const ticket = randomUUID()
    dingtalk.connectionTickets.set(ticket, { app, subscriptions, expiresAt: dingtalk.clock.now() + TICKET_LIFE_MS })
    return { endpoint: dingtalk.origin.replace(/^http/, 'ws') + SOCKET_PATH, ticket }
  },
}

function subscriptionsIn(given: unknown): Subscription[] | undefined {
  if (!Array.isArray(given) || given.length === 0) return undefined
  const read = given.flatMap((each): Subscription[] => {
    const type = isFields(each) ? each['type'] : undefined
    const topic = isFields(each) ? textOf(each['topic']) : ''
    return (type === 'EVENT' || type === 'CALLBACK') && topic ? [{ type, topic }] : []
  })
  return read.length === given.length ? read : undefined
}

/** Takes the sockets of the stream; answers false for any other address. */
export function acceptConnections(dingtalk: Dingtalk, onOpen: (appId: string) => void) {
  // A socket that is frozen answers nothing at all, so pings are answered by hand.
  const server = new WebSocketServer({ noServer: true, autoPong: false })
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    if (url.pathname !== SOCKET_PATH) return false
    const name = url.searchParams.get('ticket') ?? ''
    const ticket = dingtalk.connectionTickets.get(name)
    dingtalk.connectionTickets.delete(name)
    const isGood = ticket !== undefined && ticket.expiresAt > dingtalk.clock.now()
    logOpening(dingtalk, isGood)
    if (!isGood) {
      socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
      return true
    }
    server.handleUpgrade(request, socket, head, (opened) => {
      listen(dingtalk, ticket.app, ticket.subscriptions, opened)
      onOpen(ticket.app.clientId)
    })
    return true
  }
  return { upgrade, close: () => server.close() }
}

function logOpening(dingtalk: Dingtalk, isGood: boolean): void {
  const checks = new Checks()
  checks.note('the ticket is unused and younger than 90 s', isGood)
  dingtalk.log.add({
    at: new Date(dingtalk.clock.now()).toISOString(),
    way: 'call',
    by: 'socket',
    title: `GET ${SOCKET_PATH}`,
    status: isGood ? 101 : 401,
    tookMs: 0,
    checks: checks.list,
    request: {},
    answer: {},
  })
}

function listen(dingtalk: Dingtalk, app: DingtalkApp, subscriptions: Subscription[], socket: WebSocket): void {
  const connectionId = randomUUID()
  const openedAt = dingtalk.clock.now()
  const connection: Connection = {
    ...{ connectionId, app, socket, subscriptions, openedAt },
    ...{ isFrozen: false, isLeaving: false },
  }
  dingtalk.connections.add(connection)
  const stopPinging = pingEvery(dingtalk, connection)
  const gone = () => {
    dingtalk.connections.delete(connection)
    stopPinging()
  }
  socket.on('close', gone)
  // A socket that breaks is closed by `ws` right after; there is nothing else to do about it.
  socket.on('error', gone)
  socket.on('ping', (bytes: Buffer) => {
    if (!connection.isFrozen) socket.pong(bytes)
  })
  socket.on('message', (bytes: Buffer) => {
    if (!connection.isFrozen) takeAck(dingtalk, bytes.toString('utf8'))
  })
  sendSystem(dingtalk, connection, 'CONNECTED', {})
  sendSystem(dingtalk, connection, 'REGISTERED', {})
  retireOld(dingtalk)
}

function pingEvery(dingtalk: Dingtalk, connection: Connection): () => void {
  let callOff = () => {}
  const next = () => {
    callOff = dingtalk.clock.at(dingtalk.clock.now() + PING_EVERY_MS, () => {
      sendSystem(dingtalk, connection, 'ping', { opaque: randomUUID() })
      retireOld(dingtalk)
      next()
    })
  }
  next()
  return () => callOff()
}

/** Asks connections that are too old to go: nothing more is delivered over them, and soon they are closed. */
export function retireOld(dingtalk: Dingtalk): void {
  const lifeMs = dingtalk.settings.connectionLifeMs
  if (lifeMs === undefined) return
  const now = dingtalk.clock.now()
  for (const connection of dingtalk.connections) {
    if (connection.isLeaving || now - connection.openedAt < lifeMs) continue
    connection.isLeaving = true
    sendSystem(dingtalk, connection, 'disconnect', { reason: 'connection is expired' })
    dingtalk.clock.at(now + CLOSED_AFTER_MS, () => connection.socket.close())
  }
}

function sendSystem(dingtalk: Dingtalk, connection: Connection, topic: string, value: Fields): void {
  const messageId = randomUUID()
  const headers = headersOf(dingtalk, connection, topic, messageId)
  sendFrame(connection, { type: 'SYSTEM', headers, data: JSON.stringify(value) })
}

function headersOf(dingtalk: Dingtalk, connection: Connection, topic: string, messageId: string): Fields {
  return {
    appId: connection.app.agentId,
    connectionId: connection.connectionId,
    contentType: 'application/json',
    messageId,
    time: String(dingtalk.clock.now()),
    topic,
  }
}

function sendFrame(connection: Connection, frame: { type: string; headers: Fields; data: string }): void {
  if (connection.isFrozen || connection.socket.readyState !== WebSocket.OPEN) return
  connection.socket.send(JSON.stringify({ specVersion: '1.0', ...frame }))
}

function takeAck(dingtalk: Dingtalk, text: string): void {
  const answer = jsonOf(text)
  if (!isFields(answer) || !isFields(answer['headers']) || typeof answer['code'] !== 'number') return
  const value = jsonOf(textOf(answer['data']))
  dingtalk.acks.get(textOf(answer['headers']['messageId']))?.({ code: answer['code'], value })
}

/** A connection of the app that subscribes to the topic, chosen by chance as the platform does it. */
export function anyConnection(dingtalk: Dingtalk, app: DingtalkApp, push: Push): Connection | undefined {
  const open = [...dingtalk.connections].filter(
    (each) =>
      each.app === app &&
      !each.isLeaving &&
      each.socket.readyState === WebSocket.OPEN &&
      each.subscriptions.some(({ type, topic }) => type === push.type && (topic === '*' || topic === push.topic)),
  )
  return open[Math.floor(dingtalk.random() * open.length)]
}

/** What the platform has to say: an event, or a callback of robot or card. */
export type Push = {
  type: 'EVENT' | 'CALLBACK'
  topic: string
  /** The same for each delivery: it is by this that a product knows a repeated one. */
  messageId: string
  headers: Fields
  value: Fields
}

/** Sends a push and answers its ack. It never settles when no ack comes. */
export function sendOver(dingtalk: Dingtalk, connection: Connection, push: Push, text: string): Promise<Ack> {
  return new Promise((resolve) => {
    // A push that was sent twice is acknowledged by whichever ack comes first.
    const earlier = dingtalk.acks.get(push.messageId)
    dingtalk.acks.set(push.messageId, (ack) => {
      dingtalk.acks.delete(push.messageId)
      earlier?.(ack)
      resolve(ack)
    })
    const headers = { ...headersOf(dingtalk, connection, push.topic, push.messageId), ...push.headers }
    sendFrame(connection, { type: push.type, headers, data: text })
  })
}
