import { untilAnswered } from '../answering.ts'
import type { MessageView } from '../answers.ts'
import { Unable } from '../platform.ts'
import { tellBotOfMessage } from './bot-events.ts'
import { appChat, messagesIn, messageView, post } from './chats.ts'
import { tellOfMessage } from './events.ts'
import { appOf, mainApp } from './state.ts'
import type { Chat, Message, Wecom } from './state.ts'

type How = { chat?: string | undefined; waitMs: number }

/** Somebody writes to the app or to the AI bot. Answers what was sent back, once it was, or nothing when the wait is over. */
export async function write(wecom: Wecom, personKey: string, text: string, how: How): Promise<MessageView[]> {
  if (!wecom.people.has(personKey) || wecom.left.has(personKey))
    throw new Unable(404, `there is no person ${personKey}`)
  const chat = how.chat === undefined ? appChat(wecom, mainApp(wecom), personKey) : wecom.chats.get(how.chat)
  if (!chat?.members.includes(personKey)) throw new Unable(404, `${personKey} is in no chat ${how.chat}`)
  const message = post(wecom, chat, { kind: 'text', content: text, from: { kind: 'person', key: personKey } })
  if (!isHeard(wecom, chat, text)) return []
  const app = appOf(wecom, chat.agentId)
  if (app) void tellOfMessage(wecom, app, message, personKey)
  else tellBotOfMessage(wecom, chat, message, personKey)
  return answersAfter(wecom, chat, message.seq, how.waitMs, personKey)
}

/** In a group the AI bot hears only what mentions it; an app hears nothing there. */
function isHeard(wecom: Wecom, chat: Chat, text: string): boolean {
  if (chat.kind === 'app') return true
  if (chat.kind === 'people' || !chat.hasBot) return false
  return chat.kind === 'bot' || text.includes(`@${wecom.bot?.name}`)
}

async function answersAfter(
  wecom: Wecom,
  chat: Chat,
  seq: number,
  waitMs: number,
  personKey: string,
): Promise<MessageView[]> {
  const isOfBot = (message: Message) => message.chatId === chat.chatId && message.from.kind === 'bot'
  await untilAnswered(wecom.watchers, isOfBot, waitMs)
  const answers = messagesIn(wecom, chat.chatId).filter((each) => each.seq > seq && isOfBot(each))
  return answers.map((each) => messageView(each, personKey))
}
