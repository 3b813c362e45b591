import { EventDispatcher, WSClient } from '@larksuiteoapi/node-sdk'
import { log } from '#kernel/log'
import type { Inbound, Receive } from '../platform.ts'
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

/** Receives over Feishu's long connection; the connection itself is what authenticates. Resolves when it is up. */
export async function listenToFeishu(settings: FeishuSettings, receive: Receive): Promise<() => Promise<void>> {
  const handle = async (flat: unknown): Promise<object> => {
    const inbound = inboundOfFlat(flat, settings)
    const answer = inbound && (await receive(inbound))
    return answer ? answerJson(answer, settings.appUrl) : {}
  }
  const dispatcher = new EventDispatcher({
    encryptKey: '',
    verificationToken: '',
    logger: sdkLog,
  }).register(Object.fromEntries(eventTypes.map((type) => [type, handle])))
  let client: WSClient | undefined
  await new Promise<void>((resolve) => {
    client = new WSClient({
      appId: settings.appId,
      appSecret: settings.appSecret,
      domain: settings.baseUrl,
      logger: sdkLog,
      onReady: () => resolve(),
      onError: (error: unknown) => log.error({ err: error }, 'the long connection to Feishu failed'),
    })
    void client.start({ eventDispatcher: dispatcher })
  })
  return async () => client?.close({ force: true })
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
