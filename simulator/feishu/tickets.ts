import { createHash, randomBytes } from 'node:crypto'

import type { Fields } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'

const TICKET_LIFE_S = 7200
const SIGNATURE_LIFE_MS = 10 * 60_000

export const ticketEndpoints: Endpoint[] = [
  { method: 'POST', path: '/open-apis/jssdk/ticket/get', token: 'tenant', answer: jsapiTicket },
  { method: 'GET', path: '/open-apis/jssdk/ticket/get', token: 'tenant', answer: jsapiTicket },
]

function jsapiTicket(call: Call): Fields {
  const { feishu, app } = call
  const now = feishu.clock.now()
  const current = [...feishu.tickets].find(([, ticket]) => ticket.appId === app.appId && ticket.expiresAt > now)
  if (current) return { ticket: current[0], expire_in: Math.floor((current[1].expiresAt - now) / 1000) }
  const ticket = randomBytes(20).toString('hex')
  feishu.tickets.set(ticket, { appId: app.appId, expiresAt: now + TICKET_LIFE_S * 1000 })
  return { ticket, expire_in: TICKET_LIFE_S }
}

/** Checks what a page hands to `h5sdk.config`, on the address of that page. */
export function checkJsapiConfig(call: Call, pageUrl: string): void {
  const { feishu } = call
  const url = pageUrl.replace(/#.*$/, '')
  const trusted = feishu.settings.trustedOrigins?.includes(new URL(url).origin) ?? true
  call.require('jsapi_untrusted_origin', trusted)

  const nonce = call.text('nonceStr')
  const timestamp = String(call.body['timestamp'] ?? '')
  const signature = call.text('signature')
  const signing = [...feishu.tickets].find(
    ([ticket]) => signature === sha1(`jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${url}`),
  )
  call.require('jsapi_signature_wrong', signing)
  call.require('jsapi_ticket_of_another_app', signing[1].appId === call.text('appId'))
  // Pages give seconds or milliseconds; both are seen in the field.
  const signedAt = Number(timestamp) * (timestamp.length > 10 ? 1 : 1000)
  call.require('jsapi_signature_expired', Math.abs(feishu.clock.now() - signedAt) <= SIGNATURE_LIFE_MS)
  call.require('jsapi_signature_used', !feishu.usedSignatures.has(signature))
  feishu.usedSignatures.add(signature)
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
