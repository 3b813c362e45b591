import type { MessageView } from '../answers.ts'
import { digest } from '../people.ts'
import { Unable } from '../platform.ts'
import { directChat, messagesIn, messageView, post } from './chats.ts'
import { tellOfMessage } from './events.ts'
import { appOf, mainApp } from './state.ts'
import type { Chat, Feishu } from './state.ts'

const ANSWER_WITHIN_MS = 5000
/** A bot often answers with more than one message: those that follow this closely belong together. */
const SETTLED_MS = 150
const LOOK_EVERY_MS = 20

/** Somebody writes to the bot. Answers what the bot sent back, once it has, or after 5 s. */
export async function write(feishu: Feishu, personKey: string, text: string, chatId?: string): Promise<MessageView[]> {
  if (!feishu.people.has(personKey) || feishu.left.has(personKey))
    throw new Unable(404, `there is no person ${personKey}`)
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
  return answersAfter(feishu, chat, message.seq)
}

async function answersAfter(feishu: Feishu, chat: Chat, seq: number): Promise<MessageView[]> {
  const answers = () =>
    messagesIn(feishu, chat.chatId).filter((message) => message.seq > seq && message.from.kind === 'bot')
  const until = Date.now() + ANSWER_WITHIN_MS
  let count = 0
  let lastAt = Date.now()
  // Real time on purpose: the caller waits for real, whatever the simulated clock does meanwhile.
  while (Date.now() < until && (count === 0 || Date.now() - lastAt < SETTLED_MS)) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    if (answers().length > count) lastAt = Date.now()
    count = answers().length
  }
  return answers().map(messageView)
}

export function createGroup(feishu: Feishu, name: string, members: string[], withBot: boolean): { chatId: string } {
  const chatId = `oc_${digest(`${feishu.tenantKey}/group/${name}/${feishu.chats.size}`).slice(0, 32)}`
  feishu.chats.set(chatId, { chatId, name, isGroup: true, appId: mainApp(feishu).appId, members, hasBot: withBot })
  return { chatId }
}
