import type { ChatView, MessageView } from '../answers.ts'
import { digest, feishuIds } from '../people.ts'
import type { Person } from '../people.ts'
import { jsonOf } from '../request-body.ts'
import type { Call } from './call.ts'
import { appOf } from './state.ts'
import type { Chat, Feishu, Message } from './state.ts'

/** The chat of one person with one app's bot. It exists as soon as somebody asks for it. */
export function directChat(feishu: Feishu, appId: string, personKey: string): Chat {
  const chatId = `oc_${digest(`${feishu.tenantKey}/${appId}/chat/${personKey}`).slice(0, 32)}`
  const known = feishu.chats.get(chatId)
  if (known) return known
  const name = appOf(feishu, appId)?.botName ?? ''
  const chat: Chat = { chatId, name, isGroup: false, appId, members: [personKey], hasBot: true }
  feishu.chats.set(chatId, chat)
  return chat
}

/** Puts a message into a chat, where its members see it at once. */
export function post(
  feishu: Feishu,
  chat: Chat,
  message: Pick<Message, 'kind' | 'from'> & { content: string; parentId?: string | undefined },
): Message {
  const seq = ++feishu.seq
  const now = feishu.clock.now()
  const posted: Message = {
    messageId: `om_${digest(`${feishu.tenantKey}/${chat.chatId}/${seq}/${now}`).slice(0, 32)}`,
    seq,
    appId: chat.appId,
    chatId: chat.chatId,
    kind: message.kind,
    versions: [message.content],
    from: message.from,
    parentId: message.parentId,
    sentAt: now,
    updatedAt: now,
  }
  feishu.messages.set(posted.messageId, posted)
  announce(feishu, posted)
  return posted
}

/** Shows everybody the new content of a message. */
export function replace(feishu: Feishu, message: Message, content: string): void {
  message.versions.push(content)
  message.updatedAt = feishu.clock.now()
  announce(feishu, message)
}

function announce(feishu: Feishu, message: Message): void {
  const people = feishu.chats.get(message.chatId)?.members ?? []
  for (const watch of feishu.watchers) watch(message)
  feishu.publish({ kind: 'message', platform: 'feishu', people, message: messageView(message) })
}

export function shown(message: Message): string {
  return message.versions.at(-1) ?? ''
}

export function messageView(message: Message): MessageView {
  const content = jsonOf(shown(message))
  const isText = message.kind === 'text'
  return {
    seq: message.seq,
    messageId: message.messageId,
    chatId: message.chatId,
    kind: isText ? 'text' : 'card',
    content: isText ? textIn(content) : content,
    sentAt: new Date(message.sentAt).toISOString(),
    updatedAt: new Date(message.updatedAt).toISOString(),
    version: message.versions.length - 1,
    from: message.from,
  }
}

function textIn(content: unknown): string {
  return typeof content === 'object' && content !== null && 'text' in content ? String(content.text) : ''
}

export function chatsOf(feishu: Feishu, personKey: string): ChatView[] {
  for (const app of feishu.apps) directChat(feishu, app.appId, personKey)
  return [...feishu.chats.values()]
    .filter((chat) => chat.members.includes(personKey))
    .map((chat) => ({
      chatId: chat.chatId,
      name: chat.name,
      isGroup: chat.isGroup,
      messages: messagesIn(feishu, chat.chatId).map(messageView),
    }))
}

/** What a person has received, oldest first. */
export function inboxOf(feishu: Feishu, personKey: string, after: number): MessageView[] {
  return [...feishu.messages.values()]
    .filter((message) => message.seq > after && canSee(feishu, personKey, message))
    .filter((message) => message.from.kind === 'bot' || message.from.key !== personKey)
    .map(messageView)
}

export function messagesIn(feishu: Feishu, chatId: string): Message[] {
  return [...feishu.messages.values()].filter((message) => message.chatId === chatId)
}

export function canSee(feishu: Feishu, personKey: string, message: Message): boolean {
  return feishu.chats.get(message.chatId)?.members.includes(personKey) ?? false
}

/** Finds a person by one of his Feishu ids, as this app knows them. */
export function personBy(
  feishu: Feishu,
  appId: string,
  kind: 'open_id' | 'union_id' | 'user_id' | 'email',
  id: string,
): Person | undefined {
  return [...feishu.people.values()].find((person) => {
    if (kind === 'email') return person.email === id
    const ids = feishuIds(person.key, feishu.tenantKey, appId)
    return { open_id: ids.openId, union_id: ids.unionId, user_id: ids.userId }[kind] === id
  })
}

/** Whether a card of this call's app may mention somebody by this id. */
export function knowsPerson(call: Call): (id: string) => boolean {
  const { feishu, app } = call
  return (id) =>
    (['open_id', 'union_id', 'user_id', 'email'] as const).some(
      (kind) => personBy(feishu, app.appId, kind, id) !== undefined,
    )
}
