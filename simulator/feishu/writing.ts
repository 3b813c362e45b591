import { untilAnswered } from '../answering.ts'
import type { MessageView } from '../answers.ts'
import { digest } from '../people.ts'
import { Unable } from '../platform.ts'
import { directChat, messagesIn, messageView, post } from './chats.ts'
import { tellOfMessage } from './events.ts'
import { appOf, mainApp } from './state.ts'
import type { Chat, Feishu, Message } from './state.ts'

type How = { chat?: string | undefined; waitMs: number }

/** Somebody writes to the bot. Answers what the bot sent back, once it has, or nothing when the wait is over. */
export async function write(feishu: Feishu, personKey: string, text: string, how: How): Promise<MessageView[]> {
  if (!feishu.people.has(personKey) || feishu.left.has(personKey))
    throw new Unable(404, `there is no person ${personKey}`)
  const { chat: chatId, waitMs } = how
  const chat = chatId === undefined ? directChat(feishu, mainApp(feishu).appId, personKey) : feishu.chats.get(chatId)
  if (!chat?.members.includes(personKey)) throw new Unable(404, `${personKey} is in no chat ${chatId}`)
  const app = appOf(feishu, chat.appId) ?? mainApp(feishu)
  const message = post(feishu, chat, {
    kind: 'text',
    content: JSON.stringify({ text }),
    from: { kind: 'person', key: personKey },
  })

  // In a group the bot hears only what mentions it.
  const isHeard = chat.hasBot && (!chat.isGroup || text.includes(`@${app.botName}`))
  if (!isHeard) return []
  void tellOfMessage(feishu, app, chat, message, personKey)
  return answersAfter(feishu, chat, message.seq, waitMs)
}

async function answersAfter(feishu: Feishu, chat: Chat, seq: number, waitMs: number): Promise<MessageView[]> {
  const isOfBot = (message: Message) => message.chatId === chat.chatId && message.from.kind === 'bot'
  await untilAnswered(feishu.watchers, isOfBot, waitMs)
  const answers = messagesIn(feishu, chat.chatId).filter((each) => each.seq > seq && isOfBot(each))
  return answers.map(messageView)
}

export function createGroup(feishu: Feishu, name: string, members: string[], withBot: boolean): { chatId: string } {
  const chatId = `oc_${digest(`${feishu.tenantKey}/group/${name}/${feishu.chats.size}`).slice(0, 32)}`
  feishu.chats.set(chatId, { chatId, name, isGroup: true, appId: mainApp(feishu).appId, members, hasBot: withBot })
  return { chatId }
}
