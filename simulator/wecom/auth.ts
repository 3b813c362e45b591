import { randomBytes } from 'node:crypto'

import { msToWait } from '../rates.ts'
import type { Fields } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import type { TokenHolder, Wecom } from './state.ts'

const TOKEN_LIFE_S = 7200
const MINUTE_MS = 60_000

export const authEndpoints: Endpoint[] = [{ method: 'GET', path: '/cgi-bin/gettoken', token: 'none', answer: getToken }]

/** The same token while it is valid, for one corp and one secret. */
function getToken(call: Call): Fields {
  const { wecom } = call
  call.require('corp_id_missing', call.param('corpid'))
  call.require('corp_id_wrong', call.param('corpid') === wecom.corpId)
  call.require('secret_missing', call.param('corpsecret'))
  const holder = holderOf(wecom, call.param('corpsecret'))
  call.require('secret_wrong', holder)

  const now = wecom.clock.now()
  const current = [...wecom.tokens].find(([, token]) => isSame(token.holder, holder) && token.expiresAt > now)
  if (current) return { access_token: current[0], expires_in: Math.ceil((current[1].expiresAt - now) / 1000) }
  const token = randomBytes(107).toString('base64url')
  wecom.tokens.set(token, { holder, expiresAt: now + TOKEN_LIFE_S * 1000 })
  return { access_token: token, expires_in: TOKEN_LIFE_S }
}

function holderOf(wecom: Wecom, secret: string): TokenHolder | undefined {
  if (wecom.contactSecret && secret === wecom.contactSecret) return { contacts: true }
  const app = wecom.apps.find((each) => each.secret === secret)
  return app && { app }
}

function isSame(one: TokenHolder, other: TokenHolder): boolean {
  return 'app' in one && 'app' in other ? one.app === other.app : 'app' in one === 'app' in other
}

/** Finds out who calls. The token counts only in the address: in a header or in the body it is missing. */
export function authorize(call: Call, endpoint: Endpoint, ip: string): void {
  if (endpoint.token === 'none') return
  const { wecom } = call
  const token = call.param('access_token')
  call.require('token_missing', token)
  const known = wecom.tokens.get(token)
  call.require('token_unknown', known)
  call.require('token_expired', known.expiresAt > wecom.clock.now())
  call.identify(known.holder)
  call.require('ip_not_trusted', wecom.settings.trustedIps?.includes(ip) ?? true, `ip: ${ip}`)

  if (endpoint.token === 'contacts') return call.require('api_not_for_this_secret', 'contacts' in known.holder)
  call.require('contact_secret_reads_details', 'app' in known.holder)
  call.require('app_disabled', wecom.settings.appEnabled)
}

/** How often one API may be called in a minute, and how often at the same time. */
export function limitRate(call: Call, endpoint: Endpoint): void {
  const { windows, clock, settings, underWay } = call.wecom
  call.require('concurrency_exceeded', (underWay.get(endpoint.path) ?? 0) <= settings.concurrencyMax)
  const waitMs = msToWait(windows, `api ${endpoint.path}`, clock.now(), settings.callsPerMinuteMax, MINUTE_MS)
  call.require('rate_exceeded', waitMs === 0)
}

/** An app sends and redraws in its own name only. */
export function requireOwnAgent(call: Call): void {
  const agentId = call.body['agentid']
  call.require('agent_id_not_integer', Number.isInteger(agentId))
  call.require('agent_of_another_token', agentId === call.app.agentId)
}
