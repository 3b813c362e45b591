import { randomBytes } from 'node:crypto'

import { msToWait } from '../rates.ts'
import type { Fields } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { useUp } from './quota.ts'
import type { DingtalkApp } from './state.ts'

const TOKEN_LIFE_S = 7200
const CALLS_PER_SECOND_MAX = 20

export const authEndpoints: Endpoint[] = [
  { family: 'new', method: 'POST', path: '/v1.0/oauth2/accessToken', token: 'none', isFree: true, answer: newToken },
  { family: 'new', method: 'POST', path: '/v1.0/oauth2/:corpId/token', token: 'none', isFree: true, answer: corpToken },
  { family: 'old', method: 'GET', path: '/gettoken', token: 'none', isFree: true, answer: oldToken },
]

function newToken(call: Call): Fields {
  const app = call.dingtalk.apps.find((each) => each.clientId === call.text('appKey'))
  call.require('app_unknown', app)
  call.require('app_secret_wrong', call.text('appSecret') === app.clientSecret)
  const { token, lifeS } = tokenOf(call, app)
  return { accessToken: token, expireIn: lifeS }
}

function corpToken(call: Call): Fields {
  call.require('corp_unknown', call.param('corpId') === call.dingtalk.corpId)
  call.require('corp_grant_unsupported', call.text('grant_type') === 'client_credentials')
  const app = call.dingtalk.apps.find((each) => each.clientId === call.text('client_id'))
  call.require('corp_secret_wrong', app && call.text('client_secret') === app.clientSecret)
  const { token, lifeS } = tokenOf(call, app)
  return { access_token: token, expires_in: lifeS }
}

function oldToken(call: Call): Fields {
  const app = call.dingtalk.apps.find((each) => each.clientId === call.query.get('appkey'))
  call.require('old_app_unknown', app)
  call.require('old_app_secret_wrong', call.query.get('appsecret') === app.clientSecret)
  const { token, lifeS } = tokenOf(call, app)
  return { access_token: token, expires_in: lifeS }
}

/** The same token as long as it lives; both families of the API take it. */
function tokenOf(call: Call, app: DingtalkApp): { token: string; lifeS: number } {
  const { tokens, clock } = call.dingtalk
  const now = clock.now()
  const current = [...tokens].find(([, token]) => token.app === app && token.expiresAt > now)
  if (current) return { token: current[0], lifeS: Math.ceil((current[1].expiresAt - now) / 1000) }
  const token = randomBytes(16).toString('hex')
  tokens.set(token, { app, expiresAt: now + TOKEN_LIFE_S * 1000 })
  return { token, lifeS: TOKEN_LIFE_S }
}

/** Finds out who calls: the new API by a header, the old one by its query. */
export function authorize(call: Call, endpoint: Endpoint, header: string, ip: string): void {
  const isOld = endpoint.family === 'old'
  if (endpoint.token === 'user') identifyUser(call, header)
  if (endpoint.token === 'app') identifyApp(call, isOld, isOld ? (call.query.get('access_token') ?? '') : header)
  if (endpoint.token === 'none') return
  const { allowedIps, scopes } = call.dingtalk.settings
  call.require(isOld ? 'old_ip_not_allowed' : 'ip_not_allowed', allowedIps?.includes(ip) ?? true, `ip ${ip}`)
  const hasScope = !endpoint.scope || (scopes?.includes(endpoint.scope) ?? true)
  call.require(isOld ? 'old_scope_missing' : 'scope_missing', hasScope, endpoint.scope)
}

function identifyApp(call: Call, isOld: boolean, token: string): void {
  call.require(isOld ? 'old_token_missing' : 'token_missing', token)
  const known = call.dingtalk.tokens.get(token)
  call.require(isOld ? 'old_token_unknown' : 'token_unknown', known)
  call.require(isOld ? 'old_token_expired' : 'token_expired', known.expiresAt > call.dingtalk.clock.now())
  call.identify(known.app)
}

function identifyUser(call: Call, token: string): void {
  const known = call.dingtalk.userTokens.get(token)
  call.require('me_token_unknown', known)
  call.require('me_token_expired', known.expiresAt > call.dingtalk.clock.now())
  call.identify(known.app, known)
}

/** 20 calls a second for each path and app, and the company's calls of the month. */
export function limit(call: Call, endpoint: Endpoint): void {
  if (endpoint.token === 'none') return
  const { windows, clock, settings } = call.dingtalk
  const isOld = endpoint.family === 'old'
  const key = `${call.app.clientId} ${endpoint.method} ${endpoint.path}`
  const waitMs = msToWait(windows, key, clock.now(), CALLS_PER_SECOND_MAX, 1000)
  call.require(isOld ? 'old_rate_exceeded' : 'rate_exceeded', waitMs === 0)
  if (endpoint.isFree) return
  const isLeft = useUp(call.dingtalk, 'calls', settings.callsPerMonth)
  call.require(isOld ? 'old_quota_used_up' : 'quota_used_up', isLeft)
}
