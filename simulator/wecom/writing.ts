import type { MessageView } from '../answers.ts'
import { Unable } from '../platform.ts'
import { tellBotOfMessage } from './bot-events.ts'
import { appChat, messagesIn, messageView, post } from './chats.ts'
import { tellOfMessage } from './events.ts'
import { appOf, mainApp } from './state.ts'
import type { Chat, Message, Wecom } from './state.ts'

/** A bot often answers with more than one message: those that follow this closely belong together. */
const SETTLED_MS = 150

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

/** Waits in real time on purpose: the caller waits for real, whatever the simulated clock does meanwhile. */
function answersAfter(
  wecom: Wecom,
  chat: Chat,
  seq: number,
  waitMs: number,
  personKey: string,
): Promise<MessageView[]> {
  return new Promise((resolve) => {
    let settling: NodeJS.Timeout | undefined
    const settle = () => {
      clearTimeout(settling)
      clearTimeout(latest)
      wecom.watchers.delete(watch)
      const answers = messagesIn(wecom, chat.chatId).filter((each) => each.seq > seq && each.from.kind === 'bot')
      resolve(answers.map((each) => messageView(each, personKey)))
    }
    const watch = (message: Message) => {
      if (message.chatId !== chat.chatId || message.from.kind !== 'bot') return
      clearTimeout(settling)
      settling = setTimeout(settle, SETTLED_MS)
    }
    const latest = setTimeout(settle, waitMs)
    wecom.watchers.add(watch)
  })
}
