import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import type { Call } from './call.ts'
import { faultOfCard, isTaskId, lacksAction, needsTask } from './card-check.ts'
import { botChat, post, replaceFor } from './chats.ts'
import { isReachable, personBy } from './state.ts'
import type { BotStream, Chat, Message } from './state.ts'
import { redrawnAs } from './updates.ts'

const STREAM_BYTES_MAX = 20_480
const UPDATE_WITHIN_MS = 5000

/** What the bot may ask for over its connection, by command. */
export const botCommands: Record<string, (call: Call, requestId: string) => void> = {
  aibot_respond_msg: respond,
  aibot_respond_update_msg: redraw,
  aibot_send_msg: send,
}

/** Answers a message in the chat it came from; a stream grows with each answer under the same id. */
function respond(call: Call, requestId: string): void {
  const request = call.wecom.botRequests.get(requestId)
  call.require('bot_request_unknown', request?.kind === 'message')
  const kind = call.text('msgtype')
  const hasStream = kind === 'stream' || kind === 'stream_with_template_card'
  if (hasStream) stream(call, request.chat, request.streams)
  if (kind === 'stream' || (kind === 'stream_with_template_card' && call.body['template_card'] === undefined)) return
  say(call, request.chat, hasStream ? 'template_card' : kind)
}

function stream(call: Call, chat: Chat, streams: Map<string, BotStream>): void {
  const { wecom } = call
  const given = isFields(call.body['stream']) ? call.body['stream'] : {}
  const content = textOf(given['content'])
  call.require('bot_stream_too_long', Buffer.byteLength(content) <= STREAM_BYTES_MAX)
  const id = textOf(given['id'])
  const known = streams.get(id)
  call.require('bot_stream_finished', !known?.isFinished)
  const isFinished = given['finish'] === true
  if (!known) {
    const message = post(wecom, chat, { kind: 'markdown', content, from: { kind: 'bot' } })
    streams.set(id, { message, isFinished })
    return
  }
  known.isFinished = isFinished
  for (const key of known.message.copies.keys()) replaceFor(wecom, known.message, key, content)
}

/** Writes into a chat of the bot without being asked: that of a member, by his userid, or a group. */
function send(call: Call): void {
  const { wecom } = call
  const id = call.text('chatid')
  const person = personBy(wecom, id)
  const group = wecom.chats.get(id)
  const isReached = person ? isReachable(wecom, person.key) : group?.hasBot
  call.require('bot_chat_unknown', isReached)
  const chat = person ? botChat(wecom, person.key) : group
  call.require('bot_chat_unknown', chat)
  say(call, chat, call.text('msgtype'))
}

function say(call: Call, chat: Chat, kind: string): void {
  const { wecom } = call
  call.require('bot_message_type_unknown', kind === 'markdown' || kind === 'template_card' || kind === 'text')
  const given = isFields(call.body[kind]) ? call.body[kind] : {}
  if (kind !== 'template_card') {
    call.require(kind === 'text' ? 'text_empty' : 'markdown_empty', textOf(given['content']).trim())
    post(wecom, chat, { kind, content: textOf(given['content']), from: { kind: 'bot' } })
    return
  }
  const taskId = textOf(given['task_id'])
  requireCard(call, given, taskId)
  if (taskId) wecom.taskIds.add(`bot ${taskId}`)
  post(wecom, chat, { kind, content: JSON.stringify(given), from: { kind: 'bot' }, taskId: taskId || undefined })
}

function requireCard(call: Call, card: Fields, taskId: string): void {
  const fault = faultOfCard(card) ?? (lacksAction(card) ? 'card_action is required' : undefined)
  call.require('bot_card_malformed', !fault, fault)
  if (!needsTask(card)) return
  call.require('task_id_malformed', isTaskId(taskId))
  call.require('task_id_taken', !call.wecom.taskIds.has(`bot ${taskId}`))
}

/** Redraws the card that was clicked, for everybody who has it or for some. */
function redraw(call: Call, requestId: string): void {
  const { wecom } = call
  const request = wecom.botRequests.get(requestId)
  call.require('bot_request_unknown', request?.kind === 'click')
  call.require('bot_reply_too_late', wecom.clock.now() - request.at <= UPDATE_WITHIN_MS)
  const card = isFields(call.body['template_card']) ? call.body['template_card'] : {}
  const fault = faultOfCard(card) ?? (lacksAction(card) ? 'card_action is required' : undefined)
  call.require('bot_card_malformed', !fault, fault)
  call.require('bot_update_of_other_task', textOf(card['task_id']) === request.message.taskId)
  const content = JSON.stringify(redrawnAs(card, request.message))
  for (const key of redrawnFor(call, request.message)) replaceFor(wecom, request.message, key, content)
  request.answered()
}

function redrawnFor(call: Call, message: Message): string[] {
  const { userids } = call.body
  if (!Array.isArray(userids) || userids.length === 0) return [...message.copies.keys()]
  return userids.flatMap((userId) => personBy(call.wecom, textOf(userId))?.key ?? [])
}
