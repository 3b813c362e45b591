import { createHash, randomBytes } from 'node:crypto'

import { msToWait } from '../rates.ts'
import type { Fields } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { mainApp } from './state.ts'
import type { Ticket } from './state.ts'

const TICKET_LIFE_S = 7200
const HOUR_MS = 3_600_000
const PER_HOUR_MAX = 100

export const ticketEndpoints: Endpoint[] = [
  { method: 'GET', path: '/cgi-bin/get_jsapi_ticket', token: 'app', answer: (call) => ticketOf(call, 'corp') },
  { method: 'GET', path: '/cgi-bin/ticket/get', token: 'app', answer: agentTicket },
]

function agentTicket(call: Call): Fields {
  call.require('ticket_type_unknown', call.param('type') === 'agent_config')
  return ticketOf(call, 'agent')
}

/** The same ticket while it is valid. */
function ticketOf(call: Call, kind: Ticket['kind']): Fields {
  const { wecom, app } = call
  const now = wecom.clock.now()
  const waitMs = msToWait(wecom.windows, `ticket ${kind} ${app.agentId}`, now, PER_HOUR_MAX, HOUR_MS)
  call.require('ticket_rate_exceeded', waitMs === 0)
  const current = [...wecom.tickets].find(
    ([, ticket]) => ticket.kind === kind && ticket.agentId === app.agentId && ticket.expiresAt > now,
  )
  if (current) return { ticket: current[0], expires_in: Math.ceil((current[1].expiresAt - now) / 1000) }
  const ticket = randomBytes(40).toString('base64url')
  wecom.tickets.set(ticket, { kind, agentId: app.agentId, expiresAt: now + TICKET_LIFE_S * 1000 })
  return { ticket, expires_in: TICKET_LIFE_S }
}

/** Checks what a page hands to `config` or `agentConfig`, on the address of that page. */
export function checkJsapiConfig(call: Call, kind: Ticket['kind'], pageUrl: string): void {
  const { wecom } = call
  const url = pageUrl.replace(/#.*$/, '')
  call.require('jsapi_untrusted_origin', wecom.settings.trustedOrigins?.includes(new URL(url).origin) ?? true)
  call.require('jsapi_corp_wrong', call.text(kind === 'corp' ? 'verifyAppId' : 'corpid') === wecom.corpId)
  const agentIsRight = kind === 'corp' || call.text('agentid') === String(mainApp(wecom).agentId)
  call.require('jsapi_agent_wrong', agentIsRight)

  const [timestamp, nonce, signature] =
    kind === 'corp' ? ['verifyTimestamp', 'verifyNonceStr', 'verifySignature'] : ['timestamp', 'nonceStr', 'signature']
  const signed = (ticket: string) =>
    createHash('sha1')
      .update(
        `jsapi_ticket=${ticket}&noncestr=${call.text(nonce ?? '')}&timestamp=${call.text(timestamp ?? '')}&url=${url}`,
      )
      .digest('hex')
  const isRight = [...wecom.tickets].some(
    ([text, ticket]) =>
      ticket.kind === kind && ticket.expiresAt > wecom.clock.now() && signed(text) === call.text(signature ?? ''),
  )
  call.require('jsapi_signature_wrong', isRight, `url ${url}`)
}
