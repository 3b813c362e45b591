import type { Context, Next } from 'koa'
import type { z } from 'zod'
import { type FieldIssue, type Lang, Refusal } from '#contract'
import { isDatabaseAway } from '#kernel/away'
import { log } from '#kernel/log'
import { newId } from '#kernel/ids'
import type { RequestState } from './request-state.ts'

/** The language of an answer: what is asked for, else what the caller has chosen, else Chinese. */
export function languageOf(ctx: Context): Lang {
  const { caller } = ctx.state as RequestState // typed by the middleware that comes after the one this is called from
  if (caller) return caller.lang
  return ctx.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh'
}

/** Whether an address is one of the API's, as the router sees it: in capitals too. */
export const isApi = (path: string): boolean => /^\/api(\/|$)/i.test(path)

/** Turns what was thrown into RFC 9457 problem details: a refusal in the caller's words, a fault as its id. */
export async function problems(ctx: Context, next: Next): Promise<void> {
  try {
    await next()
    if (ctx.status === 404 && ctx.body == null && isApi(ctx.path))
      throw new Refusal('not_found', { what: { zh: '接口', en: 'endpoint' } })
  } catch (error) {
    const isAway = isDatabaseAway(error)
    if (isAway) log.warn({ err: error }, 'the database is away')
    const refusal = isAway ? new Refusal('busy') : asRefusal(error)
    if (refusal) answerRefusal(ctx, refusal)
    else answerFault(ctx, error)
  }
}

/** The refusals that come as other errors: a body that is not JSON, too large, or not of the contract's shape. */
function asRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof MalformedInput) return new Refusal('malformed', {}, error.issues)
  const status = (error as { status?: number }).status // how Koa and its parsers mark an error of the caller's
  if (status === 413) return new Refusal('too_large')
  if (status === 415) return new Refusal('unsupported_media')
  if (status === 400) return new Refusal('malformed_json')
  if (status === 404 || status === 403) return new Refusal('not_found', { what: { zh: '文件', en: 'file' } })
  return undefined
}

/** What did not fit the contract, field by field. */
export class MalformedInput extends Error {
  readonly issues: FieldIssue[]
  constructor(error: z.ZodError) {
    super('malformed')
    this.issues = error.issues.slice(0, 50).map((issue) => ({
      field: issue.path.join('.') + (issue.code === 'unrecognized_keys' ? issue.keys.join(',') : ''),
      message: issue.message,
    }))
  }
}

function answerRefusal(ctx: Context, refusal: Refusal): void {
  const lang = languageOf(ctx)
  ctx.status = refusal.status
  ctx.body = {
    type: `about:blank#${refusal.code}`,
    title: refusal.say(lang),
    status: refusal.status,
    code: refusal.code,
    facts: refusal.facts,
    errors: refusal.issues,
  }
  ctx.type = 'application/problem+json'
  if (refusal.code === 'too_many' || refusal.status === 503)
    ctx.set('Retry-After', String(refusal.facts['seconds'] ?? 1))
}

function answerFault(ctx: Context, error: unknown): void {
  const id = newId()
  // Whoever reads the log is not to open what was shared with a customer.
  const path = ctx.path.replace(/(\/shared\/).*/i, '$1…')
  log.error({ err: error, id, method: ctx.method, path }, 'fault')
  const title =
    languageOf(ctx) === 'en' ? `Something broke on our side (${id})` : `系统出错了，请把编号告诉管理员：${id}`
  ctx.status = 500
  ctx.body = { type: 'about:blank#fault', title, status: 500, code: 'fault', facts: { id }, errors: [] }
  ctx.type = 'application/problem+json'
}
