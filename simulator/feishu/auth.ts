import { randomBytes } from 'node:crypto'

import type { Call, Endpoint } from './call.ts'
import { msToWait } from '../rates.ts'
import { appOf } from './state.ts'

const TOKEN_LIFE_S = 7200
const RENEWED_BELOW_MS = 30 * 60_000
const MINUTE_MS = 60_000

export const authEndpoints: Endpoint[] = [
  {
    method: 'POST',
    path: '/open-apis/auth/v3/tenant_access_token/internal',
    token: 'none',
    shape: 'flat',
    answer: tenantAccessToken,
  },
]

/** The same token while at least 30 minutes remain, then a new one; the old one stays valid to its end. */
function tenantAccessToken(call: Call) {
  const { feishu } = call
  call.require('app_fields_missing', call.text('app_id') && call.text('app_secret'))
  const app = appOf(feishu, call.text('app_id'))
  call.require('app_unknown', app)
  call.require('app_secret_wrong', call.text('app_secret') === app.appSecret)

  const now = feishu.clock.now()
  const current = [...feishu.tenantTokens].find(
    ([, token]) => token.app === app && token.expiresAt - now >= RENEWED_BELOW_MS,
  )
  if (current) return { tenant_access_token: current[0], expire: Math.floor((current[1].expiresAt - now) / 1000) }

  const token = `t-${randomBytes(20).toString('hex')}`
  feishu.tenantTokens.set(token, { app, expiresAt: now + TOKEN_LIFE_S * 1000 })
  return { tenant_access_token: token, expire: TOKEN_LIFE_S }
}

/** Finds out who calls, by the bearer token that this path asks for. */
export function authorize(call: Call, endpoint: Endpoint, authorization: string, ip: string): void {
  if (endpoint.token === 'none') return
  const token = authorization.replace(/^Bearer /, '')
  call.require('token_missing', authorization.startsWith('Bearer ') && token)
  if (endpoint.token === 'tenant') byTenantToken(call, token)
  else byUserToken(call, token)

  const { settings } = call.feishu
  call.require('ip_not_allowed', settings.allowedIps?.includes(ip) ?? true, `ip ${ip}`)
  const hasScope = !endpoint.scope || (settings.scopes?.includes(endpoint.scope) ?? true)
  call.require('scope_missing', hasScope, `one of these scopes is needed: [${endpoint.scope}]`)
}

function byTenantToken(call: Call, token: string): void {
  const { feishu } = call
  call.require('app_token_invalid', !token.startsWith('a-'))
  call.require('tenant_token_wrong_prefix', token.startsWith('t-'))
  const known = feishu.tenantTokens.get(token)
  call.require('tenant_token_unknown', known)
  call.require('tenant_token_expired', known.expiresAt > feishu.clock.now())
  call.identify(known.app)
}

function byUserToken(call: Call, token: string): void {
  const { feishu } = call
  call.require('user_token_wrong_prefix', token.startsWith('u-'))
  const known = feishu.userTokens.get(token)
  call.require('user_token_unknown', known)
  call.require('user_token_expired', known.expiresAt > feishu.clock.now())
  call.identify(known.app, known)
}

/** 1000 calls a minute and 50 a second, for each path and app. */
export function limitRate(call: Call, endpoint: Endpoint, caller: string): void {
  const { windows, clock, settings } = call.feishu
  const key = `${caller} ${endpoint.method} ${endpoint.path}`
  call.requireRate('second_rate_exceeded', msToWait(windows, `second ${key}`, clock.now(), 50, 1000))
  call.requireRate('minute_rate_exceeded', msToWait(windows, `minute ${key}`, clock.now(), 1000, MINUTE_MS))
  if (settings.quotaLeft === undefined) return
  call.require('quota_used_up', settings.quotaLeft > 0)
  settings.quotaLeft -= 1
}
