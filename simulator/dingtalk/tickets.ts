import { createHash, randomBytes } from 'node:crypto'

import type { Call, Endpoint } from './call.ts'

const TICKET_LIFE_S = 7200

export const ticketEndpoints: Endpoint[] = [
  {
    ...{ family: 'new', method: 'POST', path: '/v1.0/oauth2/jsapiTickets', token: 'app', isFree: true },
    answer: (call) => {
      const { ticket, lifeS } = ticketOf(call)
      return { jsapiTicket: ticket, expireIn: lifeS }
    },
  },
  {
    ...{ family: 'old', method: 'GET', path: '/get_jsapi_ticket', token: 'app', isFree: true },
    answer: (call) => {
      const { ticket, lifeS } = ticketOf(call)
      return { ticket, expires_in: lifeS }
    },
  },
]

/** The same ticket as long as it lives. */
function ticketOf(call: Call): { ticket: string; lifeS: number } {
  const { dingtalk, app } = call
  const now = dingtalk.clock.now()
  const current = [...dingtalk.tickets].find(([, ticket]) => ticket.app === app && ticket.expiresAt > now)
  if (current) return { ticket: current[0], lifeS: Math.ceil((current[1].expiresAt - now) / 1000) }
  const ticket = randomBytes(20).toString('hex')
  dingtalk.tickets.set(ticket, { app, expiresAt: now + TICKET_LIFE_S * 1000 })
  return { ticket, lifeS: TICKET_LIFE_S }
}

/** Checks what a page hands to `dd.config`, on the address of that page or on that by which it was entered. */
export function checkJsapiConfig(call: Call, pageUrls: string[]): void {
  const { dingtalk } = call
  const app = dingtalk.apps.find((each) => each.agentId === call.text('agentId'))
  call.require('jsapi_agent_unknown', app)
  call.require('jsapi_corp_wrong', call.text('corpId') === dingtalk.corpId)
  const nonce = call.text('nonceStr')
  const timestamp = call.text('timeStamp')
  const tickets = [...dingtalk.tickets].filter(([, ticket]) => ticket.app === app)
  const signing = tickets.find(([ticket]) =>
    pageUrls.some((url) =>
      signaturesOf(
        `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${withReadableQuery(url)}`,
      ).includes(call.text('signature')),
    ),
  )
  call.require('jsapi_signature_wrong', signing)
  call.require('jsapi_ticket_expired', signing[1].expiresAt > dingtalk.clock.now())
}

/** Current samples of the platform hash with SHA-256, older ones with SHA-1; the client takes both. */
function signaturesOf(text: string): string[] {
  return ['sha256', 'sha1'].map((algorithm) => createHash(algorithm).update(text).digest('hex'))
}

function withReadableQuery(url: string): string {
  const [address = '', ...query] = url.replace(/#.*$/, '').split('?')
  return query.length === 0 ? address : `${address}?${decodeURIComponent(query.join('?'))}`
}
