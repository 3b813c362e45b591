import type { Context, Next } from 'koa'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Refusal } from '#contract'
import type { RequestState } from './serve.ts'

// Per process: with several side by side a person has several times as much, which still stops a flood.
const perPerson = new RateLimiterMemory({ points: 600, duration: 60 })
const signIns = new RateLimiterMemory({ points: 20, duration: 60 })

/** Keeps one flooding caller from slowing everyone: 600 calls a minute for a person, 20 sign-ins a minute from an address. */
export async function limitRequests(ctx: Context & { state: RequestState }, next: Next): Promise<void> {
  const caller = ctx.state.caller
  if (caller) await take(perPerson, caller.personId)
  else if (ctx.method === 'POST') await take(signIns, ctx.ip)
  await next()
}

async function take(limiter: RateLimiterMemory, who: string): Promise<void> {
  await limiter.consume(who).catch((reached: { msBeforeNext?: number }) => {
    throw new Refusal('too_many', { seconds: Math.ceil((reached.msBeforeNext ?? 1000) / 1000) })
  })
}
