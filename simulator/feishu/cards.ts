import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { checkCard } from './card-check.ts'
import { knowsPerson, replace } from './chats.ts'
import { CARD_BYTES_MAX, messageFields } from './messages.ts'
import { msToWait } from '../rates.ts'
import type { Message } from './state.ts'

const UPDATABLE_MS = 14 * 86_400_000
const UPDATES_PER_SECOND_MAX = 5
const DELAYED_CARD_BYTES_MAX = 100 * 1024

export const cardEndpoints: Endpoint[] = [
  {
    method: 'PATCH',
    path: '/open-apis/im/v1/messages/:message_id',
    token: 'tenant',
    scope: 'im:message:update',
    answer: patch,
  },
  {
    method: 'PUT',
    path: '/open-apis/im/v1/messages/:message_id',
    token: 'tenant',
    scope: 'im:message:update',
    answer: edit,
  },
  {
    method: 'POST',
    path: '/open-apis/interactive/v1/card/update',
    token: 'tenant',
    shape: 'flat',
    answer: updateByToken,
  },
]

/** Replaces a card that this app has sent, for everybody who sees it. */
function patch(call: Call): Fields {
  const { feishu } = call
  const message = ownMessage(call)
  call.require('update_of_text', message.kind === 'interactive')
  const content = call.body['content']
  call.require('update_content_not_text', typeof content === 'string')
  call.require('update_too_old', feishu.clock.now() - message.sentAt <= UPDATABLE_MS)
  const bytes = Buffer.byteLength(content)
  call.require('update_too_long', bytes <= CARD_BYTES_MAX, `${bytes} bytes`)
  const card = jsonOf(content)
  call.require('update_to_old_schema', !isOldSchema(card))
  const fault = checkCard(card, knowsPerson(call))
  call.require('update_malformed', !fault, fault)
  const waitMs = msToWait(
    feishu.windows,
    `update ${message.messageId}`,
    feishu.clock.now(),
    UPDATES_PER_SECOND_MAX,
    1000,
  )
  call.requireRate('update_frequency', waitMs)
  replace(feishu, message, content)
  return {}
}

/** Edits a text message; cards go through PATCH. */
function edit(call: Call): Fields {
  const message = ownMessage(call)
  call.require('put_of_card', message.kind === 'text')
  const content = call.body['content']
  call.require('edit_content_not_text', typeof content === 'string')
  const parsed = jsonOf(content)
  call.require('edit_text_missing', isFields(parsed) && textOf(parsed['text']).trim())
  replace(call.feishu, message, content)
  const chat = call.feishu.chats.get(message.chatId)
  return chat ? messageFields(call, message, chat) : {}
}

function ownMessage(call: Call): Message {
  const message = call.feishu.messages.get(call.param('message_id'))
  call.require('update_of_unknown_message', message)
  call.require('update_of_foreign_message', message.appId === call.app.appId && message.from.kind === 'bot')
  return message
}

/** The update after a click was answered: with the click's token, within 30 minutes, twice at most. */
function updateByToken(call: Call): Fields {
  const { feishu } = call
  const token = feishu.clickTokens.get(call.text('token'))
  const message = token && feishu.messages.get(token.messageId)
  call.require('click_token_unknown', token && message && message.appId === call.app.appId)
  call.require('click_token_before_reply', token.answered)
  call.require('click_token_expired', token.expiresAt > feishu.clock.now())
  call.require('click_token_overused', token.usesLeft > 0)

  const card = call.body['card']
  const content = JSON.stringify(card ?? null)
  call.require('delayed_card_too_long', Buffer.byteLength(content) <= DELAYED_CARD_BYTES_MAX)
  call.require('delayed_to_old_schema', !isOldSchema(card))
  const fault = checkCard(card, knowsPerson(call))
  call.require('delayed_card_malformed', !fault, fault)
  token.usesLeft -= 1
  replace(feishu, message, content)
  return {}
}

export function isOldSchema(card: unknown): boolean {
  return isFields(card) && card['schema'] !== '2.0'
}
