import { z } from 'zod'

import { Unable } from '../platform.ts'
import type { Fields } from '../request-body.ts'
import { challenge } from './callbacks.ts'
import { mainApp } from './state.ts'
import type { Feishu } from './state.ts'

const CHALLENGE_MS = 1000

/** What can be switched; `null` takes a restriction away. */
const Changes = z.strictObject({
  botEnabled: z.boolean().optional(),
  scopes: z.array(z.string()).nullable().optional(),
  allowedIps: z.array(z.string()).nullable().optional(),
  available: z.array(z.string()).nullable().optional(),
  contactScopeIsAll: z.boolean().optional(),
  quotaLeft: z.number().int().nullable().optional(),
  trustedOrigins: z.array(z.string()).nullable().optional(),
  blockedBy: z.array(z.string()).optional(),
  /** Addresses for events and clicks; each is asked to echo a challenge before it is kept. */
  eventUrl: z.url().nullable().optional(),
  cardUrl: z.url().nullable().optional(),
})

/** Changes the switches of app and tenant. Answers all of them. */
export async function configure(feishu: Feishu, changes: Fields): Promise<Fields> {
  const parsed = Changes.safeParse(changes)
  if (!parsed.success) throw new Unable(400, z.prettifyError(parsed.error))
  for (const url of new Set([parsed.data.eventUrl, parsed.data.cardUrl])) {
    if (url && !(await challenge(mainApp(feishu), url, feishu.clock.wait(CHALLENGE_MS)))) {
      throw new Unable(422, `${url} did not echo the challenge within 1 s`)
    }
  }
  const cleared = Object.entries(parsed.data).map(([name, value]) => [name, value ?? undefined])
  Object.assign(feishu.settings, Object.fromEntries(cleared))
  return { ...feishu.settings }
}
