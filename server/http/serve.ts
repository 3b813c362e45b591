import { extname } from 'node:path'
import type Router from '@koa/router'
import type { Context } from 'koa'
import { answersFile, type Contract, type Endpoint, FileAnswer, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { config } from '#kernel/config'
import { type Action, type Actions, ask, perform } from '#kernel/perform'
import { takeTurns } from './in-turn.ts'
import { MalformedInput } from './problem.ts'
import type { RequestState } from './request-state.ts'

/** Of the connections, so many may be held by changes at once. */
const changesShare = 0.5
/**
 * What goes past the changes, as a press on a card does that a platform waits for, would else stand behind every order that is under way. With fewer
 * at once fewer orders are done in a second, with more a press waits longer.
 */
const change = takeTurns({ atOnce: Math.ceil(config.DATABASE_POOL * changesShare), patienceMs: 8_000 })

/** Binds a contract to the actions behind it: parse, perform, answer. */
export function serve<C extends Contract>(router: Router<RequestState>, contract: C, actions: Actions<C>): void {
  for (const [name, endpoint] of Object.entries(contract.endpoints)) {
    const action = actions[name as keyof Actions<C>] as Action<unknown, unknown> // Actions<C> has one for each endpoint of C
    const deed = `${contract.name}.${name}`
    router.register(endpoint.path, [endpoint.method], async (ctx) => {
      const caller = callerOfRequest(ctx, endpoint)
      const input = inputOf(ctx, endpoint)
      const output = endpoint.changes
        ? await change(() => perform(caller, action, input, deed))
        : await ask(caller, action, input)
      if (answersFile(endpoint)) answerFile(ctx, FileAnswer.parse(output))
      else {
        ctx.type = 'json'
        // As text: an object would be made into text by everyone who asks for its length.
        ctx.body = JSON.stringify(endpoint.output.parse(output))
      }
      if (endpoint.method === 'GET') ctx.set('Cache-Control', 'no-store')
    })
  }
}

/** Named in the company's language, and plainly for a program that cannot read such names. */
function answerFile(ctx: Context, { fileName, type, content }: FileAnswer): void {
  ctx.type = type
  ctx.attachment(fileName, { fallback: `yidan${extname(fileName)}` })
  ctx.body = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
}

/** The signed-in caller, with his idempotency key where the endpoint changes something. */
export function callerOfRequest(ctx: Context & { state: RequestState }, endpoint: Endpoint): Caller {
  const caller = ctx.state.caller
  if (!caller) throw new Refusal('not_signed_in')
  if (!endpoint.changes) return caller
  const key = ctx.get('Idempotency-Key')
  if (!key || key.length > 255) throw new Refusal('key_missing')
  return { ...caller, key }
}

/** Path parameters and the query or the body, as one object of the contract's shape. */
export function inputOf(ctx: Context, endpoint: Endpoint): unknown {
  const inQuery = endpoint.method === 'GET' || endpoint.method === 'DELETE'
  if (!inQuery && ctx.request.length && !ctx.is('json')) throw new Refusal('unsupported_media')
  const sent: unknown = inQuery ? ctx.query : ((ctx.request as { body?: unknown }).body ?? {}) // put there by the body parser
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) throw new Refusal('malformed')
  const given: object = { ...sent, ...ctx['params'] }
  // The one character that JSON may hold and PostgreSQL may not.
  if (JSON.stringify(given).includes('\\u0000')) throw new Refusal('malformed')
  const parsed = endpoint.input.safeParse(given)
  if (!parsed.success) throw new MalformedInput(parsed.error)
  return parsed.data
}
