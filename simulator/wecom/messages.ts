import { msToWait } from '../rates.ts'
import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import { requireOwnAgent } from './auth.ts'
import type { Call, Endpoint } from './call.ts'
import { faultOfCard, isInteractive, isTaskId, lacksAction, needsTask } from './card-check.ts'
import { appChat, newMessageId, post, recall } from './chats.ts'
import { membersOf } from './contacts.ts'
import { isReachable, personBy, userIdOf } from './state.ts'
import type { Message, MessageKind } from './state.ts'
import { issueResponseCode } from './updates.ts'

const TEXT_BYTES_MAX = 2048
const RECIPIENTS_MAX = 1000
const PARTIES_MAX = 100
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const PER_MINUTE_MAX = 30
const PER_HOUR_MAX = 1000
const RECALLABLE_MS = 24 * HOUR_MS
const DUPLICATE_SECONDS_DEFAULT = 1800
const DUPLICATE_SECONDS_MAX = 14_400

export const messageEndpoints: Endpoint[] = [
  { method: 'POST', path: '/cgi-bin/message/send', token: 'app', answer: send },
  { method: 'POST', path: '/cgi-bin/message/recall', token: 'app', answer: takeBack },
]

type Content = { kind: MessageKind; content: string; taskId?: string; isInteractive: boolean }

function send(call: Call): Fields {
  const { wecom } = call
  requireOwnAgent(call)
  const { people, invalid } = recipients(call)
  const content = contentOf(call)
  const known = sentBefore(call)
  if (known) return { msgid: known }

  const msgid = newMessageId()
  const unlicensed = people.filter((key) => wecom.settings.unlicensed.includes(key))
  const messages = people
    .filter((key) => !unlicensed.includes(key) && !isDropped(call, key))
    .map((key) => sendTo(call, key, msgid, content))
  if (content.taskId) wecom.taskIds.add(`${call.app.agentId} ${content.taskId}`)
  wecom.sentLately.set(requestKey(call), { msgid, at: wecom.clock.now() })
  return {
    // Partly wrong recipients do not make the call fail.
    ...(invalid.length > 0 && { invaliduser: invalid.join('|').toLowerCase() }),
    ...(unlicensed.length > 0 && { unlicenseduser: unlicensed.map((key) => userIdOf(wecom, key)).join('|') }),
    msgid,
    ...(content.isInteractive && { response_code: issueResponseCode(wecom, call.app.agentId, messages) }),
  }
}

function sendTo(call: Call, personKey: string, messageId: string, content: Content): Message {
  const { wecom, app } = call
  return post(wecom, appChat(wecom, app, personKey), {
    kind: content.kind,
    content: content.content,
    from: { kind: 'bot' },
    messageId,
    agentId: app.agentId,
    taskId: content.taskId,
  })
}

function recipients(call: Call): { people: string[]; invalid: string[] } {
  const { wecom } = call
  const { touser = '', toparty = '', totag = '' } = call.body
  call.require(
    'recipients_not_text',
    [touser, toparty, totag].every((each) => typeof each === 'string'),
  )
  call.require('recipients_missing', [touser, toparty, totag].some(Boolean))
  const everybody = [...wecom.people.keys()].filter((key) => isReachable(wecom, key))
  if (touser === '@all') return { people: everybody, invalid: [] }

  const userIds = [...new Set(textOf(touser).split('|').filter(Boolean))]
  call.require('too_many_recipients', userIds.length <= RECIPIENTS_MAX)
  const parties = textOf(toparty).split('|').filter(Boolean)
  call.require('too_many_parties', parties.length <= PARTIES_MAX)
  const keys = userIds.map((id) => [id, personBy(wecom, id)?.key] as const)
  const valid = keys.flatMap(([, key]) => (key && isReachable(wecom, key) ? [key] : []))
  const invalid = keys.filter(([, key]) => !key || !isReachable(wecom, key)).map(([id]) => id)
  const ofParties = parties
    .flatMap((party) => membersOf(wecom, Number(party), true))
    .filter((key) => everybody.includes(key))
  const people = [...new Set([...valid, ...ofParties])]
  call.require('recipients_all_invalid', people.length > 0, `invaliduser: ${invalid.join('|').toLowerCase()}`)
  return { people, invalid }
}

function contentOf(call: Call): Content {
  const kind = call.text('msgtype')
  const given = isFields(call.body[kind]) ? call.body[kind] : {}
  if (kind === 'text' || kind === 'markdown') {
    const words = textOf(given['content'])
    call.require(kind === 'text' ? 'text_empty' : 'markdown_empty', words.trim())
    return { kind, content: cut(words, TEXT_BYTES_MAX), isInteractive: false }
  }
  if (kind === 'textcard') return textCard(call, given)
  call.require('message_type_unknown', kind === 'template_card', `msgtype: ${kind}`)
  return templateCard(call, given)
}

function textCard(call: Call, given: Fields): Content {
  const [title, description, url] = [given['title'], given['description'], given['url']].map(textOf)
  call.require('text_card_incomplete', title && description && url)
  const card = { card_type: 'textcard', title: cut(title, 128), description: cut(description, 512), url }
  return { kind: 'textcard', content: JSON.stringify(card), isInteractive: false }
}

function templateCard(call: Call, card: Fields): Content {
  const { wecom, app } = call
  const fault = faultOfCard(card)
  call.require('card_malformed', !fault, fault)
  call.require('card_without_action', !lacksAction(card))
  const content = { kind: 'template_card', content: JSON.stringify(card), isInteractive: isInteractive(card) } as const
  const taskId = textOf(card['task_id'])
  if (!needsTask(card) && !taskId) return content
  call.require('task_id_malformed', isTaskId(taskId))
  // The same send again is a duplicate and not a second use of its task_id.
  call.require('task_id_taken', sentBefore(call) ?? !wecom.taskIds.has(`${app.agentId} ${taskId}`))
  call.require('card_without_callback', !needsTask(card) || wecom.settings.callbackUrl)
  return { ...content, taskId }
}

/** The message that the same request sent a while ago, when the caller asked for that check. */
function sentBefore(call: Call): string | undefined {
  if (call.body['enable_duplicate_check'] !== 1) return undefined
  const { wecom } = call
  const seconds = call.body['duplicate_check_interval'] ?? DUPLICATE_SECONDS_DEFAULT
  call.require(
    'duplicate_interval_wrong',
    typeof seconds === 'number' && seconds > 0 && seconds <= DUPLICATE_SECONDS_MAX,
  )
  const known = wecom.sentLately.get(requestKey(call))
  return known && wecom.clock.now() - known.at < seconds * 1000 ? known.msgid : undefined
}

function requestKey(call: Call): string {
  const { enable_duplicate_check: _check, duplicate_check_interval: _interval, ...same } = call.body
  return `${call.app.agentId} ${JSON.stringify(same)}`
}

/** More than 30 messages a minute or 1000 an hour to one member are dropped, and nobody is told. */
function isDropped(call: Call, personKey: string): boolean {
  const { windows, clock } = call.wecom
  const key = `${call.app.agentId} ${personKey}`
  const isTooMany =
    msToWait(windows, `member minute ${key}`, clock.now(), PER_MINUTE_MAX, MINUTE_MS) > 0 ||
    msToWait(windows, `member hour ${key}`, clock.now(), PER_HOUR_MAX, HOUR_MS) > 0
  if (isTooMany) call.checks.note('dropped_without_a_word', false, { detail: `more than 30 a minute to ${personKey}` })
  return isTooMany
}

/** Cuts a text at a number of bytes, never inside a character. */
export function cut(text: string, bytesMax: number): string {
  let bytes = 0
  let end = 0
  for (const sign of text) {
    bytes += Buffer.byteLength(sign)
    if (bytes > bytesMax) break
    end += sign.length
  }
  return text.slice(0, end)
}

function takeBack(call: Call): Fields {
  const { wecom, app } = call
  const messages = (wecom.messages.get(call.text('msgid')) ?? []).filter((each) => each.agentId === app.agentId)
  call.require('recall_of_unknown', messages.length > 0)
  call.require(
    'recall_too_late',
    messages.every((each) => wecom.clock.now() - each.sentAt <= RECALLABLE_MS),
  )
  for (const message of messages) recall(wecom, message)
  return {}
}
