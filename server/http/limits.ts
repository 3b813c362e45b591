import type { Context, Next } from 'koa'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Refusal } from '#contract'
import { sharing } from '#contract/engines/shares'
import { signIn } from '#contract/modules/org'
import { remembers } from '#kernel/memory'
import type { RequestState } from './request-state.ts'

const signInPath = `/api${signIn.endpoints.signIn.path}`
const sharedPath = `/api${sharing.endpoints.shared.path.replace(/:.*$/, '')}`

const limiters = () => ({
  // Per process: with several side by side a person has several times as much, which still stops a flood.
  perPerson: new RateLimiterMemory({ points: 600, duration: 60 }),
  // A whole company may come from one address, and all of it opens the app at nine.
  signIns: new RateLimiterMemory({ points: 120, duration: 60 }),
  // A shared document is opened now and then; who asks by the hundred is trying addresses.
  openings: new RateLimiterMemory({ points: 60, duration: 60 }),
})
let taken = limiters()
remembers(() => (taken = limiters()))

/** Keeps one flooding caller from slowing everyone: 600 calls a minute for a person; 120 sign-ins and 60 shared documents from an address. */
export async function limitRequests(ctx: Context & { state: RequestState }, next: Next): Promise<void> {
  const caller = ctx.state.caller
  if (isShared(ctx.path)) await take(taken.openings, ctx.ip)
  else if (caller) await take(taken.perPerson, caller.personId)
  else if (ctx.method === 'POST' && ctx.path === signInPath) await take(taken.signIns, ctx.ip)
  await next()
}

/** As the router sees it: in capitals too. */
const isShared = (path: string): boolean => path.toLowerCase().startsWith(sharedPath)

async function take(limiter: RateLimiterMemory, who: string): Promise<void> {
  await limiter.consume(who).catch((reached: { msBeforeNext?: number }) => {
    throw new Refusal('too_many', { seconds: Math.ceil((reached.msBeforeNext ?? 1000) / 1000) })
  })
}
