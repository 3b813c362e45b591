import type { Client } from '@larksuiteoapi/node-sdk'
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '#contract'
import type { PageSignature } from '#contract/modules/org'
import type { FeishuSettings } from './settings.ts'

const Ticket = z.object({ code: z.literal(0), data: z.object({ ticket: z.string(), expire_in: z.number() }) })
type Held = { ticket: string; expiresAtMs: number }

/** A ticket is asked for anew a little before it ends, so that none runs out under a page that was just signed. */
const marginMs = 5 * 60_000

/** Signs the addresses of pages with the app's ticket, which is asked for once and kept until it ends. */
export function pageSigner(client: Client, { appId }: FeishuSettings): (url: string) => Promise<PageSignature> {
  let held: Promise<Held> | undefined
  const ticketAt = async (nowMs: number): Promise<string> => {
    const known = await held?.catch(() => undefined)
    if (known && nowMs < known.expiresAtMs - marginMs) return known.ticket
    held = askForTicket(client, nowMs)
    return (await held).ticket
  }
  return async (url) => {
    const timestamp = Date.now()
    const nonceStr = randomBytes(16).toString('hex')
    const signature = signatureOf({ ticket: await ticketAt(timestamp), nonceStr, timestamp, url })
    return { appId, timestamp, nonceStr, signature }
  }
}

type Signed = { ticket: string; nonceStr: string; timestamp: number; url: string }

/** As Feishu's client works it out: the address counts without what follows its `#`. */
export const signatureOf = ({ ticket, nonceStr, timestamp, url }: Signed): string =>
  createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url.replace(/#.*$/, '')}`)
    .digest('hex')

async function askForTicket(client: Client, nowMs: number): Promise<Held> {
  const answer: unknown = await client
    .request({ method: 'POST', url: '/open-apis/jssdk/ticket/get', data: {} })
    .catch(() => undefined)
  const parsed = Ticket.safeParse(answer)
  if (!parsed.success) throw new Refusal('busy')
  const { ticket, expire_in: seconds } = parsed.data.data
  return { ticket, expiresAtMs: nowMs + seconds * 1000 }
}
