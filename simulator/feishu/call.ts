import { Checks } from '../log.ts'
import type { Fields } from '../request-body.ts'
import { textOf } from '../request-body.ts'
import { refusals, Refused } from './refusals.ts'
import type { RefusalName } from './refusals.ts'
import type { Feishu, FeishuApp, UserToken } from './state.ts'

/** One call of the Open API while it is answered. Each check goes through `require`, so that the log has them all. */
export class Call {
  readonly feishu: Feishu
  readonly checks = new Checks()
  readonly params: Record<string, string>
  readonly query: URLSearchParams
  readonly body: Fields
  /** Seconds after which the caller may try again, when a limit was hit. */
  retryAfterS: number | undefined
  #app: FeishuApp | undefined
  #user: UserToken | undefined

  constructor(feishu: Feishu, params: Record<string, string>, query: URLSearchParams, body: Fields) {
    this.feishu = feishu
    this.params = params
    this.query = query
    this.body = body
  }

  /** Refuses the call unless the condition holds. */
  require(name: RefusalName, holds: unknown, detail?: string): asserts holds {
    const row = refusals[name]
    this.checks.note(
      holds ? `no ${name}` : name,
      Boolean(holds),
      holds ? {} : { code: row.code, ...(detail ? { detail } : {}) },
    )
    if (!holds) throw new Refused(row, detail)
  }

  /** Refuses the call while a limit is exceeded, and says when to come back. */
  requireRate(name: RefusalName, waitMs: number): void {
    if (waitMs > 0) this.retryAfterS = Math.ceil(waitMs / 1000)
    this.require(name, waitMs <= 0)
  }

  identify(app: FeishuApp, user?: UserToken): void {
    this.#app = app
    this.#user = user
  }

  get app(): FeishuApp {
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
    return textOf(this.body[name])
  }
}

/** One path of the Open API. */
export type Endpoint = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  path: string
  token: 'tenant' | 'user' | 'none'
  scope?: string
  /** `flat` answers carry their fields beside `code`; `oauth` errors carry `error` and `error_description`. */
  shape?: 'flat' | 'oauth'
  answer: (call: Call) => Fields | Promise<Fields>
}
