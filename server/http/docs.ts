import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type Router from '@koa/router'
import { send } from '@koa/send'
import { Refusal } from '#contract'
import { documentFor, registeredDocuments } from '#server/engines/forms'
import { ask } from '#kernel/perform'
import { openApi } from './openapi.ts'
import type { RequestState } from './request-state.ts'

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
const starter = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', validatorUrl: null })\n`

/** /openapi.json for the signed-in viewer, and /docs to read and try it. */
export function serveDocs(router: Router<RequestState>): void {
  router.get('/openapi.json', async (ctx) => {
    const caller = ctx.state.caller
    if (!caller) throw new Refusal('not_signed_in')
    const documents = await ask(
      caller,
      (tx) => Promise.all(registeredDocuments().map(({ name }) => documentFor(tx, name))),
      undefined,
    )
    ctx.body = openApi(caller, documents)
  })
  router.get('/docs', async (ctx) => {
    const page = await readFile(join(swagger, 'index.html'), 'utf8')
    ctx.type = 'html'
    ctx.body = page.replaceAll(/(href|src)="\.?\/?([\w.-]+)"/g, '$1="/docs/$2"')
  })
  router.get('/docs/swagger-initializer.js', (ctx) => {
    ctx.type = 'text/javascript'
    ctx.body = starter
  })
  router.get('/docs/:file', async (ctx) => {
    await send(ctx, ctx.params['file'] ?? '', { root: swagger })
  })
}
