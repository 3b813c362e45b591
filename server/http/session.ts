import type { Context, Next } from 'koa'
import { callerOfSession } from '#server/modules/org'
import { ask } from '#kernel/perform'
import { systemCaller } from '#kernel/caller'
import { languageOf } from './problem.ts'
import type { RequestState } from './request-state.ts'

const cookie = 'yidan_session'

/** Finds out who is calling, from the session cookie; rights are read anew for every request. */
export async function identify(ctx: Context & { state: RequestState }, next: Next): Promise<void> {
  const token = ctx.cookies.get(cookie)
  if (token) {
    const at = new Date()
    const lang = ctx.get('Accept-Language') ? languageOf(ctx) : undefined
    ctx.state.caller = await ask(
      systemCaller(at),
      (tx) => callerOfSession(tx, token, { via: 'h5', at, lang }),
      undefined,
    )
  }
  await next()
}

/** The cookie is for this origin only; over TLS it never travels in the clear. */
export function keepSession(ctx: Context, session: { token: string; expiresAt: Date } | undefined): void {
  ctx.cookies.set(cookie, session?.token ?? null, {
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.secure,
    expires: session?.expiresAt,
    path: '/',
  })
}
