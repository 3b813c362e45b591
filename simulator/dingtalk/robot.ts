import { randomUUID } from 'node:crypto'

import { msToWait } from '../rates.ts'
import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { directChat, personBy, post } from './chats.ts'
import { contentOfKey, contentOfSession } from './messages.ts'
import type { Content } from './drawn.ts'
import { isReached } from './state.ts'

const PEOPLE_MAX = 20
const PARAM_BYTES_MAX = 15_000
const SESSION_BYTES_MAX = 20_000
const GROUP_PER_MINUTE_MAX = 20
const MINUTE_MS = 60_000
const SCOPE = 'qyapi_robot_sendmsg'

export const robotEndpoints: Endpoint[] = [
  {
    family: 'new',
    method: 'POST',
    path: '/v1.0/robot/oToMessages/batchSend',
    token: 'app',
    scope: SCOPE,
    answer: sendToPeople,
  },
  {
    family: 'new',
    method: 'POST',
    path: '/v1.0/robot/groupMessages/send',
    token: 'app',
    scope: SCOPE,
    answer: sendToGroup,
  },
  { family: 'old', method: 'POST', path: '/robot/sendBySession', token: 'none', answer: sendBySession },
]

/** Sends to up to 20 people at once. Whom it does not reach is only listed in the answer. */
function sendToPeople(call: Call): Fields {
  const { dingtalk, app } = call
  call.require('robot_code_wrong', call.text('robotCode') === app.clientId)
  const userIds = Array.isArray(call.body['userIds']) ? call.body['userIds'].map(textOf) : []
  call.require('user_ids_missing', userIds.length > 0)
  call.require('too_many_people', userIds.length <= PEOPLE_MAX, `${userIds.length}`)
  const content = contentToSend(call)
  const invalidStaffIdList: string[] = []
  const flowControlledStaffIdList: string[] = []
  for (const userId of userIds) {
    const person = personBy(dingtalk, 'userId', userId)
    const isReachable = person !== undefined && isReached(dingtalk, person.key)
    const isTold = person !== undefined && dingtalk.settings.flowControlled.includes(person.key)
    call.checks.note(`the robot reaches ${userId}`, isReachable && !isTold)
    if (!isReachable) invalidStaffIdList.push(userId)
    else if (isTold) flowControlledStaffIdList.push(userId)
    else post(dingtalk, directChat(dingtalk, app, person.key), content)
  }
  return { processQueryKey: randomUUID(), invalidStaffIdList, flowControlledStaffIdList }
}

function sendToGroup(call: Call): Fields {
  const { dingtalk, app } = call
  call.require('robot_code_wrong', call.text('robotCode') === app.clientId)
  const chat = dingtalk.chats.get(call.text('openConversationId'))
  call.require('robot_not_in_group', chat?.kind === 'group' && chat.hasBot)
  const content = contentToSend(call)
  const waitMs = msToWait(
    dingtalk.windows,
    `group ${chat.chatId}`,
    dingtalk.clock.now(),
    GROUP_PER_MINUTE_MAX,
    MINUTE_MS,
  )
  call.require('sent_too_fast', waitMs === 0)
  post(dingtalk, chat, content)
  return { processQueryKey: randomUUID() }
}

function contentToSend(call: Call): Content {
  const given = call.body['msgParam']
  call.require('msg_param_not_text', typeof given === 'string')
  call.require('msg_param_too_long', Buffer.byteLength(given) <= PARAM_BYTES_MAX, `${Buffer.byteLength(given)} bytes`)
  const param = jsonOf(given)
  call.require('msg_param_not_json', isFields(param))
  const content = contentOfKey(call.text('msgKey'), param)
  call.require('msg_key_unknown', content, `msgKey: ${call.text('msgKey')}`)
  call.require('msg_param_incomplete', typeof content !== 'string', typeof content === 'string' ? content : undefined)
  return content
}

/** The address that came with a message. It is its own key, for an hour and a half. */
function sendBySession(call: Call): Fields {
  const { dingtalk } = call
  const session = dingtalk.sessions.get(call.query.get('session') ?? '')
  const chat = session && dingtalk.chats.get(session.chatId)
  call.require('session_unknown', chat)
  call.require('session_expired', session.expiresAt > dingtalk.clock.now())
  const bytes = Buffer.byteLength(JSON.stringify(call.body))
  call.require('session_message_too_long', bytes <= SESSION_BYTES_MAX, `${bytes} bytes`)
  const content = contentOfSession(call.body)
  const fault = typeof content === 'string' ? content : undefined
  call.require('session_message_malformed', typeof content !== 'string', fault)
  post(dingtalk, chat, content)
  return {}
}
