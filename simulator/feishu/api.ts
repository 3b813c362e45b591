import Router from '@koa/router'
import type { RouterContext } from '@koa/router'

import type { Fault } from '../faults.ts'
import { isFields, jsonOf, rawBody } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { authEndpoints, authorize, limitRate } from './auth.ts'
import { Call } from './call.ts'
import type { Endpoint } from './call.ts'
import { cardEndpoints } from './cards.ts'
import { contactEndpoints } from './contacts.ts'
import { endpointOfConnections } from './long-connection.ts'
import { addAuthorizePage, loginEndpoints } from './login.ts'
import { messageEndpoints } from './messages.ts'
import { codesOfFaults, refusals, Refused } from './refusals.ts'
import type { RefusalRow } from './refusals.ts'
import type { Feishu } from './state.ts'
import { taskEndpoints } from './tasks.ts'
import { ticketEndpoints } from './tickets.ts'

const BODY_BYTES_MAX = 4_000_000

const endpoints: Endpoint[] = [
  ...authEndpoints,
  ...loginEndpoints,
  ...ticketEndpoints,
  ...messageEndpoints,
  ...cardEndpoints,
  ...contactEndpoints,
  ...taskEndpoints,
  endpointOfConnections,
]

/** The Open API under the paths that the official SDKs call. */
export function openApi(feishu: Feishu): Router {
  const router = new Router()
  for (const endpoint of endpoints) {
    router.register(endpoint.path, [endpoint.method], (ctx: RouterContext) => serve(feishu, endpoint, ctx))
  }
  addAuthorizePage(router, feishu)
  router.all('/open-apis/{*rest}', (ctx: RouterContext) => serve(feishu, unknownPath, ctx))
  return router
}

const unknownPath: Endpoint = {
  method: 'GET',
  path: '/open-apis',
  token: 'none',
  answer: (call: Call) => {
    call.require('path_unknown', false)
    return {}
  },
}

async function serve(feishu: Feishu, endpoint: Endpoint, ctx: RouterContext): Promise<void> {
  const startedAt = feishu.clock.now()
  const raw = await rawBody(ctx.req, BODY_BYTES_MAX)
  const body = raw?.length === 0 ? {} : jsonOf(raw?.toString('utf8') ?? '')
  const call = new Call(feishu, ctx.params, ctx.URL.searchParams, isFields(body) ? body : {})
  const fault = feishu.faults.take('api', ctx.path)
  if (fault?.latencyMs) await feishu.clock.wait(fault.latencyMs)

  let code: number | undefined
  try {
    const answer = asFault(call, fault) ?? (await answerOf(call, endpoint, ctx, isFields(body)))
    ctx.status = fault?.status ?? 200
    code = typeof answer['code'] === 'number' ? answer['code'] : 0
    ctx.body = answer
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    code = error.code
    ctx.status = error.status
    ctx.body = errorBody(error, endpoint)
  }
  if (call.retryAfterS) ctx.set('x-ogw-ratelimit-reset', String(call.retryAfterS))
  ctx.set('x-tt-logid', `${startedAt}${Math.floor(feishu.random() * 1e9)}`)
  feishu.log.add({
    at: new Date(startedAt).toISOString(),
    way: 'call',
    by: 'http',
    title: `${ctx.method} ${ctx.path}`,
    status: ctx.status,
    code,
    tookMs: feishu.clock.now() - startedAt,
    checks: call.checks.list,
    request: { query: Object.fromEntries(ctx.URL.searchParams), body },
    answer: ctx.body,
  })
}

async function answerOf(call: Call, endpoint: Endpoint, ctx: RouterContext, isObject: boolean): Promise<Fields> {
  call.require('body_not_json', isObject)
  authorize(call, endpoint, ctx.get('authorization'), ctx.ip.replace('::ffff:', ''))
  const caller =
    endpoint.token === 'none' ? String(call.body['app_id'] ?? call.body['client_id'] ?? '') : call.app.appId
  limitRate(call, endpoint, caller)
  const answer = await endpoint.answer(call)
  if (endpoint.shape) return { code: 0, msg: 'ok', ...answer }
  return { code: 0, msg: 'success', data: answer }
}

/** What a fault makes of the call before it is looked at: a code of the platform, or a gateway that is down. */
function asFault(call: Call, fault: Fault | undefined): Fields | undefined {
  if (fault?.code === undefined) {
    return fault?.status === undefined ? undefined : { code: fault.status, msg: 'gateway error' }
  }
  const row = Object.values<RefusalRow>(refusals).find((each) => each.code === fault.code)
  const says = row?.says ?? codesOfFaults[fault.code] ?? 'error'
  const status = fault.status ?? row?.status ?? 400
  if (status === 429) call.retryAfterS = 1
  throw new Refused({ code: fault.code, says, status })
}

function errorBody(error: Refused, endpoint: Endpoint): Fields {
  if (endpoint.shape === 'oauth') return { code: error.code, error: 'invalid_grant', error_description: error.message }
  // The SDK's long connection takes `data` apart before it looks at the code.
  return { code: error.code, msg: error.message, data: {} }
}
