import Router from '@koa/router'
import Koa from 'koa'
import compress from 'koa-compress'
import type { Actions } from '#kernel/perform'
import { config } from '#kernel/config'
import { log } from '#kernel/log'
import { databaseAnswers } from '#kernel/ready'
import { parseBodies } from './bodies.ts'
import { served } from './contracts.ts'
import { serveDocs } from './docs.ts'
import { serveFiles } from './files.ts'
import { secureHeaders } from './headers.ts'
import { hasHungUp } from './hung-up.ts'
import { answerWithin } from './in-time.ts'
import { limitRequests } from './limits.ts'
import { measure, serveMetrics } from './metrics.ts'
import { problems } from './problem.ts'
import { serve } from './serve.ts'
import type { RequestState } from './request-state.ts'
import { identify } from './session.ts'
import type { SignIn } from '#server/modules/org'
import { serveSharing } from './sharing.ts'
import { serveSignIn } from './sign-in.ts'

/** A part that brings routes of its own and must see the raw body: the platforms' callbacks. */
export type RawRoutes = (router: Router) => void

/** No request waits longer than ten seconds, all in all. */
const patienceMs = 9_000

/** The Koa application: API, sign-in, callbacks, documentation, health, and the mini-app's files. */
export function createApp(parts: { signIn: SignIn[]; callbacks?: RawRoutes; appFolder?: string }): Koa {
  const app = new Koa({ proxy: config.TRUST_PROXY })
  // What goes wrong while an answer is on its way.
  app.on('error', (error: unknown) =>
    hasHungUp(error) ? log.debug('the caller has hung up') : log.warn({ err: error }, 'answering'),
  )
  app.use(measure)
  app.use(secureHeaders(parts.signIn.map((way) => way.platform)))
  app.use(problems)
  app.use(compress({ threshold: 1024 }))
  app.use(answerWithin(patienceMs))

  const raw = new Router()
  parts.callbacks?.(raw)
  raw.get('/healthz', (ctx) => (ctx.body = { ok: true }))
  raw.get('/readyz', async (ctx) => {
    await databaseAnswers()
    ctx.body = { ok: true }
  })
  serveMetrics(raw)
  app.use(raw.routes())

  app.use(parseBodies)
  app.use(identify)
  app.use(limitRequests)
  const api = new Router<RequestState>({ prefix: '/api' })
  serveSignIn(api, parts.signIn)
  serveSharing(api)
  // The list pairs each contract with its own actions; `serve` was type-checked where the actions were written.
  for (const { contract, actions } of served) serve(api, contract, actions as unknown as Actions<typeof contract>)
  app.use(api.routes())
  const docs = new Router<RequestState>()
  serveDocs(docs)
  app.use(docs.routes())
  if (parts.appFolder) app.use(serveFiles(parts.appFolder))
  return app
}
