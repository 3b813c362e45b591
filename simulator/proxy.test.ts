import type { IncomingMessage, ServerResponse } from 'node:http'

import { afterEach, expect, test } from 'vitest'

import { aCallbackServer, aTenant } from './feishu/test-tenant.ts'
import { onOrigin } from './test-origin.ts'
import type { Tenant } from './feishu/test-tenant.ts'

let tenant: Tenant
let close: (() => Promise<void>) | undefined
afterEach(async () => {
  await tenant.close()
  await close?.()
  close = undefined
})

/** A product app that answers so; gives a way to open its pages on xiaoli's phone. */
async function app(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = await aCallbackServer(answer)
  close = server.close
  tenant = await aTenant({ simulator: { appUrl: server.url } })
  return {
    appUrl: server.url,
    open: (path: string, headers: Record<string, string> = {}, body?: string) =>
      onOrigin(tenant.url, tenant.originOf('xiaoli'), path, body, headers),
  }
}

function page(response: ServerResponse, html: string): void {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(html)
}

test("the client's script comes before the first script of the app, from the app's own origin", async () => {
  const { open } = await app((_, response) =>
    page(response, '<html><head><script src="/app.js"></script></head></html>'),
  )
  const { text } = await open('/')
  expect(text).toBe(
    '<html><head><script src="/__feishu/h5-js-sdk.js"></script><script src="/app.js"></script></head></html>',
  )
  expect((await open('/__feishu/h5-js-sdk.js')).text).toContain('window.h5sdk')
})

test('the app sees the client in the user agent, and is asked for plain bytes', async () => {
  let seen: IncomingMessage['headers'] = {}
  const { open } = await app((request, response) => {
    seen = request.headers
    response.end()
  })
  await open('/', { 'user-agent': 'Mozilla/5.0', 'accept-encoding': 'gzip' })
  expect(seen['user-agent']).toBe('Mozilla/5.0 Lark/7.30 LarkLocale/zh_CN ChannelName/Feishu')
  expect(seen['accept-encoding']).toBe('identity')
})

test('no connection is kept to an app that has answered, so that it can stop at once', async () => {
  let seen: IncomingMessage['headers'] = {}
  const { open } = await app((request, response) => {
    seen = request.headers
    response.end()
  })
  await open('/', { connection: 'keep-alive' })
  expect(seen.connection).toBe('close')
})

test('a write from the phone carries the origin of the app, a foreign one stays foreign', async () => {
  const origins: unknown[] = []
  const { open, appUrl } = await app((request, response) => {
    origins.push(request.headers.origin)
    response.end()
  })
  await open('/api/orders', { origin: tenant.originOf('xiaoli') }, '{}')
  await open('/api/orders', { origin: 'http://evil.example' }, '{}')
  expect(origins).toEqual([new URL(appUrl).origin, 'http://evil.example'])
})

test('each phone keeps cookies of its own, until the app takes them back', async () => {
  const seen: unknown[] = []
  const { open } = await app((request, response) => {
    seen.push(request.headers.cookie)
    if (request.url === '/in') response.setHeader('set-cookie', ['session=s1; HttpOnly; SameSite=Lax', 'theme=dark'])
    if (request.url === '/out') response.setHeader('set-cookie', 'session=; Max-Age=0')
    response.end()
  })
  const answer = await open('/in')
  await open('/out')
  await open('/')
  await onOrigin(tenant.url, tenant.originOf('wangjie'), '/')
  expect(seen).toEqual([undefined, 'session=s1; theme=dark', 'theme=dark', undefined])
  expect(answer.headers['set-cookie']).toBeUndefined()
})

test("the app's policy stays in force but for the frame", async () => {
  const { open } = await app((_, response) => {
    response.setHeader('content-security-policy', "default-src 'self'; frame-ancestors 'none'; script-src 'self'")
    response.setHeader('x-frame-options', 'DENY')
    page(response, '<html></html>')
  })
  const { headers } = await open('/')
  expect(headers['content-security-policy']).toBe("default-src 'self';  script-src 'self'")
  expect(headers['x-frame-options']).toBeUndefined()
})

test('a redirect of the app stays on the phone', async () => {
  const { open } = await app((request, response) => {
    response.statusCode = 302
    response.setHeader('location', `http://${request.headers.host}/orders`)
    response.end()
  })
  expect((await open('/')).headers['location']).toBe(`${tenant.originOf('xiaoli')}/orders`)
})

test('an app that is not running is said to be so', async () => {
  tenant = await aTenant()
  expect(await onOrigin(tenant.url, tenant.originOf('xiaoli'), '/')).toMatchObject({ status: 502 })
})

test('the control interface gives the address of the app on a phone', async () => {
  tenant = await aTenant()
  const answer = await tenant.control('GET', '/feishu/people/xiaoli/app?path=/orders/1')
  expect(answer).toEqual({ url: `${tenant.originOf('xiaoli')}/orders/1` })
})
