import { z } from 'zod'
import { shortened } from '../limits.ts'
import type { Todos } from '../todo.ts'
import { type DingTalkHttp, understood } from './http.ts'
import { trackIdOf } from './messages.ts'
import type { DingTalkSettings } from './settings.ts'

const Person = z.object({ result: z.object({ unionid: z.string().min(1) }) })
const Todo = z.object({ id: z.string().min(1) })
const urgent = 20

/** DingTalk's todo list. It knows people by the id that they have with the app's maker, which the directory tells. */
export function dingtalkTodos({ appUrl }: DingTalkSettings, http: DingTalkHttp): Todos {
  const unionIdOf = async (userId: string): Promise<string> => {
    const what = 'a person'
    return understood(what, Person, await http.oldCall(what, '/topapi/v2/user/get', { userid: userId })).result.unionid
  }
  return {
    open: async (userId, { title, subtitle = '', link }, sendKey) => {
      const what = 'a todo'
      const unionId = await unionIdOf(userId)
      const page = appUrl + (link?.path ?? '/')
      const answer = await http.call({
        what,
        method: 'POST',
        path: tasksOf(unionId),
        body: {
          sourceId: trackIdOf(sendKey),
          subject: shortened(title),
          description: shortened(subtitle),
          creatorId: unionId,
          executorIds: [unionId],
          detailUrl: { appUrl: page, pcUrl: page },
          isOnlyShowExecutor: true,
          priority: urgent,
        },
      })
      return { todoId: understood(what, Todo, answer).id, unionId }
    },
    close: async ({ todoId, unionId }) => {
      if (!todoId || !unionId) return
      const path = tasksOf(unionId, todoId)
      await http.call({ what: 'to close a todo', method: 'PUT', path, body: { done: true } })
    },
  }
}

function tasksOf(unionId: string, todoId?: string): string {
  const person = encodeURIComponent(unionId)
  return `/v1.0/todo/users/${person}/tasks${todoId ? `/${encodeURIComponent(todoId)}` : ''}?operatorId=${person}`
}
