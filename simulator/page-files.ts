import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'

import type Koa from 'koa'

const NAMED_BY_CONTENT = '/assets/'

/** Serves the built page; a folder without one is answered in words. */
export function pageFiles(folder: string): Koa.Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next()
    const path = ctx.path === '/' ? '/index.html' : ctx.path
    const file = join(folder, normalize(path))
    const bytes = file.startsWith(folder) ? await readFile(file).catch(() => undefined) : undefined
    if (bytes) {
      ctx.type = extname(file)
      ctx.set('cache-control', path.startsWith(NAMED_BY_CONTENT) ? 'max-age=31536000, immutable' : 'no-cache')
      ctx.body = bytes
      return
    }
    if (ctx.path !== '/') return next()
    ctx.status = 503
    ctx.body = 'The simulator runs, but its page is not built: npm run build.'
  }
}
