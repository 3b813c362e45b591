import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { checkCard } from './card-check.ts'
import { directChat, knowsPerson, personBy, post } from './chats.ts'
import { msToWait } from '../rates.ts'
import { isAvailable } from './state.ts'
import type { Chat, Message } from './state.ts'

const TEXT_BYTES_MAX = 150 * 1024
export const CARD_BYTES_MAX = 30 * 1024
const UUID_LIFE_MS = 3_600_000
const UUID_LENGTH_MAX = 50
const PER_SECOND_MAX = 5
const SCOPE = 'im:message:send_as_bot'

export const messageEndpoints: Endpoint[] = [
  { method: 'POST', path: '/open-apis/im/v1/messages', token: 'tenant', scope: SCOPE, answer: send },
  { method: 'POST', path: '/open-apis/im/v1/messages/:message_id/reply', token: 'tenant', scope: SCOPE, answer: reply },
  { method: 'GET', path: '/open-apis/bot/v3/info', token: 'tenant', shape: 'flat', answer: botInfo },
]

function send(call: Call): Fields {
  call.require('bot_off', call.feishu.settings.botEnabled)
  const chat = chatToReach(call)
  return deliverOnce(call, chat)
}

function reply(call: Call): Fields {
  call.require('bot_off', call.feishu.settings.botEnabled)
  const parent = call.feishu.messages.get(call.param('message_id'))
  const chat = parent && call.feishu.chats.get(parent.chatId)
  call.require('reply_to_unknown', chat)
  requireReachable(call, chat)
  return deliverOnce(call, chat, parent?.messageId)
}

function chatToReach(call: Call): Chat {
  const { feishu, app } = call
  const kind = call.query.get('receive_id_type')
  const isKnown = kind === 'open_id' || kind === 'union_id' || kind === 'user_id' || kind === 'email'
  call.require('receive_id_type_unknown', isKnown || kind === 'chat_id', `receive_id_type: ${kind}`)
  const id = call.text('receive_id')
  call.require('receive_id_missing', id)
  if (!isKnown) {
    const chat = feishu.chats.get(id)
    call.require('chat_id_unknown', chat && chat.appId === app.appId)
    requireReachable(call, chat)
    return chat
  }
  const person = personBy(feishu, app.appId, kind, id)
  call.require(
    'receive_id_unknown',
    person,
    kind === 'open_id' ? 'an open_id holds only for the app that got it' : undefined,
  )
  const chat = directChat(feishu, app.appId, person.key)
  requireReachable(call, chat)
  return chat
}

function requireReachable(call: Call, chat: Chat): void {
  const { feishu } = call
  call.require('bot_not_in_chat', chat.hasBot)
  if (chat.isGroup) return
  const person = chat.members[0] ?? ''
  call.require('person_has_left', !feishu.left.has(person))
  call.require('person_out_of_reach', isAvailable(feishu, person))
  call.require('person_blocked_bot', !feishu.settings.blockedBy.includes(person))
}

/** A uuid that was seen within the hour answers with the message it made, and sends nothing. */
function deliverOnce(call: Call, chat: Chat, parentId?: string): Fields {
  const { feishu, app } = call
  const uuid = call.text('uuid')
  call.require('uuid_too_long', uuid.length <= UUID_LENGTH_MAX)
  const key = `${app.appId} ${chat.chatId} ${uuid}`
  const earlier = uuid ? feishu.sentByUuid.get(key) : undefined
  const known = earlier && earlier.until > feishu.clock.now() ? feishu.messages.get(earlier.messageId) : undefined
  if (known) return messageFields(call, known, chat)

  const { kind, content } = checkedContent(call)
  // In a group the limit is shared by all bots, so its key is the chat alone.
  const waitMs = msToWait(feishu.windows, `chat ${chat.chatId}`, feishu.clock.now(), PER_SECOND_MAX, 1000)
  call.requireRate(chat.isGroup ? 'group_frequency' : 'person_frequency', waitMs)
  const message = post(feishu, chat, { kind, content, from: { kind: 'bot' }, parentId })
  if (uuid) feishu.sentByUuid.set(key, { messageId: message.messageId, until: feishu.clock.now() + UUID_LIFE_MS })
  return messageFields(call, message, chat)
}

function checkedContent(call: Call): { kind: Message['kind']; content: string } {
  const kind = call.text('msg_type')
  call.require('msg_type_unknown', kind === 'text' || kind === 'interactive', `msg_type: ${kind}`)
  const content = call.body['content']
  call.require('content_not_text', typeof content === 'string')
  const bytes = Buffer.byteLength(content)
  const parsed = jsonOf(content)
  call.require('content_not_json', isFields(parsed))
  if (kind === 'text') {
    call.require('text_missing', textOf(parsed['text']).trim())
    call.require('text_too_long', bytes <= TEXT_BYTES_MAX, `${bytes} bytes`)
  } else {
    call.require('card_too_long', bytes <= CARD_BYTES_MAX, `${bytes} bytes`)
    const fault = checkCard(parsed, knowsPerson(call))
    call.require('card_malformed', !fault, fault)
  }
  return { kind, content }
}

export function messageFields(call: Call, message: Message, chat: Chat): Fields {
  return {
    message_id: message.messageId,
    root_id: message.parentId,
    parent_id: message.parentId,
    msg_type: message.kind,
    create_time: String(message.sentAt),
    update_time: String(message.updatedAt),
    deleted: false,
    updated: message.versions.length > 1,
    chat_id: chat.chatId,
    sender: { id: call.app.appId, id_type: 'app_id', sender_type: 'app', tenant_key: call.feishu.tenantKey },
    body: { content: message.versions.at(-1) },
  }
}

function botInfo(call: Call): Fields {
  const { appId, botName } = call.app
  return {
    bot: { activate_status: 2, app_name: botName, avatar_url: '', ip_white_list: [], open_id: botOpenId(appId) },
  }
}

/** The bot's own open_id, by which a mention of it is told from a mention of others. */
export function botOpenId(appId: string): string {
  return `ou_bot${appId.slice(4).padEnd(29, '0')}`
}
