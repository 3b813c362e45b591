import { request as httpRequest } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'

import type Koa from 'koa'

import { CookieJar } from './cookie-jar.ts'
import type { Person } from './people.ts'
import type { Platform } from './platform.ts'

/** Headers that concern one hop only, and the encoding, which the injected script would break. */
const DROPPED = [
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'x-frame-options',
  'set-cookie',
]

/**
 * Serves the product's app on a person's own origin, as the web view of his chat client does: with the client's user
 * agent, his own cookies, and the client's script before the first script of the app.
 */
export function phoneProxy(appUrl: string) {
  const jars = new Map<string, CookieJar>()
  return async (ctx: Koa.Context, person: Person, platform: Platform): Promise<void> => {
    if (ctx.path.startsWith(platform.clientFolder)) return platform.client(person, ctx)
    const jar = jars.get(person.key) ?? new CookieJar()
    jars.set(person.key, jar)
    const answer = await forward(ctx, appUrl, platform.userAgent, jar).catch(() => undefined)
    if (!answer) {
      ctx.status = 502
      ctx.body = '应用还没有启动 · The app is not running'
      return
    }
    jar.take(answer.headers['set-cookie'] ?? [])
    ctx.status = answer.statusCode ?? 502
    copyHeaders(ctx, answer.headers, appUrl)
    const isPage = String(answer.headers['content-type']).includes('text/html')
    ctx.body = isPage ? withScript(await wholeText(answer), `${platform.clientFolder}h5-js-sdk.js`) : answer
  }
}

function forward(ctx: Koa.Context, appUrl: string, userAgent: string, jar: CookieJar): Promise<IncomingMessage> {
  const target = new URL(ctx.originalUrl, appUrl)
  const headers: Record<string, string | string[] | undefined> = {
    ...ctx.headers,
    host: target.host,
    connection: 'close', // one left open would make the app wait for its last words whenever it stops
    'accept-encoding': 'identity',
    'user-agent': `${ctx.get('user-agent')} ${userAgent}`,
    cookie: jar.line(),
    'x-forwarded-host': ctx.host,
    'x-forwarded-for': ctx.ip,
  }
  // The app checks that writes come from its own origin: this origin is its own, under another name.
  const own = originOf(ctx)
  if (ctx.get('origin') === own) headers['origin'] = target.origin
  if (ctx.get('referer').startsWith(own)) headers['referer'] = ctx.get('referer').replace(own, target.origin)
  const request = target.protocol === 'https:' ? httpsRequest : httpRequest
  const present = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined))
  return new Promise((resolve, reject) => {
    const upstream = request(target, { method: ctx.method, headers: present, agent: false }, resolve)
    upstream.on('error', reject)
    ctx.req.pipe(upstream)
  })
}

function copyHeaders(ctx: Koa.Context, headers: IncomingHttpHeaders, appUrl: string): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !DROPPED.includes(name)) ctx.set(name, value)
  }
  const location = headers.location
  if (location) ctx.set('location', location.replace(new URL(appUrl).origin, originOf(ctx)))
  // On a phone the app is not in a frame at all; every other part of its policy stays in force.
  const policy = headers['content-security-policy']
  if (typeof policy === 'string') ctx.set('content-security-policy', policy.replace(/frame-ancestors[^;]*;?/, ''))
}

/** Koa's own `ctx.origin` is what the caller claims in his Origin header. */
function originOf(ctx: Koa.Context): string {
  return `${ctx.protocol}://${ctx.host}`
}

async function wholeText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

function withScript(page: string, source: string): string {
  const tag = `<script src="${source}"></script>`
  return /<head[^>]*>/i.test(page) ? page.replace(/<head[^>]*>/i, (head) => head + tag) : tag + page
}
