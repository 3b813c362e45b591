import { send } from '@koa/send'
import type { Context, Middleware, Next } from 'koa'
import { isApi } from './problem.ts'

/** The mini-app's files: assets by their hashed names for ever, every other path the page itself, so that the app's own routes open. */
export function serveFiles(folder: string): Middleware {
  return async (ctx: Context, next: Next) => {
    if ((ctx.method !== 'GET' && ctx.method !== 'HEAD') || isApi(ctx.path)) return next()
    if (ctx.path.startsWith('/assets/')) {
      await send(ctx, ctx.path, { root: folder, immutable: true, maxage: 31_536_000_000 })
      return
    }
    const isFile = /\.\w+$/.test(ctx.path)
    await send(ctx, isFile ? ctx.path : '/index.html', { root: folder, maxage: 0 })
    if (!isFile) ctx.set('Cache-Control', 'no-cache')
    // A document that was shared is for whoever has its address, and for no search engine.
    if (ctx.path.startsWith('/s/')) ctx.set('X-Robots-Tag', 'noindex, nofollow')
  }
}
