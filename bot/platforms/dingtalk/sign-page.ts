import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '#contract'
import type { PageSignature } from '#contract/modules/org'
import { held } from '../held.ts'
import { type DingTalkHttp, understood } from './http.ts'
import type { DingTalkSettings } from './settings.ts'

const Ticket = z.object({ jsapiTicket: z.string().min(1), expireIn: z.number() })

/** Signs the addresses of pages with the company's ticket, which is asked for once and kept until it ends. */
export function pageSigner(settings: DingTalkSettings, http: DingTalkHttp): (url: string) => Promise<PageSignature> {
  const { clientId: appId, corpId, agentId } = settings
  const ticket = held(async () => {
    const what = 'a ticket for pages'
    const answer = await http.call({ what, method: 'POST', path: '/v1.0/oauth2/jsapiTickets', body: {} })
    const { jsapiTicket, expireIn } = understood(what, Ticket, answer)
    return { value: jsapiTicket, seconds: expireIn }
  })
  return async (url) => {
    const timestamp = Date.now()
    const nonceStr = randomBytes(16).toString('hex')
    const signature = signatureOf({ ticket: await ticket.get().catch(notNow), nonceStr, timestamp, url })
    return { appId, corpId, agentId, timestamp, nonceStr, signature }
  }
}

type Signed = { ticket: string; nonceStr: string; timestamp: number; url: string }

/** As DingTalk's client works it out: over the address without what follows its `#`, its query decoded. */
export const signatureOf = ({ ticket, nonceStr, timestamp, url }: Signed): string =>
  createHash('sha256')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${readable(url)}`)
    .digest('hex')

function readable(url: string): string {
  const [address = '', query] = url.replace(/#.*$/, '').split(/\?(.*)/s)
  return query ? `${address}?${decoded(query)}` : address
}

function decoded(query: string): string {
  try {
    return decodeURIComponent(query)
  } catch {
    return query
  }
}

function notNow(): never {
  throw new Refusal('busy')
}
