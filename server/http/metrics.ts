import type Router from '@koa/router'
import type { Context, Next } from 'koa'
import { collectDefaultMetrics, Histogram, register } from 'prom-client'

collectDefaultMetrics()
const durations = new Histogram({
  name: 'http_request_seconds',
  help: 'How long requests took, by route',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
})

/** Times every request under its route, never under its address, so that the number of series stays bounded. */
export async function measure(ctx: Context, next: Next): Promise<void> {
  const stop = durations.startTimer()
  await next()
  const route = (ctx as { _matchedRoute?: string | RegExp })._matchedRoute // set by the router
  stop({ method: ctx.method, route: String(route ?? 'none'), status: ctx.status })
}

export function serveMetrics(router: Router): void {
  router.get('/metrics', async (ctx) => {
    ctx.type = register.contentType
    ctx.body = await register.metrics()
  })
}
