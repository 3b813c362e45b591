import { z } from 'zod'

import { Unable } from '../platform.ts'
import type { Fields } from '../request-body.ts'
import { call, echoCheck } from './callbacks.ts'
import { rename } from './directory.ts'
import { mainApp } from './state.ts'
import type { Wecom } from './state.ts'

const ECHO_MS = 1000

/** What can be switched; `null` takes a restriction away. */
const Changes = z.strictObject({
  appEnabled: z.boolean().optional(),
  trustedIps: z.array(z.string()).nullable().optional(),
  trustedOrigins: z.array(z.string()).nullable().optional(),
  visible: z.array(z.string()).nullable().optional(),
  unlicensed: z.array(z.string()).optional(),
  /** Where callbacks go; asked to decrypt an echo before it is kept. */
  callbackUrl: z.url().nullable().optional(),
  concurrencyMax: z.number().int().min(1).optional(),
  callsPerMinuteMax: z.number().int().min(1).optional(),
  /** Another userid for somebody, by key. */
  userIds: z.record(z.string(), z.string().min(1)).optional(),
})

/** Changes the switches of app and company. Answers all of them. */
export async function configure(wecom: Wecom, changes: Fields): Promise<Fields> {
  const parsed = Changes.safeParse(changes)
  if (!parsed.success) throw new Unable(400, z.prettifyError(parsed.error))
  const { userIds = {}, ...switches } = parsed.data
  if (switches.callbackUrl && !(await echoes(wecom, switches.callbackUrl))) {
    throw new Unable(422, `${switches.callbackUrl} did not decrypt the echo within 1 s`)
  }
  for (const [key, userId] of Object.entries(userIds)) rename(wecom, key, userId)
  const cleared = Object.entries(switches).map(([name, value]) => [name, value ?? undefined])
  Object.assign(wecom.settings, Object.fromEntries(cleared))
  return { ...wecom.settings }
}

/** Calls a new address as the console does when it is saved: it must answer the very words, without a newline. */
async function echoes(wecom: Wecom, url: string): Promise<boolean> {
  const check = echoCheck(mainApp(wecom), wecom.corpId, url, wecom.clock.now())
  const answer = await Promise.race([call(check.url), wecom.clock.wait(ECHO_MS)])
  const holds = answer?.kind === 'answered' && answer.status === 200 && answer.text === check.words
  wecom.log.add({
    at: new Date(wecom.clock.now()).toISOString(),
    way: 'callback',
    by: 'http',
    title: 'url verification',
    status: answer?.kind === 'answered' ? answer.status : 0,
    tookMs: 0,
    checks: [{ what: 'the echo was decrypted within 1 s', holds }],
    request: { url: check.url },
    answer: answer?.kind === 'answered' ? answer.text : 'no answer',
  })
  return holds
}
