import type { Fields } from '../request-body.ts'
import { isFields, jsonOf } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { noticesChat, personBy, post } from './chats.ts'
import { dingtalkDepartmentId, dingtalkIds } from './ids.ts'
import { contentOfNotice } from './messages.ts'
import { dayOf } from './quota.ts'
import type { Content } from './drawn.ts'
import { isReached } from './state.ts'
import type { SentNotice } from './state.ts'

const PEOPLE_MAX = 100
const BYTES_MAX = 2048
const PER_DAY_MAX = 500
const TOO_MANY = 143105
const REPEATED = 143106

const family = { family: 'old', method: 'POST', token: 'app' } as const
export const noticeEndpoints: Endpoint[] = [
  { ...family, path: '/topapi/message/corpconversation/asyncsend_v2', answer: send },
  { ...family, path: '/topapi/message/corpconversation/getsendresult', answer: sendResult },
]

/** Sends a work notification. What the platform drops for its limits is said only by the result of the task. */
function send(call: Call): Fields {
  const { dingtalk, app } = call
  call.require('notice_agent_wrong', call.text('agent_id') === app.agentId)
  const given = call.body['msg']
  const message = typeof given === 'string' ? jsonOf(given) : given
  const bytes = Buffer.byteLength(JSON.stringify(message ?? ''))
  call.require('notice_too_long', bytes <= BYTES_MAX, `${bytes} bytes`)
  const content = isFields(message) ? contentOfNotice(message) : 'msg'
  call.require('notice_malformed', typeof content !== 'string', typeof content === 'string' ? content : undefined)
  const userIds = recipients(call)
  const taskId = `${dingtalk.sentNotices.size + 1}`
  const sent: SentNotice = { invalid: [], forbidden: [] }
  dingtalk.sentNotices.set(taskId, sent)
  for (const userId of userIds) sendTo(call, userId, content, sent)
  return { task_id: Number(taskId) }
}

function recipients(call: Call): string[] {
  const { dingtalk } = call
  const listed = call.text('userid_list').split(',').filter(Boolean)
  const departments = call.text('dept_id_list').split(',').filter(Boolean)
  const isForAll = call.body['to_all_user'] === true
  call.require('notice_to_nobody', listed.length + departments.length > 0 || isForAll)
  call.require('notice_too_many', listed.length <= PEOPLE_MAX, `${listed.length}`)
  const members = [...dingtalk.people.values()]
    .filter(
      (person) => isForAll || departments.includes(String(dingtalkDepartmentId(person.department, dingtalk.corpId))),
    )
    .map((person) => dingtalkIds(person.key, dingtalk.corpId).userId)
  return [...new Set([...listed, ...members])]
}

function sendTo(call: Call, userId: string, content: Content, sent: SentNotice): void {
  const { dingtalk, app } = call
  const person = personBy(dingtalk, 'userId', userId)
  if (!call.checks.note(`${userId} is reached`, person !== undefined && isReached(dingtalk, person.key)) || !person) {
    sent.invalid.push(userId)
    return
  }
  const day = dayOf(dingtalk.clock.now())
  const words = JSON.stringify(content)
  const today = dingtalk.notices.filter((notice) => notice.person === person.key && notice.day === day)
  const isNew = today.every((notice) => notice.content !== words)
  const isFew = today.length < PER_DAY_MAX
  call.checks.note(`${userId} has not had the same today`, isNew, isNew ? {} : { code: REPEATED })
  call.checks.note(`${userId} has had fewer than ${PER_DAY_MAX} today`, isFew, isFew ? {} : { code: TOO_MANY })
  if (!isNew || !isFew) {
    sent.forbidden.push({ code: isNew ? TOO_MANY : REPEATED, userid: userId })
    return
  }
  dingtalk.notices.push({ person: person.key, day, content: words })
  post(dingtalk, noticesChat(dingtalk, app, person.key), content)
}

function sendResult(call: Call): Fields {
  call.require('notice_agent_wrong', call.text('agent_id') === call.app.agentId)
  const sent = call.dingtalk.sentNotices.get(call.text('task_id'))
  call.require('notice_task_unknown', sent)
  return {
    send_result: {
      invalid_user_id_list: sent.invalid,
      forbidden_user_id_list: sent.forbidden.map((each) => each.userid),
      forbidden_list: sent.forbidden.map((each) => ({ ...each, count: 1 })),
      failed_user_id_list: [],
      invalid_dept_id_list: [],
      read_user_id_list: [],
      unread_user_id_list: [],
    },
  }
}
