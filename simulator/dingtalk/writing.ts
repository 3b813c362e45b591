import { randomBytes } from 'node:crypto'

import { untilAnswered } from '../answering.ts'
import type { MessageView } from '../answers.ts'
import { Unable } from '../platform.ts'
import type { Fields } from '../request-body.ts'
import { directChat, messagesIn, messageView, post } from './chats.ts'
import { deliverMessage } from './delivery.ts'
import { present } from './directory.ts'
import { conversationId, dingtalkIds } from './ids.ts'
import { mainApp } from './state.ts'
import type { Chat, Dingtalk, DingtalkApp, Message } from './state.ts'

const SESSION_LIFE_MS = 90 * 60_000

type How = { chat?: string | undefined; waitMs: number }

/** Somebody writes to the robot. Answers what it sent back, once it has, or nothing when the wait is over. */
export async function write(dingtalk: Dingtalk, personKey: string, text: string, how: How): Promise<MessageView[]> {
  present(dingtalk, personKey)
  const { chat: chatId, waitMs } = how
  const chat = chatId === undefined ? directChat(dingtalk, mainApp(dingtalk), personKey) : dingtalk.chats.get(chatId)
  if (!chat?.members.includes(personKey)) throw new Unable(404, `${personKey} is in no chat ${chatId}`)
  if (chat.kind === 'notices') throw new Unable(409, 'nobody reads what is written to work notifications')
  const app = dingtalk.apps.find((each) => each.clientId === chat.appId) ?? mainApp(dingtalk)
  const message = post(dingtalk, chat, { kind: 'text', text }, { from: { kind: 'person', key: personKey } })

  // In a group the robot hears only what mentions it.
  const mention = `@${app.botName}`
  const isHeard = chat.hasBot && (chat.kind === 'direct' || text.includes(mention))
  if (!isHeard) return []
  void deliverMessage(
    dingtalk,
    app,
    robotMessage(dingtalk, app, chat, message, personKey, text.replaceAll(mention, '')),
  )
  return answersAfter(dingtalk, chat, message.seq, personKey, waitMs)
}

/** A message as the robot gets it: the mention of itself is taken out, and leaves its space behind. */
function robotMessage(
  dingtalk: Dingtalk,
  app: DingtalkApp,
  chat: Chat,
  message: Message,
  personKey: string,
  content: string,
): Fields {
  const isGroup = chat.kind === 'group'
  const session = randomBytes(16).toString('hex')
  const expiresAt = message.sentAt + SESSION_LIFE_MS
  dingtalk.sessions.set(session, { chatId: chat.chatId, expiresAt })
  const robot = `$:LWCP_v1:$${app.clientId}`
  return {
    conversationId: chat.chatId,
    conversationType: isGroup ? '2' : '1',
    ...(isGroup && { conversationTitle: chat.name, isInAtList: true, atUsers: [{ dingtalkId: robot }] }),
    chatbotCorpId: dingtalk.corpId,
    chatbotUserId: robot,
    robotCode: app.clientId,
    msgId: message.messageId,
    msgtype: 'text',
    text: { content },
    senderNick: dingtalk.people.get(personKey)?.name ?? '',
    senderStaffId: dingtalkIds(personKey, dingtalk.corpId).userId,
    senderId: `$:LWCP_v1:$${dingtalkIds(personKey, dingtalk.corpId).openId}`,
    senderCorpId: dingtalk.corpId,
    senderPlatform: 'iOS',
    isAdmin: false,
    createAt: message.sentAt,
    sessionWebhook: `${dingtalk.origin}/robot/sendBySession?session=${session}`,
    sessionWebhookExpiredTime: expiresAt,
  }
}

async function answersAfter(
  dingtalk: Dingtalk,
  chat: Chat,
  seq: number,
  viewer: string,
  waitMs: number,
): Promise<MessageView[]> {
  const isOfBot = (message: Message) => message.chatId === chat.chatId && message.from.kind === 'bot'
  await untilAnswered(dingtalk.watchers, isOfBot, waitMs)
  const answers = messagesIn(dingtalk, chat.chatId).filter((each) => each.seq > seq && isOfBot(each))
  return answers.map((each) => messageView(dingtalk, each, viewer))
}

export function createGroup(dingtalk: Dingtalk, name: string, members: string[], withBot: boolean): { chatId: string } {
  const chatId = conversationId(`${dingtalk.corpId}/group/${name}/${dingtalk.chats.size}`)
  const appId = mainApp(dingtalk).clientId
  dingtalk.chats.set(chatId, { chatId, name, kind: 'group', appId, members, hasBot: withBot })
  return { chatId }
}
