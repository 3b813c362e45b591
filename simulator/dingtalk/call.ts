import { Checks } from '../log.ts'
import type { Fields } from '../request-body.ts'
import { textOf } from '../request-body.ts'
import { refusals, Refused } from './refusals.ts'
import type { RefusalName, RefusalRow } from './refusals.ts'
import type { Dingtalk, DingtalkApp, UserToken } from './state.ts'

/** One call of the Open API while it is answered. Each check goes through `require`, so that the log has them all. */
export class Call {
  readonly dingtalk: Dingtalk
  readonly checks = new Checks()
  readonly params: Record<string, string>
  readonly query: URLSearchParams
  readonly body: Fields
  #app: DingtalkApp | undefined
  #user: UserToken | undefined

  constructor(dingtalk: Dingtalk, params: Record<string, string>, query: URLSearchParams, body: Fields) {
    this.dingtalk = dingtalk
    this.params = params
    this.query = query
    this.body = body
  }

  /** Refuses the call unless the condition holds. */
  require(name: RefusalName, holds: unknown, detail?: string): asserts holds {
    const row: RefusalRow = refusals[name]
    const code = typeof row.code === 'number' ? { code: row.code } : {}
    const words = [typeof row.code === 'string' ? row.code : '', detail ?? ''].filter(Boolean).join(': ')
    this.checks.note(
      holds ? `no ${name}` : name,
      Boolean(holds),
      holds ? {} : { ...code, ...(words ? { detail: words } : {}) },
    )
    if (!holds) throw new Refused(row, detail)
  }

  identify(app: DingtalkApp, user?: UserToken): void {
    this.#app = app
    this.#user = user
  }

  get app(): DingtalkApp {
    if (!this.#app) throw new Error('this call carries no token of an app')
    return this.#app
  }

  get user(): UserToken {
    if (!this.#user) throw new Error('this call carries no token of a user')
    return this.#user
  }

  param(name: string): string {
    return this.params[name] ?? ''
  }

  text(name: string): string {
    const value = this.body[name]
    return typeof value === 'number' ? String(value) : textOf(value)
  }
}

/** One path of the Open API. */
export type Endpoint = {
  /** `old` is that of oapi.dingtalk.com: it says no with HTTP 200 and a number. */
  family: 'new' | 'old'
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  token: 'app' | 'user' | 'none'
  /** Permission point. */
  scope?: string
  /** Not counted against the company's monthly calls. */
  isFree?: boolean
  answer: (call: Call) => Fields | Promise<Fields>
}
