import { randomUUID } from 'node:crypto'

import type { Fields } from '../request-body.ts'
import { isFields, textOf } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { noticesChat, personBy, post, redraw } from './chats.ts'
import { dingtalkIds } from './ids.ts'
import type { Content } from './drawn.ts'
import type { Todo } from './state.ts'

const EXECUTORS_MAX = 100
const PRIORITIES = [10, 20, 30, 40]
const BASE = '/v1.0/todo/users/:unionId/tasks'

const family = { family: 'new', token: 'app', scope: 'Todo.Todo.Write' } as const
export const todoEndpoints: Endpoint[] = [
  { ...family, method: 'POST', path: BASE, answer: create },
  { ...family, method: 'PUT', path: `${BASE}/:taskId`, answer: update },
  { ...family, method: 'PUT', path: `${BASE}/:taskId/executorStatus`, answer: setExecutorStatus },
  { ...family, method: 'GET', path: `${BASE}/:taskId`, answer: (call) => todoObject(call, todoOf(call)) },
  { ...family, method: 'DELETE', path: `${BASE}/:taskId`, answer: remove },
]

/** Everything about to-dos goes by unionId. */
function create(call: Call): Fields {
  const { dingtalk, app } = call
  const creator = ownerOf(call)
  call.require('todo_subject_missing', call.text('subject'))
  const url = isFields(call.body['detailUrl']) ? call.body['detailUrl'] : {}
  call.require('todo_detail_url_missing', textOf(url['appUrl']) && textOf(url['pcUrl']))
  const priority = call.body['priority']
  call.require('todo_priority_wrong', priority === undefined || PRIORITIES.includes(Number(priority)))
  const executors = executorsIn(call, call.body['executorIds'])
  const sourceId = call.text('sourceId')
  const isUsed = [...dingtalk.todos.values()].some((each) => each.appId === app.clientId && each.sourceId === sourceId)
  call.require('todo_source_used', !sourceId || !isUsed)

  const todo: Todo = {
    id: randomUUID().replaceAll('-', ''),
    appId: app.clientId,
    sourceId,
    subject: call.text('subject'),
    description: call.text('description'),
    creator,
    executors: (executors.length > 0 ? executors : [creator]).map((person) => ({ person, isDone: false })),
    isDone: false,
    dueAt: typeof call.body['dueTime'] === 'number' ? call.body['dueTime'] : undefined,
    url: textOf(url['appUrl']),
    messageIds: [],
  }
  dingtalk.todos.set(todo.id, todo)
  const notify = isFields(call.body['notifyConfigs']) ? call.body['notifyConfigs']['dingNotify'] : undefined
  if (notify === '1') for (const { person } of todo.executors) remind(call, todo, person)
  return todoObject(call, todo)
}

function remind(call: Call, todo: Todo, person: string): void {
  const { dingtalk, app } = call
  if (dingtalk.left.has(person)) return
  todo.messageIds.push(post(dingtalk, noticesChat(dingtalk, app, person), contentOf(todo, person)).messageId)
}

function contentOf(todo: Todo, person: string): Content {
  const isDone = todo.isDone || todo.executors.some((each) => each.person === person && each.isDone)
  const dueAt = todo.dueAt === undefined ? undefined : new Date(todo.dueAt).toISOString()
  return { kind: 'todo', subject: todo.subject, description: todo.description, dueAt, url: todo.url, isDone }
}

function update(call: Call): Fields {
  const todo = todoOf(call)
  if (call.body['subject'] !== undefined) {
    call.require('todo_subject_missing', call.text('subject'))
    todo.subject = call.text('subject')
  }
  if (call.body['description'] !== undefined) todo.description = call.text('description')
  if (typeof call.body['dueTime'] === 'number') todo.dueAt = call.body['dueTime']
  if (typeof call.body['done'] === 'boolean') todo.isDone = call.body['done']
  if (call.body['executorIds'] !== undefined) {
    const was = new Map(todo.executors.map((each) => [each.person, each.isDone]))
    todo.executors = executorsIn(call, call.body['executorIds']).map((person) => ({
      person,
      isDone: was.get(person) ?? false,
    }))
  }
  refresh(call, todo)
  return { result: true }
}

function setExecutorStatus(call: Call): Fields {
  const todo = todoOf(call)
  const given = call.body['executorStatusList']
  const listed = Array.isArray(given) ? given.filter(isFields) : []
  call.require(
    'todo_status_malformed',
    listed.length > 0 && listed.every((each) => typeof each['isDone'] === 'boolean'),
  )
  for (const each of listed) {
    const person = personBy(call.dingtalk, 'unionId', textOf(each['id']))
    const executor = todo.executors.find((one) => one.person === person?.key)
    call.require('todo_not_executor', executor, textOf(each['id']))
    executor.isDone = each['isDone'] === true
  }
  if (todo.executors.every((each) => each.isDone)) todo.isDone = true
  refresh(call, todo)
  return { result: true }
}

function remove(call: Call): Fields {
  call.dingtalk.todos.delete(todoOf(call).id)
  return { result: true }
}

/** Whoever was reminded sees how the task stands now. */
function refresh(call: Call, todo: Todo): void {
  for (const messageId of todo.messageIds) {
    const message = call.dingtalk.messages.get(messageId)
    const person = message && call.dingtalk.chats.get(message.chatId)?.members[0]
    if (!message || !person) continue
    message.content = contentOf(todo, person)
    redraw(call.dingtalk, message)
  }
}

function todoOf(call: Call): Todo {
  ownerOf(call)
  const todo = call.dingtalk.todos.get(call.param('taskId'))
  call.require('todo_unknown', todo && todo.appId === call.app.clientId)
  return todo
}

/** The person in whose name the call is made: the one in the path, and the operator when it names one. */
function ownerOf(call: Call): string {
  const owner = personBy(call.dingtalk, 'unionId', call.param('unionId'))
  call.require('todo_union_id_unknown', owner, 'to-dos go by unionId')
  const operator = call.query.get('operatorId')
  call.require('todo_operator_unknown', operator === null || personBy(call.dingtalk, 'unionId', operator))
  return owner.key
}

function executorsIn(call: Call, given: unknown): string[] {
  const ids = Array.isArray(given) ? given.map(textOf) : []
  call.require('todo_too_many_executors', ids.length <= EXECUTORS_MAX)
  return ids.map((id) => {
    const person = personBy(call.dingtalk, 'unionId', id)
    call.require('todo_executor_unknown', person, id)
    return person.key
  })
}

function todoObject(call: Call, todo: Todo): Fields {
  const unionId = (person: string) => dingtalkIds(person, call.dingtalk.corpId).unionId
  return {
    id: todo.id,
    sourceId: todo.sourceId,
    subject: todo.subject,
    description: todo.description,
    done: todo.isDone,
    creatorId: unionId(todo.creator),
    executorIds: todo.executors.map((each) => unionId(each.person)),
    ...(todo.dueAt !== undefined && { dueTime: todo.dueAt }),
    detailUrl: { appUrl: todo.url, pcUrl: todo.url },
  }
}
