import { randomUUID } from 'node:crypto'

import type { ChatView, MessageView } from '../answers.ts'
import type { Person } from '../people.ts'
import { draw } from './drawing.ts'
import type { Content, DrawnInstance } from './drawn.ts'
import { conversationId, dingtalkIds } from './ids.ts'
import { mainApp } from './state.ts'
import type { CardInstance, CardValues, Chat, Dingtalk, DingtalkApp, Message } from './state.ts'

/** The chat of one person with one app's robot. It exists as soon as somebody asks for it. */
export function directChat(dingtalk: Dingtalk, app: DingtalkApp, personKey: string): Chat {
  return ownChat(dingtalk, app, personKey, 'direct', app.botName)
}

/** Where work notifications and to-do reminders of the app arrive. */
export function noticesChat(dingtalk: Dingtalk, app: DingtalkApp, personKey: string): Chat {
  return ownChat(dingtalk, app, personKey, 'notices', `工作通知:${app.botName}`)
}

function ownChat(dingtalk: Dingtalk, app: DingtalkApp, personKey: string, kind: Chat['kind'], name: string): Chat {
  const chatId = conversationId(`${dingtalk.corpId}/${app.clientId}/${kind}/${personKey}`)
  const known = dingtalk.chats.get(chatId)
  if (known) return known
  const chat: Chat = { chatId, name, kind, appId: app.clientId, members: [personKey], hasBot: true }
  dingtalk.chats.set(chatId, chat)
  return chat
}

/** Puts a message into a chat, where its members see it at once. */
export function post(
  dingtalk: Dingtalk,
  chat: Chat,
  content: Content,
  more: Partial<Pick<Message, 'from' | 'onlyFor'>> = {},
): Message {
  const now = dingtalk.clock.now()
  const message: Message = {
    messageId: `msg${randomUUID().replaceAll('-', '')}`,
    seq: ++dingtalk.seq,
    chatId: chat.chatId,
    content,
    from: { kind: 'bot' },
    onlyFor: undefined,
    sentAt: now,
    updatedAt: now,
    version: 0,
    ...more,
  }
  dingtalk.messages.set(message.messageId, message)
  announce(dingtalk, message)
  return message
}

/** Shows everybody that a message is different now. */
export function redraw(dingtalk: Dingtalk, message: Message): void {
  message.version += 1
  message.updatedAt = dingtalk.clock.now()
  announce(dingtalk, message)
}

/** Each viewer is told of what he himself sees: a card may be different for everybody. */
function announce(dingtalk: Dingtalk, message: Message): void {
  for (const watch of dingtalk.watchers) watch(message)
  for (const person of dingtalk.chats.get(message.chatId)?.members ?? []) {
    if (!canSee(dingtalk, person, message)) continue
    dingtalk.publish({
      kind: 'message',
      platform: 'dingtalk',
      people: [person],
      message: messageView(dingtalk, message, person),
    })
  }
}

export function canSee(dingtalk: Dingtalk, personKey: string, message: Message): boolean {
  if (message.onlyFor && !message.onlyFor.includes(personKey)) return false
  return dingtalk.chats.get(message.chatId)?.members.includes(personKey) ?? false
}

/** What one viewer sees of a card, now or as it once was. */
export function drawnFor(
  card: CardInstance,
  personKey: string,
  values: CardValues | undefined = card.versions.at(-1),
): DrawnInstance {
  const variables = { ...values?.shared, ...values?.own[personKey] }
  const { outTrackId, template } = card
  return { kind: 'instance', outTrackId, templateId: template.templateId, variables, blocks: draw(template, variables) }
}

export function messageView(dingtalk: Dingtalk, message: Message, viewer: string): MessageView {
  const { content } = message
  const card = content.kind === 'instance' ? dingtalk.cards.get(content.outTrackId) : undefined
  return {
    seq: message.seq,
    messageId: message.messageId,
    chatId: message.chatId,
    kind: content.kind === 'text' ? 'text' : 'card',
    content: content.kind === 'text' ? content.text : card ? drawnFor(card, viewer) : content,
    sentAt: new Date(message.sentAt).toISOString(),
    updatedAt: new Date(message.updatedAt).toISOString(),
    version: message.version,
    from: message.from,
  }
}

export function chatsOf(dingtalk: Dingtalk, personKey: string): ChatView[] {
  directChat(dingtalk, mainApp(dingtalk), personKey)
  const order = ['direct', 'notices', 'group']
  return [...dingtalk.chats.values()]
    .filter((chat) => chat.members.includes(personKey))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map((chat) => ({
      chatId: chat.chatId,
      name: chat.name,
      isGroup: chat.kind === 'group',
      ...(chat.kind === 'notices' && { talksTo: 'app' as const }),
      messages: messagesIn(dingtalk, chat.chatId)
        .filter((message) => canSee(dingtalk, personKey, message))
        .map((message) => messageView(dingtalk, message, personKey)),
    }))
}

/** What a person has received, oldest first. */
export function inboxOf(dingtalk: Dingtalk, personKey: string, after: number): MessageView[] {
  return [...dingtalk.messages.values()]
    .filter((message) => message.seq > after && canSee(dingtalk, personKey, message))
    .filter((message) => message.from.kind === 'bot' || message.from.key !== personKey)
    .map((message) => messageView(dingtalk, message, personKey))
}

export function messagesIn(dingtalk: Dingtalk, chatId: string): Message[] {
  return [...dingtalk.messages.values()].filter((message) => message.chatId === chatId)
}

/** Finds a person by one of his ids. */
export function personBy(dingtalk: Dingtalk, kind: 'userId' | 'unionId', id: string): Person | undefined {
  return [...dingtalk.people.values()].find((person) => dingtalkIds(person.key, dingtalk.corpId)[kind] === id)
}
