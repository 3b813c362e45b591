import Router from '@koa/router'
import type { RouterContext } from '@koa/router'

import type { Fault } from '../faults.ts'
import { isFields, jsonOf, rawBody } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { authEndpoints, authorize, limitRate } from './auth.ts'
import { Call } from './call.ts'
import type { Endpoint } from './call.ts'
import { contactEndpoints } from './contacts.ts'
import { addAuthorizePages, loginEndpoints } from './login.ts'
import { messageEndpoints } from './messages.ts'
import { codesOfFaults, refusals, Refused } from './refusals.ts'
import type { RefusalRow } from './refusals.ts'
import type { Wecom } from './state.ts'
import { ticketEndpoints } from './tickets.ts'
import { updateEndpoints } from './updates.ts'

const BODY_BYTES_MAX = 4_000_000

const endpoints: Endpoint[] = [
  ...authEndpoints,
  ...loginEndpoints,
  ...ticketEndpoints,
  ...messageEndpoints,
  ...updateEndpoints,
  ...contactEndpoints,
]

/** The API under the paths that products call. */
export function openApi(wecom: Wecom): Router {
  const router = new Router()
  for (const endpoint of endpoints) {
    router.register(endpoint.path, [endpoint.method], (ctx: RouterContext) => serve(wecom, endpoint, ctx))
  }
  addAuthorizePages(router, wecom)
  router.all('/cgi-bin/{*rest}', (ctx: RouterContext) => serve(wecom, unknownPath, ctx))
  return router
}

const unknownPath: Endpoint = {
  method: 'GET',
  path: '/cgi-bin',
  token: 'none',
  answer: (call: Call) => {
    call.require('path_unknown', false)
    return {}
  },
}

/** Answers one call. Whatever comes of it, its HTTP status is 200: only `errcode` tells. */
async function serve(wecom: Wecom, endpoint: Endpoint, ctx: RouterContext): Promise<void> {
  const startedAt = wecom.clock.now()
  const raw = await rawBody(ctx.req, BODY_BYTES_MAX)
  const body = raw?.length === 0 ? {} : jsonOf(raw?.toString('utf8') ?? '')
  const call = new Call(wecom, ctx.URL.searchParams, isFields(body) ? body : {})
  const fault = wecom.faults.take('api', ctx.path)
  const ip = ctx.ip.replace('::ffff:', '')
  count(wecom, endpoint, 1)
  try {
    if (fault?.latencyMs) await wecom.clock.wait(fault.latencyMs)
    const answer = asFault(fault) ?? (await answerOf(call, endpoint, ip, isFields(body)))
    ctx.body = { errcode: 0, errmsg: 'ok', ...answer }
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    ctx.body = errorBody(error, endpoint, ip)
  } finally {
    count(wecom, endpoint, -1)
  }
  ctx.status = fault?.status ?? 200
  wecom.log.add({
    at: new Date(startedAt).toISOString(),
    way: 'call',
    by: 'http',
    title: `${ctx.method} ${ctx.path}`,
    status: ctx.status,
    code: codeIn(ctx.body),
    tookMs: wecom.clock.now() - startedAt,
    checks: call.checks.list,
    request: { query: Object.fromEntries(ctx.URL.searchParams), body },
    answer: ctx.body,
  })
}

function count(wecom: Wecom, endpoint: Endpoint, by: 1 | -1): void {
  wecom.underWay.set(endpoint.path, (wecom.underWay.get(endpoint.path) ?? 0) + by)
}

function codeIn(answer: unknown): number {
  return isFields(answer) && typeof answer['errcode'] === 'number' ? answer['errcode'] : 0
}

async function answerOf(call: Call, endpoint: Endpoint, ip: string, isObject: boolean): Promise<Fields> {
  limitRate(call, endpoint)
  authorize(call, endpoint, ip)
  call.require('body_not_json', isObject)
  return endpoint.answer(call)
}

/** What a fault makes of the call before it is looked at: a code of the platform, or a gateway that is down. */
function asFault(fault: Fault | undefined): Fields | undefined {
  if (fault?.code === undefined) return fault?.status === undefined ? undefined : { errcode: -1, errmsg: 'system busy' }
  const row = Object.values<RefusalRow>(refusals).find((each) => each.code === fault.code)
  throw new Refused({ code: fault.code, says: row?.says ?? codesOfFaults[fault.code] ?? 'error' })
}

function errorBody(error: Refused, endpoint: Endpoint, ip: string): Fields {
  const more = `from ip: ${ip}, more info at https://open.work.weixin.qq.com/devtool/query?e=${error.code}`
  const lists = Object.fromEntries((endpoint.lists ?? []).map((list) => [list, []]))
  return { errcode: error.code, errmsg: `${error.message}, ${more}`, ...lists }
}
