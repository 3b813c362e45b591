import { randomBytes } from 'node:crypto'
import type Router from '@koa/router'
import type { Context } from 'koa'
import { Refusal } from '#contract'
import { type PlatformName, signIn as contract } from '#contract/modules/org'
import { systemCaller } from '#kernel/caller'
import { ask, perform } from '#kernel/perform'
import { callerOf, openSession, personByStableId, type SignIn } from '#server/modules/org'
import { callerOfRequest, inputOf } from './serve.ts'
import type { RequestState } from './request-state.ts'
import { keepSession } from './session.ts'

const stateCookie = 'yidan_sign_in'

/** Signing in: the platform is asked first, outside any transaction; then a session is opened for the person it vouched for. */
export function serveSignIn(router: Router<RequestState>, ways: SignIn[]): void {
  const wayOf = ({ platform, appId }: { platform: PlatformName; appId?: string | undefined }): SignIn => {
    const way = ways.find((one) => one.platform === platform && (appId === undefined || one.appId === appId))
    if (!way) throw new Refusal('unknown_platform')
    return way
  }
  const { platforms, address, signIn, signPage } = contract.endpoints

  router.get(platforms.path, (ctx) => {
    ctx.body = platforms.output.parse({
      platforms: ways.map(({ platform, appId, corpId, name, script }) => ({ platform, appId, corpId, name, script })),
    })
  })

  router.get(address.path, (ctx) => {
    const input = address.input.parse(inputOf(ctx, address))
    assertOwn(ctx, 'redirectUri', input.redirectUri)
    const state = randomBytes(16).toString('hex')
    ctx.cookies.set(stateCookie, state, { httpOnly: true, sameSite: 'lax', secure: ctx.secure, maxAge: 600_000 })
    ctx.body = { url: wayOf(input).address(input.redirectUri, state, ctx.get('User-Agent')) }
  })

  router.post(signIn.path, async (ctx) => {
    const input = signIn.input.parse(inputOf(ctx, signIn))
    // A code that came back through a redirect must belong to the sign-in that this browser began.
    if (input.redirectUri && (!input.state || input.state !== ctx.cookies.get(stateCookie)))
      throw new Refusal('sign_in_failed')
    const vouched = await wayOf(input).exchange(input.code, input.redirectUri)
    const at = new Date()
    const personId = await ask(
      systemCaller(at),
      (tx) => personByStableId(tx, vouched.platform, vouched.tenant, vouched.stableId),
      undefined,
    )
    if (!personId) throw new Refusal('unknown_person')
    const caller = await ask(systemCaller(at), (tx) => callerOf(tx, personId, { via: 'h5', at }), undefined)
    const session = await perform(caller, openSession, { platform: vouched.platform, userAgent: ctx.get('User-Agent') })
    keepSession(ctx, session)
    ctx.body = { person: { id: caller.personId, name: caller.name } }
  })

  router.get(signPage.path, async (ctx) => {
    callerOfRequest(ctx, signPage)
    const input = signPage.input.parse(inputOf(ctx, signPage))
    assertOwn(ctx, 'url', input.url)
    ctx.body = signPage.output.parse(await wayOf(input).signPage(input.url))
    ctx.set('Cache-Control', 'no-store')
  })
}

/** Refuses an address that is not one of this app's own: of the host that was called, over the web. */
function assertOwn(ctx: Context, field: string, address: string): void {
  const { host, protocol } = new URL(address)
  if (host !== ctx.host || !['http:', 'https:'].includes(protocol))
    throw new Refusal('malformed', {}, [{ field, message: '必须是本应用的地址 / must be an address of this app' }])
}
