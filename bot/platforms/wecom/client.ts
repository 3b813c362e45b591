import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { TokenCard } from '../../card.ts'
import { type Handle, PlatformRefusal } from '../platform.ts'
import type { AiBot } from './ai-bot.ts'
import { taskIdTaken, type WecomApi, WecomRefusal } from './api.ts'
import { withinBytes } from './limits.ts'
import { renderCard } from './render.ts'
import type { WecomSettings } from './settings.ts'
import { codeHandle, placeIn } from './wire.ts'

/** A card can be redrawn with its code for three days. */
const codeMsMax = 72 * 3_600_000
/** The same card again is dropped for as long as WeCom offers. */
const repeatSeconds = 14_400
/** The code is spent, too old, or of another app: the card stays as it is. */
const beyondUpdate = [taskIdTaken, 42015, 42016]

const Sent = z.object({
  msgid: z.string().default(''),
  response_code: z.string().optional(),
  /** WeCom answers "ok" also when nobody was there, as long as one of several is. */
  invaliduser: z.string().default(''),
  unlicenseduser: z.string().default(''),
})
const Done = z.object({})

/** Messages to people by the app, and to chats by the AI bot. */
export function messages(api: WecomApi, settings: WecomSettings, bot: AiBot | undefined) {
  const { appUrl } = settings
  const agentid = Number(settings.agentId)
  const send = async (touser: string, content: object): Promise<z.output<typeof Sent>> => {
    const sent = await api('/cgi-bin/message/send', { body: { touser, agentid, ...content } }, Sent)
    if (sent.invaliduser || sent.unlicenseduser)
      throw new PlatformRefusal(`WeCom cannot reach ${touser}`, { forGood: true })
    return sent
  }

  const sendCard = async (userId: string, card: TokenCard, sendKey: string): Promise<Handle> => {
    const messageId = taskIdOf(sendKey)
    const content = {
      msgtype: 'template_card',
      template_card: renderCard(card, { appUrl, taskId: messageId }),
      enable_duplicate_check: 1,
      duplicate_check_interval: repeatSeconds,
    }
    try {
      const { msgid, response_code: code } = await send(userId, content)
      return { messageId, userId, msgid, ...(code ? codeHandle(code, Date.now()) : {}) }
    } catch (error) {
      // It got there the last time, when its answer was lost, and with that the code to redraw it with.
      if (error instanceof WecomRefusal && error.code === taskIdTaken) return { messageId, userId }
      throw error
    }
  }

  // WeCom tells repeats apart by what they say, and somebody may ask twice: a text is sent as often as we are told to.
  const sendText = async (userId: string, text: string): Promise<Handle> => {
    const { msgid } = await send(userId, { msgtype: 'text', text: { content: withinBytes(text) } })
    return { messageId: msgid, userId }
  }

  return {
    sendCard,
    sendText,
    reply: async (messageId: string, message: { card: TokenCard } | { text: string }, sendKey: string) => {
      const { by, chat } = placeIn(messageId)
      if (by === 'bot') {
        if (!bot) throw new PlatformRefusal('the AI bot is switched off', { forGood: true })
        return bot.send(chat, message, taskIdOf(sendKey))
      }
      return 'card' in message ? sendCard(chat, message.card, sendKey) : sendText(chat, message.text)
    },
    updateCard: async (handle: Handle, card: TokenCard): Promise<boolean> => {
      const { userId, messageId: taskId, responseCode, issuedAt } = handle
      if (!userId || !taskId || !responseCode || Date.now() - Number(issuedAt) > codeMsMax) return false
      const content = { userids: [userId], agentid, response_code: responseCode }
      try {
        const body = { ...content, template_card: renderCard(card, { appUrl, taskId }) }
        await api('/cgi-bin/message/update_template_card', { body }, Done)
        return true
      } catch (error) {
        if (error instanceof WecomRefusal && beyondUpdate.includes(error.code)) return false
        throw error
      }
    },
  }
}

/** A card's own number on WeCom, made from what it was sent under: the same card again is refused, not shown twice. */
const taskIdOf = (sendKey: string): string => `yidan-${createHash('sha256').update(sendKey).digest('hex').slice(0, 40)}`
