import { Client } from '@larksuiteoapi/node-sdk'
import { createHash } from 'node:crypto'
import type { TokenCard } from '../../card.ts'
import { type Handle, PlatformRefusal } from '../platform.ts'
import { patientHttp, tokenShelf, type TokenShelf } from './patient-http.ts'
import { renderCard } from './render.ts'
import { sdkLog } from './sdk-log.ts'
import type { FeishuSettings } from './settings.ts'

/** The official client, against the address in the settings; it keeps its tokens on the shelf. */
export function feishuClient({ appId, appSecret, baseUrl }: FeishuSettings, tokens: TokenShelf = tokenShelf()): Client {
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
/** Codes after which the same message is refused again: its reader is gone, blocks the bot or may not use it; it is too long or not allowed. */
const neverTaken = new Set([230001, 230013, 230025, 230028, 230029, 230034, 230053, 230099])

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

/** What is read of an answer of Feishu's. */
type Answer = {
  code?: number
  msg?: string
  data?: { message_id?: string; task?: { guid?: string } }
  status?: number
  afterMs?: number
}
/** What an error of the client's HTTP holds: Feishu's answer, when there was one. */
type Failed = { response?: { status: number; data?: Answer; headers?: Record<string, string> }; message?: string }

/** The client throws where Feishu answers with an HTTP error, with the whole request in it: only what Feishu says goes on. */
export async function answered(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call
  } catch (error) {
    const { response, message } = error as Failed // an error of axios, or any other
    const resetSeconds = Number(response?.headers?.['x-ogw-ratelimit-reset'] ?? 0)
    const afterMs = response?.status === 429 ? Math.max(resetSeconds, 1) * 1000 : undefined
    if (response?.data?.code !== undefined) return { ...response.data, status: response.status, afterMs }
    // The cause holds the whole request with its token, so it goes no further.
    // oxlint-disable-next-line preserve-caught-error
    throw new Error(`Feishu could not be reached: ${message ?? ''}`)
  }
}

function handleOf(answer: Answer): Handle {
  const { code, data } = answer
  if (code !== 0 || !data?.message_id) throw refusal('a message', answer)
  return { messageId: data.message_id }
}

function isUpdated(answer: Answer): boolean {
  const { code = -1 } = answer
  if (code !== 0 && !beyondUpdate.has(code)) throw refusal('to update a card', answer)
  return code === 0
}

/** What has no code of Feishu's, or comes from a gateway before it, is no answer: as if nobody had been there. */
export function refusal(what: string, { code, msg, status = 200, afterMs }: Answer): Error {
  const words = `Feishu refused ${what}: ${code} ${msg ?? ''}`
  if (typeof code !== 'number' || status >= 500) return new Error(words)
  return new PlatformRefusal(words, { afterMs, forGood: neverTaken.has(code) })
}

/** Feishu drops a repeated send by a key of at most 50 characters, for an hour. */
export const uuidOf = (sendKey: string): string => createHash('sha256').update(sendKey).digest('hex').slice(0, 40)
