import { Client } from '@larksuiteoapi/node-sdk'
import { createHash } from 'node:crypto'
import type { TokenCard } from '../../card.ts'
import type { Handle } from '../platform.ts'
import { patientHttp, tokenShelf } from './patient-http.ts'
import { renderCard } from './render.ts'
import { sdkLog } from './sdk-log.ts'
import type { FeishuSettings } from './settings.ts'

/** The official client, against the address in the settings. */
export function feishuClient({ appId, appSecret, baseUrl }: FeishuSettings): Client {
  const tokens = tokenShelf()
  const renewToken = async (): Promise<string> => {
    tokens.clear()
    return String(await client.tokenManager.getTenantAccessToken())
  }
  const client = new Client({
    appId,
    appSecret,
    domain: baseUrl,
    logger: sdkLog,
    cache: tokens,
    httpInstance: patientHttp(renewToken),
  })
  return client
}

/** Codes after which a card can never be changed again: too old, withdrawn, gone with its reader. */
const beyondUpdate = new Set([230031, 230011, 230029])

type Content = { card: TokenCard } | { text: string }

/** Messages through the official client. Errors carry Feishu's code; the queue tries again. */
export function messages(client: Client, settings: FeishuSettings) {
  const content = (message: Content) =>
    'card' in message
      ? { msg_type: 'interactive', content: JSON.stringify(renderCard(message.card, settings.appUrl)) }
      : { msg_type: 'text', content: JSON.stringify({ text: message.text }) }

  const send = async (openId: string, message: Content, sendKey: string): Promise<Handle> =>
    handleOf(
      await answered(
        client.im.v1.message.create({
          params: { receive_id_type: 'open_id' },
          data: { receive_id: openId, uuid: uuidOf(sendKey), ...content(message) },
        }),
      ),
    )
  return {
    sendCard: (openId: string, card: TokenCard, sendKey: string) => send(openId, { card }, sendKey),
    sendText: (openId: string, text: string, sendKey: string) => send(openId, { text }, sendKey),
    reply: async (messageId: string, message: Content, sendKey: string): Promise<Handle> =>
      handleOf(
        await answered(
          client.im.v1.message.reply({
            path: { message_id: messageId },
            data: { uuid: uuidOf(sendKey), ...content(message) },
          }),
        ),
      ),
    updateCard: async (handle: Handle, card: TokenCard): Promise<boolean> =>
      isUpdated(
        await answered(
          client.im.v1.message.patch({
            path: { message_id: handle['messageId'] ?? '' },
            data: { content: JSON.stringify(renderCard(card, settings.appUrl)) },
          }),
        ),
      ),
  }
}

type Answer = { code?: number; msg?: string; data?: { message_id?: string } }

/** The client throws where Feishu answers with an HTTP error, with the whole request in it: only what Feishu says goes on. */
async function answered(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call
  } catch (error) {
    const { response, message } = error as { response?: { data?: Answer }; message?: string } // an error of axios, or any other
    if (response?.data?.code !== undefined) return response.data
    // The cause holds the whole request with its token, so it goes no further.
    // oxlint-disable-next-line preserve-caught-error
    throw new Error(`Feishu could not be reached: ${message ?? ''}`)
  }
}

function handleOf({ code, msg, data }: Answer): Handle {
  if (code !== 0 || !data?.message_id) throw new Error(`Feishu refused a message: ${code} ${msg ?? ''}`)
  return { messageId: data.message_id }
}

function isUpdated({ code, msg }: Answer): boolean {
  if (code === 0) return true
  if (beyondUpdate.has(code ?? -1)) return false
  throw new Error(`Feishu refused to update a card: ${code} ${msg ?? ''}`)
}

/** Feishu drops a repeated send by a key of at most 50 characters, for an hour. */
const uuidOf = (sendKey: string): string => createHash('sha256').update(sendKey).digest('hex').slice(0, 40)
