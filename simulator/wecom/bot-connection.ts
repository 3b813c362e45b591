import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import { WebSocket, WebSocketServer } from 'ws'

import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'
import { botCommands } from './bot-commands.ts'
import { Call } from './call.ts'
import { Refused } from './refusals.ts'
import type { BotRequest, Connection, Wecom } from './state.ts'

/** Where the AI bot's long connection is, below the address of the simulator. */
export const botPath = '/wecom/aibot'

/** Takes the sockets of the AI bot; answers false for any other address. */
export function acceptBot(wecom: Wecom) {
  const server = new WebSocketServer({ noServer: true })
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== botPath) return false
    server.handleUpgrade(request, socket, head, (opened) => take(wecom, opened))
    return true
  }
  return { upgrade, close: () => server.close() }
}

function take(wecom: Wecom, socket: WebSocket): void {
  const connection: Connection = { socket, isSubscribed: false, isFrozen: false }
  wecom.connections.add(connection)
  socket.on('close', () => wecom.connections.delete(connection))
  socket.on('message', (bytes) => {
    if (connection.isFrozen) return
    const frame = jsonOf(String(bytes))
    if (isFields(frame)) answer(wecom, connection, frame)
  })
}

/** Answers every frame under its own request id: a frame without an answer would time out at the client. */
function answer(wecom: Wecom, connection: Connection, frame: Fields): void {
  const command = textOf(frame['cmd'])
  const requestId = isFields(frame['headers']) ? textOf(frame['headers']['req_id']) : ''
  const call = new Call(wecom, new URLSearchParams(), isFields(frame['body']) ? frame['body'] : {})
  const fault = wecom.faults.take('api', command)
  const reply =
    fault?.code === undefined ? replyTo(call, connection, command, requestId) : { errcode: fault.code, errmsg: 'error' }
  send(connection, { headers: { req_id: requestId }, ...reply })
  if (command === 'ping') return
  wecom.log.add({
    at: new Date(wecom.clock.now()).toISOString(),
    way: 'call',
    by: 'socket',
    title: command,
    status: 200,
    code: reply.errcode,
    tookMs: 0,
    checks: call.checks.list,
    request: call.body,
    answer: reply,
  })
}

function replyTo(
  call: Call,
  connection: Connection,
  command: string,
  requestId: string,
): { errcode: number; errmsg: string } {
  try {
    if (command === 'aibot_subscribe') subscribe(call, connection)
    else if (command !== 'ping') obey(call, connection, command, requestId)
    return { errcode: 0, errmsg: 'ok' }
  } catch (error) {
    if (error instanceof Refused) return { errcode: error.code, errmsg: error.message }
    throw error
  }
}

/** One connection per bot: the one before is told and closed. */
function subscribe(call: Call, connection: Connection): void {
  const { wecom } = call
  const isRight = wecom.bot && call.text('bot_id') === wecom.bot.botId && call.text('secret') === wecom.bot.secret
  call.require('bot_credential_wrong', isRight)
  for (const other of wecom.connections) {
    if (other === connection || !other.isSubscribed) continue
    other.isSubscribed = false
    send(other, eventFrame(wecom, { eventtype: 'disconnected_event' }))
    other.socket.close()
  }
  connection.isSubscribed = true
}

function obey(call: Call, connection: Connection, name: string, requestId: string): void {
  call.require('bot_not_subscribed', connection.isSubscribed)
  const command = Object.hasOwn(botCommands, name) ? botCommands[name] : undefined
  call.require('bot_command_unknown', command, `cmd: ${name}`)
  command(call, requestId)
}

export function eventFrame(wecom: Wecom, event: Fields, more: Fields = {}): Fields {
  return {
    cmd: 'aibot_event_callback',
    headers: { req_id: randomUUID() },
    body: {
      msgid: randomUUID(),
      create_time: Math.floor(wecom.clock.now() / 1000),
      aibotid: wecom.bot?.botId ?? '',
      ...more,
      msgtype: 'event',
      event,
    },
  }
}

/** Tells the bot something over its connection. Answers whether one is open. */
export function tellBot(wecom: Wecom, frame: Fields, request: BotRequest, title: string): boolean {
  const connection = [...wecom.connections].find((each) => each.isSubscribed)
  const requestId = isFields(frame['headers']) ? textOf(frame['headers']['req_id']) : ''
  wecom.botRequests.set(requestId, request)
  const fault = wecom.faults.take('callback', title)
  if (connection && !connection.isFrozen) {
    send(connection, frame)
    if (fault?.duplicate) send(connection, frame)
  }
  wecom.log.add({
    at: new Date(wecom.clock.now()).toISOString(),
    way: 'callback',
    by: 'socket',
    title,
    status: connection ? 200 : 0,
    tookMs: 0,
    checks: [{ what: 'a connection of the bot is open', holds: connection !== undefined }],
    request: frame,
    answer: {},
  })
  return connection !== undefined
}

function send(connection: Connection, frame: Fields): void {
  if (!connection.isFrozen && connection.socket.readyState === WebSocket.OPEN)
    connection.socket.send(JSON.stringify(frame))
}
