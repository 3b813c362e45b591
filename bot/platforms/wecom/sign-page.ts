import { getJsApiSignature } from '@wecom/crypto'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '#contract'
import type { PageSignature } from '#contract/modules/org'
import { held } from '../held.ts'
import type { WecomApi } from './api.ts'
import type { WecomSettings } from './settings.ts'

const Ticket = z.object({ ticket: z.string().min(1), expires_in: z.number() })

/** Signs the addresses of pages twice, for the company and for the app: each has a ticket, which is asked for once and kept until it ends. */
export function pageSigner(api: WecomApi, { corpId, agentId }: WecomSettings): (url: string) => Promise<PageSignature> {
  const ticketFrom = (path: string, query: Record<string, string> = {}) =>
    held(async () => {
      const { ticket, expires_in: seconds } = await api(path, { query }, Ticket)
      return { value: ticket, seconds }
    })
  const ofCompany = ticketFrom('/cgi-bin/get_jsapi_ticket')
  const ofApp = ticketFrom('/cgi-bin/ticket/get', { type: 'agent_config' })
  return async (url) => {
    const nonceStr = randomBytes(16).toString('hex')
    const timestamp = Math.floor(Date.now() / 1000)
    const tickets = await Promise.all([ofCompany.get(), ofApp.get()]).catch(() => {
      throw new Refusal('busy')
    })
    const [signature, appSignature] = tickets.map(
      (ticket) => getJsApiSignature({ ticket, nonceStr, timestamp, url: url.replace(/#.*$/, '') }).signature,
    )
    if (!signature || !appSignature) throw new Refusal('busy')
    return { appId: corpId, timestamp, nonceStr, signature, agent: { id: agentId, signature: appSignature } }
  }
}
