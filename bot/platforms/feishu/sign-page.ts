import type { Client } from '@larksuiteoapi/node-sdk'
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '#contract'
import type { PageSignature } from '#contract/modules/org'
import { held, type Loan } from '../held.ts'
import type { FeishuSettings } from './settings.ts'

const Ticket = z.object({ code: z.literal(0), data: z.object({ ticket: z.string(), expire_in: z.number() }) })

/** Signs the addresses of pages with the app's ticket, which is asked for once and kept until it ends. */
export function pageSigner(client: Client, { appId }: FeishuSettings): (url: string) => Promise<PageSignature> {
  const ticket = held(() => askForTicket(client))
  return async (url) => {
    const timestamp = Date.now()
    const nonceStr = randomBytes(16).toString('hex')
    const signature = signatureOf({ ticket: await ticket.get(), nonceStr, timestamp, url })
    return { appId, timestamp, nonceStr, signature }
  }
}

type Signed = { ticket: string; nonceStr: string; timestamp: number; url: string }

/** As Feishu's client works it out: the address counts without what follows its `#`. */
export const signatureOf = ({ ticket, nonceStr, timestamp, url }: Signed): string =>
  createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url.replace(/#.*$/, '')}`)
    .digest('hex')

async function askForTicket(client: Client): Promise<Loan> {
  const answer: unknown = await client
    .request({ method: 'POST', url: '/open-apis/jssdk/ticket/get', data: {} })
    .catch(() => undefined)
  const parsed = Ticket.safeParse(answer)
  if (!parsed.success) throw new Refusal('busy')
  const { ticket: value, expire_in: seconds } = parsed.data.data
  return { value, seconds }
}
