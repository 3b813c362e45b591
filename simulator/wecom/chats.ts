import { randomUUID } from 'node:crypto'

import type { ChatView, MessageView } from '../answers.ts'
import { shownCard } from './state.ts'
import type { Chat, Message, MessageKind, Wecom, WecomApp } from './state.ts'

/** The chat of one person with one app. It exists as soon as somebody asks for it. */
export function appChat(wecom: Wecom, app: WecomApp, personKey: string): Chat {
  return chatNamed(wecom, `app${app.agentId}-${personKey}`, {
    name: app.name,
    kind: 'app',
    agentId: app.agentId,
    members: [personKey],
    hasBot: false,
  })
}

/** The chat of one person with the AI bot. */
export function botChat(wecom: Wecom, personKey: string): Chat {
  const bot = {
    name: wecom.bot?.name ?? '',
    kind: 'bot',
    agentId: undefined,
    members: [personKey],
    hasBot: true,
  } as const
  return chatNamed(wecom, `bot-${personKey}`, { ...bot, members: [personKey] })
}

/** The chat between two people. */
export function peopleChat(wecom: Wecom, one: string, other: string): Chat {
  const members = [one, other].toSorted()
  const name = members.map((key) => wecom.people.get(key)?.name ?? key).join('、')
  return chatNamed(wecom, `with-${members.join('-')}`, {
    name,
    kind: 'people',
    agentId: undefined,
    members,
    hasBot: false,
  })
}

export function createGroup(wecom: Wecom, name: string, members: string[], withBot: boolean): { chatId: string } {
  const hasBot = withBot && wecom.bot !== undefined
  const chat: Omit<Chat, 'chatId'> = { name, kind: 'group', agentId: undefined, members, hasBot }
  return { chatId: chatNamed(wecom, `wr${randomUUID().replaceAll('-', '').slice(0, 20)}`, chat).chatId }
}

function chatNamed(wecom: Wecom, chatId: string, chat: Omit<Chat, 'chatId'>): Chat {
  const known = wecom.chats.get(chatId)
  if (known) return known
  const made = { chatId, ...chat }
  wecom.chats.set(chatId, made)
  return made
}

type Posted = {
  kind: MessageKind
  content: string
  from: Message['from']
  messageId?: string
  agentId?: number
  taskId?: string | undefined
}

/** Puts a message into a chat, where its members see it at once. */
export function post(wecom: Wecom, chat: Chat, { content, ...message }: Posted): Message {
  const now = wecom.clock.now()
  const posted: Message = {
    messageId: message.messageId ?? newMessageId(),
    seq: ++wecom.seq,
    chatId: chat.chatId,
    kind: message.kind,
    agentId: message.agentId,
    taskId: message.taskId,
    from: message.from,
    sentAt: now,
    isRecalled: false,
    copies: new Map(chat.members.map((key) => [key, { versions: [content], updatedAt: now }])),
  }
  wecom.messages.set(posted.messageId, [...(wecom.messages.get(posted.messageId) ?? []), posted])
  announce(wecom, posted, chat.members)
  return posted
}

export function newMessageId(): string {
  return randomUUID().replaceAll('-', '')
}

/** Gives one person another version of his copy; nothing when he has none. */
export function replaceFor(wecom: Wecom, message: Message, personKey: string, content: string): boolean {
  const copy = message.copies.get(personKey)
  if (!copy) return false
  copy.versions.push(content)
  copy.updatedAt = wecom.clock.now()
  announce(wecom, message, [personKey])
  return true
}

/** Takes a message back from everybody. */
export function recall(wecom: Wecom, message: Message): void {
  message.isRecalled = true
  for (const key of message.copies.keys()) replaceFor(wecom, message, key, '')
}

function announce(wecom: Wecom, message: Message, people: string[]): void {
  for (const watch of wecom.watchers) watch(message)
  for (const key of people) {
    wecom.publish({ kind: 'message', platform: 'wecom', people: [key], message: messageView(message, key) })
  }
}

/** A message as one person sees it. */
export function messageView(message: Message, personKey: string): MessageView {
  const copy = message.copies.get(personKey)
  const isText = message.isRecalled || message.kind === 'text' || message.kind === 'markdown'
  const words = message.isRecalled ? '消息已撤回' : (copy?.versions.at(-1) ?? '')
  return {
    seq: message.seq,
    messageId: message.messageId,
    chatId: message.chatId,
    kind: isText ? 'text' : 'card',
    content: isText ? words : shownCard(copy),
    ...(message.kind === 'markdown' && !message.isRecalled && { format: 'markdown' as const }),
    sentAt: new Date(message.sentAt).toISOString(),
    updatedAt: new Date(copy?.updatedAt ?? message.sentAt).toISOString(),
    version: (copy?.versions.length ?? 1) - 1,
    from: message.from,
  }
}

export function chatsOf(wecom: Wecom, personKey: string): ChatView[] {
  for (const app of wecom.apps) appChat(wecom, app, personKey)
  if (wecom.bot) botChat(wecom, personKey)
  return (
    [...wecom.chats.values()]
      .filter((chat) => chat.members.includes(personKey))
      .map((chat) => ({ chat, messages: messagesIn(wecom, chat.chatId) }))
      // Beside the app, the AI bot of the same name would only puzzle whoever has never spoken to it.
      .filter(({ chat, messages }) => chat.kind !== 'bot' || messages.length > 0)
      .map(({ chat, messages }) => ({
        chatId: chat.chatId,
        name: chat.name,
        isGroup: chat.kind === 'group',
        ...((chat.kind === 'app' || chat.kind === 'people') && { talksTo: chat.kind }),
        ...(chat.kind === 'group' && wecom.bot && { mention: wecom.bot.name }),
        messages: messages.map((message) => messageView(message, personKey)),
      }))
  )
}

/** What a person has received, oldest first. */
export function inboxOf(wecom: Wecom, personKey: string, after: number): MessageView[] {
  return [...wecom.messages.values()]
    .flat()
    .filter((message) => message.seq > after && message.copies.has(personKey))
    .filter((message) => message.from.kind === 'bot' || message.from.key !== personKey)
    .sort((one, other) => one.seq - other.seq)
    .map((message) => messageView(message, personKey))
}

export function messagesIn(wecom: Wecom, chatId: string): Message[] {
  return [...wecom.messages.values()].flat().filter((message) => message.chatId === chatId)
}
