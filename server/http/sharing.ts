import type Router from '@koa/router'
import { sharing } from '#contract/engines/shares'
import { systemCaller } from '#kernel/caller'
import { perform } from '#kernel/perform'
import { openShareLink } from '#server/engines/shares'
import type { RequestState } from './request-state.ts'
import { inputOf } from './serve.ts'

/** Documents that customers were given the address of. Nobody keeps the answer, and no search engine lists it. */
export function serveSharing(router: Router<RequestState>): void {
  const { shared } = sharing.endpoints
  router.get(shared.path, async (ctx) => {
    ctx.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' })
    const input = shared.input.parse(inputOf(ctx, shared))
    ctx.body = shared.output.parse(await perform(systemCaller(new Date()), openShareLink, input))
  })
}
