import { randomUUID } from 'node:crypto'

import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import { msToWait } from '../rates.ts'
import type { Call, Endpoint } from './call.ts'
import { personBy } from './chats.ts'
import { feishuIds } from '../people.ts'
import type { Task } from './state.ts'

const LENGTH_MAX = 3000
const MEMBERS_MAX = 50
const PER_SECOND_MAX = 10
const ROLES = ['assignee', 'follower']
const UPDATABLE = ['summary', 'description', 'completed_at']
const PATH = '/open-apis/task/v2/tasks'

const common = { token: 'tenant', scope: 'task:task:write' } as const
export const taskEndpoints: Endpoint[] = [
  { ...common, method: 'POST', path: PATH, answer: create },
  { ...common, method: 'PATCH', path: `${PATH}/:task_guid`, answer: update },
  {
    ...common,
    method: 'GET',
    path: `${PATH}/:task_guid`,
    answer: (call) => ({ task: taskFields(call, taskOf(call)) }),
  },
]

/** A client_token that was used before answers with the task that it made. */
function create(call: Call): Fields {
  const { feishu, app } = call
  limit(call)
  requireWords(call, call.body, true)
  const members = membersIn(call, call.body['members'])
  const origin = isFields(call.body['origin']) ? call.body['origin'] : {}
  const link = isFields(origin['href']) ? textOf(origin['href']['url']) : ''
  call.require('task_origin_url_wrong', link === '' || /^https?:\/\//.test(link))
  const clientToken = call.text('client_token')
  call.require(
    'task_client_token_length',
    clientToken === '' || (clientToken.length >= 10 && clientToken.length <= 100),
  )
  const earlier = [...feishu.tasks.values()].find((one) => one.appId === app.appId && one.clientToken === clientToken)
  if (clientToken && earlier) return { task: taskFields(call, earlier) }

  const task: Task = {
    guid: randomUUID(),
    appId: app.appId,
    clientToken,
    summary: call.text('summary'),
    description: call.text('description'),
    members,
    link,
    completedAt: undefined,
  }
  feishu.tasks.set(task.guid, task)
  return { task: taskFields(call, task) }
}

/** Only what `update_fields` names is changed. */
function update(call: Call): Fields {
  limit(call)
  const task = taskOf(call)
  const given = isFields(call.body['task']) ? call.body['task'] : {}
  const named = Array.isArray(call.body['update_fields']) ? call.body['update_fields'].map(textOf) : []
  call.require('task_update_fields_missing', named.length > 0)
  call.require(
    'task_update_field_unknown',
    named.every((field) => UPDATABLE.includes(field)),
  )
  requireWords(call, given, named.includes('summary'))
  if (named.includes('summary')) task.summary = textOf(given['summary'])
  if (named.includes('description')) task.description = textOf(given['description'])
  if (named.includes('completed_at')) complete(call, task, Number(given['completed_at'] ?? 0))
  return { task: taskFields(call, task) }
}

/** Nought means that it is to be done again. */
function complete(call: Call, task: Task, at: number): void {
  call.require('task_already_completed', at === 0 || task.completedAt === undefined)
  task.completedAt = at === 0 ? undefined : at
}

function limit(call: Call): void {
  const { feishu, app } = call
  call.requireRate(
    'task_frequency',
    msToWait(feishu.windows, `tasks ${app.appId}`, feishu.clock.now(), PER_SECOND_MAX, 1000),
  )
}

function requireWords(call: Call, given: Fields, hasSummary: boolean): void {
  call.require('task_summary_missing', !hasSummary || textOf(given['summary']).trim())
  call.require('task_summary_too_long', textOf(given['summary']).length <= LENGTH_MAX)
  call.require('task_description_too_long', textOf(given['description']).length <= LENGTH_MAX)
}

function membersIn(call: Call, given: unknown): Task['members'] {
  const listed = Array.isArray(given) ? given.filter(isFields) : []
  call.require('task_too_many_members', listed.length <= MEMBERS_MAX)
  return listed.map((member) => {
    const role = textOf(member['role'])
    call.require('task_role_unknown', ROLES.includes(role), role)
    const person = personBy(call.feishu, call.app.appId, 'open_id', textOf(member['id']))
    call.require('task_member_unknown', person && !call.feishu.left.has(person.key), textOf(member['id']))
    return { person: person.key, role }
  })
}

function taskOf(call: Call): Task {
  const task = call.feishu.tasks.get(call.param('task_guid'))
  call.require('task_unknown', task)
  call.require('task_of_another_app', task.appId === call.app.appId)
  return task
}

function taskFields(call: Call, task: Task): Fields {
  const { feishu, app } = call
  return {
    guid: task.guid,
    summary: task.summary,
    description: task.description,
    members: task.members.map(({ person, role }) => ({
      id: feishuIds(person, feishu.tenantKey, app.appId).openId,
      type: 'user',
      role,
    })),
    ...(task.link && { origin: { href: { url: task.link } } }),
    completed_at: String(task.completedAt ?? 0),
    status: task.completedAt === undefined ? 'todo' : 'done',
  }
}
