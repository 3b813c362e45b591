import { randomUUID } from 'node:crypto'

import Router from '@koa/router'
import type { RouterContext } from '@koa/router'

import type { Fault } from '../faults.ts'
import { isFields, jsonOf, rawBody } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { authEndpoints, authorize, limit } from './auth.ts'
import { Call } from './call.ts'
import type { Endpoint } from './call.ts'
import { cardEndpoints } from './cards.ts'
import { contactEndpoints } from './contacts.ts'
import { addSignInPage, loginEndpoints } from './login.ts'
import { noticeEndpoints } from './notices.ts'
import { codesOfFaults, Refused } from './refusals.ts'
import { robotEndpoints } from './robot.ts'
import type { Dingtalk } from './state.ts'
import { endpointOfStream } from './stream.ts'
import { ticketEndpoints } from './tickets.ts'
import { todoEndpoints } from './todos.ts'

const BODY_BYTES_MAX = 4_000_000
/** What an address is answered that called far too often: no error of the API, but a wall before it. */
const SHUT_OUT = 1111

const endpoints: Endpoint[] = [
  ...authEndpoints,
  ...loginEndpoints,
  ...ticketEndpoints,
  ...contactEndpoints,
  ...robotEndpoints,
  ...noticeEndpoints,
  ...cardEndpoints,
  ...todoEndpoints,
  endpointOfStream,
]

/** Both Open APIs, under the paths that they have on their two hosts. */
export function openApi(dingtalk: Dingtalk): Router {
  const router = new Router()
  for (const endpoint of endpoints) {
    router.register(endpoint.path, [endpoint.method], (ctx: RouterContext) => serve(dingtalk, endpoint, ctx))
  }
  addSignInPage(router, dingtalk)
  router.all('/v1.0/{*rest}', (ctx: RouterContext) => serve(dingtalk, unknownPath('new', 'path_unknown'), ctx))
  router.all('/topapi/{*rest}', (ctx: RouterContext) => serve(dingtalk, unknownPath('old', 'old_path_unknown'), ctx))
  return router
}

function unknownPath(family: Endpoint['family'], name: 'path_unknown' | 'old_path_unknown'): Endpoint {
  const answer = (call: Call): Fields => {
    call.require(name, false)
    return {}
  }
  return { family, method: 'GET', path: '', token: 'none', answer }
}

async function serve(dingtalk: Dingtalk, endpoint: Endpoint, ctx: RouterContext): Promise<void> {
  const startedAt = dingtalk.clock.now()
  const body = readable((await rawBody(ctx.req, BODY_BYTES_MAX))?.toString('utf8') ?? '', ctx)
  const call = new Call(dingtalk, ctx.params, ctx.URL.searchParams, isFields(body) ? body : {})
  const fault = dingtalk.faults.take('api', ctx.path)
  if (fault?.latencyMs) await dingtalk.clock.wait(fault.latencyMs)
  const { status, value, code } = await outcomeOf(call, endpoint, ctx, fault, isFields(body))
  ctx.status = status
  ctx.body = value
  // Whoever opens a stream without asking for JSON gets XML: a trap that the platform has set for years.
  if (endpoint === endpointOfStream && !ctx.get('accept').includes('application/json')) answerInXml(ctx, value)
  dingtalk.log.add({
    at: new Date(startedAt).toISOString(),
    way: 'call',
    by: 'http',
    title: `${ctx.method} ${ctx.path}`,
    status: ctx.status,
    ...(code !== undefined && { code }),
    tookMs: dingtalk.clock.now() - startedAt,
    checks: call.checks.list,
    request: { query: Object.fromEntries(ctx.URL.searchParams), body },
    answer: value,
  })
}

/** Bodies are JSON; the old API takes forms as well. */
function readable(text: string, ctx: RouterContext): unknown {
  if (text === '') return {}
  return ctx.is('urlencoded') ? Object.fromEntries(new URLSearchParams(text)) : jsonOf(text)
}

type Outcome = { status: number; value: Fields; code: number | undefined }

async function outcomeOf(
  call: Call,
  endpoint: Endpoint,
  ctx: RouterContext,
  fault: Fault | undefined,
  isObject: boolean,
): Promise<Outcome> {
  const isOld = endpoint.family === 'old'
  if (fault?.code === SHUT_OUT)
    return { status: 200, value: { status: SHUT_OUT, wait: 5, punish: 'deny' }, code: SHUT_OUT }
  try {
    if (fault?.code !== undefined) throw faultAsked(endpoint, fault)
    if (fault?.status !== undefined)
      return { status: fault.status, value: { message: 'gateway error' }, code: undefined }
    call.require(isOld ? 'old_body_not_json' : 'body_not_json', isObject)
    authorize(call, endpoint, ctx.get('x-acs-dingtalk-access-token'), ctx.ip.replace('::ffff:', ''))
    limit(call, endpoint)
    const answer = await endpoint.answer(call)
    const value = isOld ? { errcode: 0, errmsg: 'ok', ...answer, request_id: requestId() } : answer
    return { status: 200, value, code: isOld ? 0 : undefined }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return refusedOutcome(error, endpoint)
  }
}

/** The old API says no with HTTP 200 and a number, the new one with a status and a word. */
function refusedOutcome(error: Refused, { family }: Endpoint): Outcome {
  const { code, message, status } = error
  if (family === 'old') {
    return { status, value: { errcode: code, errmsg: message, request_id: requestId() }, code: Number(code) }
  }
  return { status, value: { code, message, requestid: requestId().toUpperCase() }, code: undefined }
}

/** A code of the platform that a fault asks for, as this family of the API says it. */
function faultAsked({ family }: Endpoint, fault: Fault): Refused {
  const number = fault.code ?? 0
  const known = codesOfFaults[number] ?? { says: 'error', code: String(number), status: 400 }
  const isOld = family === 'old'
  return new Refused({
    code: isOld ? number : known.code,
    says: known.says,
    status: fault.status ?? (isOld ? 200 : known.status),
  })
}

function answerInXml(ctx: RouterContext, value: Fields): void {
  const inner = Object.entries(value).map(([name, text]) => `<${name}>${String(text)}</${name}>`)
  ctx.type = 'application/xml'
  ctx.body = `<?xml version="1.0" encoding="UTF-8"?><root>${inner.join('')}</root>`
}

function requestId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 16)
}
