import { Checks } from '../log.ts'
import type { Fields } from '../request-body.ts'
import { textOf } from '../request-body.ts'
import { refusals, Refused } from './refusals.ts'
import type { RefusalName } from './refusals.ts'
import type { TokenHolder, Wecom, WecomApp } from './state.ts'

/** One call of the API while it is answered. Each check goes through `require`, so that the log has them all. */
export class Call {
  readonly wecom: Wecom
  readonly checks = new Checks()
  readonly query: URLSearchParams
  readonly body: Fields
  #holder: TokenHolder | undefined

  constructor(wecom: Wecom, query: URLSearchParams, body: Fields) {
    this.wecom = wecom
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

  identify(holder: TokenHolder): void {
    this.#holder = holder
  }

  get holder(): TokenHolder {
    if (!this.#holder) throw new Error('this call carries no token')
    return this.#holder
  }

  get app(): WecomApp {
    if (!('app' in this.holder)) throw new Error('this call carries no token of an app')
    return this.holder.app
  }

  param(name: string): string {
    return this.query.get(name) ?? ''
  }

  text(name: string): string {
    return textOf(this.body[name])
  }
}

/** One path of the API. */
export type Endpoint = {
  method: 'GET' | 'POST'
  path: string
  token: 'app' | 'contacts' | 'none'
  /** Lists that stand empty in the answer when the call is refused. */
  lists?: string[]
  answer: (call: Call) => Fields | Promise<Fields>
}
