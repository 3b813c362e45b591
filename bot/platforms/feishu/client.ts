import { Client, LoggerLevel } from '@larksuiteoapi/node-sdk'
import { createHash } from 'node:crypto'
import type { TokenCard } from '../../card.ts'
import type { Handle } from '../platform.ts'
import { renderCard } from './render.ts'
import type { FeishuSettings } from './settings.ts'

/** The official client, against the address in the settings. */
export const feishuClient = (settings: FeishuSettings): Client =>
  new Client({
    appId: settings.appId,
    appSecret: settings.appSecret,
    domain: settings.baseUrl,
    loggerLevel: LoggerLevel.error,
  })

/** Codes after which a card can never be changed again: too old, withdrawn, gone with its reader. */
const beyondUpdate = new Set([230031, 230011, 230029, 230099])

/** Messages through the official client. Errors carry Feishu's code; the queue tries again. */
export function messages(client: Client, settings: FeishuSettings) {
  const content = (message: { card: TokenCard } | { text: string }) =>
    'card' in message
      ? { msg_type: 'interactive', content: JSON.stringify(renderCard(message.card, settings.appUrl)) }
      : { msg_type: 'text', content: JSON.stringify({ text: message.text }) }

  const send = async (
    openId: string,
    message: { card: TokenCard } | { text: string },
    sendKey: string,
  ): Promise<Handle> => {
    const answer = await client.im.v1.message.create({
      params: { receive_id_type: 'open_id' },
      data: { receive_id: openId, uuid: uuidOf(sendKey), ...content(message) },
    })
    return handleOf(answer)
  }
  return {
    sendCard: (openId: string, card: TokenCard, sendKey: string) => send(openId, { card }, sendKey),
    sendText: (openId: string, text: string, sendKey: string) => send(openId, { text }, sendKey),
    reply: async (
      messageId: string,
      message: { card: TokenCard } | { text: string },
      sendKey: string,
    ): Promise<Handle> =>
      handleOf(
        await client.im.v1.message.reply({
          path: { message_id: messageId },
          data: { uuid: uuidOf(sendKey), ...content(message) },
        }),
      ),
    updateCard: async (handle: Handle, card: TokenCard): Promise<boolean> => {
      try {
        const answer = await client.im.v1.message.patch({
          path: { message_id: handle['messageId'] ?? '' },
          data: { content: JSON.stringify(renderCard(card, settings.appUrl)) },
        })
        return settled(answer)
      } catch (error) {
        return settled(responseOf(error) ?? rethrow(error))
      }
    },
  }
}

type Answer = { code?: number; msg?: string; data?: { message_id?: string } }

function handleOf(answer: Answer): Handle {
  const messageId = answer.data?.message_id
  if (answer.code !== 0 || !messageId) throw new Error(`Feishu refused a message: ${answer.code} ${answer.msg ?? ''}`)
  return { messageId }
}

function settled(answer: Answer): boolean {
  if (answer.code === 0) return true
  if (beyondUpdate.has(answer.code ?? -1)) return false
  throw new Error(`Feishu refused to update a card: ${answer.code} ${answer.msg ?? ''}`)
}

/** The client throws on HTTP errors; Feishu's own code is in the answer it holds. */
const responseOf = (error: unknown): Answer | undefined => (error as { response?: { data?: Answer } }).response?.data
const rethrow = (error: unknown): never => {
  throw error
}

/** Feishu drops a repeated send by a key of at most 50 characters, for an hour. */
const uuidOf = (sendKey: string): string => createHash('sha256').update(sendKey).digest('hex').slice(0, 40)
