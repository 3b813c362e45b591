import { EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk'
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import { log } from '#kernel/log'
import type { HangUp } from '../alone.ts'
import { type Connection, keepConnected } from '../keep-connected.ts'
import { noted, type NotedLine } from '../line.ts'
import type { Inbound, Receive } from '../platform.ts'
import { underWay } from '../under-way.ts'
import { answerJson } from './answer.ts'
import { sdkLog } from './sdk-log.ts'
import type { FeishuSettings } from './settings.ts'
import { inboundOf, parseEnvelope } from './wire.ts'

const eventTypes = [
  'im.message.receive_v1',
  'card.action.trigger',
  'contact.user.created_v3',
  'contact.user.updated_v3',
  'contact.user.deleted_v3',
  'contact.department.created_v3',
  'contact.department.updated_v3',
  'contact.department.deleted_v3',
  'contact.scope.updated_v3',
] as const

/** What opening may take, and how long after a ping nothing may come before the socket counts as dead. */
const handshakeTimeoutMs = 10_000
const pingTimeout = 10

/** Receives over Feishu's long connection; the connection itself is what authenticates. Resolves after the first try. */
export const listenToFeishu = (
  settings: FeishuSettings,
  receive: Receive,
  line: NotedLine = noted('connecting'),
): Promise<HangUp> => keepConnected('feishu', () => openLine(settings, receive), line)

/** One connection of the official client. It would connect again by itself, but up to two minutes later, and tells only that it begins to. */
async function openLine(settings: FeishuSettings, receive: Receive): Promise<Connection> {
  const taken = underWay()
  const take = async (flat: unknown): Promise<object> => {
    const inbound = inboundOfFlat(flat, settings)
    const answer = inbound && (await receive(inbound))
    return answer ? answerJson(answer, settings.appUrl) : {}
  }
  const handle = (flat: unknown): Promise<object> => taken.begin(take(flat))
  const eventDispatcher = new EventDispatcher({
    encryptKey: '',
    verificationToken: '',
    logger: sdkLog,
  }).register(Object.fromEntries(eventTypes.map((type) => [type, handle])))

  let end: (reason: string) => void = () => {}
  const ended = new Promise<string>((resolve) => (end = resolve))
  let refusal = 'Feishu does not open the long connection'
  const client = new WSClient({
    appId: settings.appId,
    appSecret: settings.appSecret,
    domain: settings.baseUrl,
    logger: sdkLog,
    handshakeTimeoutMs,
    wsConfig: { pingTimeout },
    onReconnecting: () => end('closed'),
    onError: ({ message }) => (refusal = message),
  })
  await client.start({ eventDispatcher })
  if (!(await isOpened(client))) {
    client.close({ force: true })
    throw new Error(refusal)
  }
  return {
    ended,
    close: async () => {
      await taken.ended()
      // The client sends what a handler answered a few steps after it has.
      await nextTurn()
      client.close({ force: true })
    },
  }
}

/** Whether the first try was the last. The client tells when it is up or gives up, but not that it has failed and will try later. */
async function isOpened(client: WSClient): Promise<boolean> {
  for (;;) {
    const { state, nextConnectTime } = client.getConnectionStatus()
    if (state !== 'connecting' || nextConnectTime) return state === 'connected'
    await pause(20)
  }
}

/** The client hands over header and event flattened into one object; the envelope is put together again and parsed as over HTTP. */
function inboundOfFlat(flat: unknown, settings: FeishuSettings): Inbound | undefined {
  const fields = flat as Record<string, unknown> // parsed by the envelope's schema on the next lines
  const envelope = parseEnvelope({
    schema: '2.0',
    header: {
      event_id: fields['event_id'],
      event_type: fields['event_type'],
      create_time: fields['create_time'],
      app_id: fields['app_id'],
      tenant_key: fields['tenant_key'],
    },
    event: fields,
  })
  const isOurs = envelope?.header.app_id === settings.appId && envelope.header.tenant_key === settings.tenantKey
  if (!envelope || !isOurs) {
    log.warn({ type: fields['event_type'] }, 'an event of another app or tenant was left alone')
    return undefined
  }
  return inboundOf(envelope, { appId: settings.appId, tenant: settings.tenantKey })
}
