import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Server } from 'node:http'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { as, closeDoor, openDoor, visitor } from '../test/door.ts'
import { createApp } from './app.ts'

let folder: string
let app: Server
beforeAll(async () => {
  await openDoor()
  folder = await mkdtemp(join(tmpdir(), 'app-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>app</title>')
  await writeFile(join(folder, 'assets', 'main-1234.js'), 'export {}')
  app = createApp({ signIn: [], appFolder: folder }).listen(0, '127.0.0.1')
})
afterAll(async () => {
  await closeDoor()
  await new Promise<void>((resolve) => void app.close(() => resolve()))
  await rm(folder, { recursive: true })
})

describe('an address written another way', () => {
  // Each is either the plain address, with the same decision, or none at all: never a way around the decision.
  const tricks = [
    '/api//me',
    '//api/me',
    '/api/./me',
    '/api/me/',
    '/api/me;x=1',
    '/api/me%2f',
    '/api%2fme',
    '/api/%6de',
    '/API/me',
    '/api/me.',
    '/api/me%00',
    '/api/sign-in/../me',
    '/api/sign-in/..;/me',
    '/api/sign-in/%2e%2e/me',
    '/api/sign-in/platforms/..%2f..%2fme',
    '/healthz/../api/me',
    '/docs/../api/me',
    '/docs/..%2f..%2fpackage.json',
    '/docs/%2e%2e%2f%2e%2e%2fpackage.json',
    '/assets/..%2f..%2fpackage.json',
    '/api/%zz',
    '/%zz',
  ]

  test.each(tricks)('%s opens nothing to nobody', async (path) => {
    for (const method of ['GET', 'HEAD', 'POST'] as const) {
      const answer = await visitor().send(method, path)
      expect([200, 400, 401, 403, 404]).toContain(answer.status)
      expect(answer.text ?? '').not.toContain('"person"')
      expect(answer.text ?? '').not.toContain('"dependencies"')
    }
  })

  test.each(['X-HTTP-Method-Override', 'X-Method-Override', 'X-Original-URL', 'X-Rewrite-URL'])(
    'by the header %s is not looked at',
    async (header) => {
      const answer = await visitor().send('GET', '/api/sign-in/platforms', { headers: { [header]: '/api/me' } })
      expect(answer.body).toEqual({ platforms: [] })
    },
  )

  test('whoever says he comes through a proxy is not believed', async () => {
    const { headers } = await visitor().send('GET', '/healthz', {
      headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '1.2.3.4', 'X-Forwarded-Host': 'evil.test' },
    })
    expect(JSON.stringify(headers)).not.toContain('evil.test')
  })
})

describe('an address that there is not', () => {
  test.each(['/api/nothing', '/api', '/api/orders/x/y/z'])('%s below the API is told as a problem', async (path) => {
    const answer = await as('owner').send('GET', path)
    expect([answer.status, answer.body.code, answer.type]).toEqual([404, 'not_found', 'application/problem+json'])
  })

  test('is told as a problem for a method that an address does not have', async () => {
    const answer = await as('owner').send('DELETE', '/api/me')
    expect([answer.status, answer.body.code]).toEqual([404, 'not_found'])
  })

  test('among the documentation and the assets is told as missing, not as a fault', async () => {
    for (const path of ['/docs/nothing.js', '/assets/nothing.js', '/nothing.png']) {
      const answer = await request(app).get(path)
      expect([path, answer.status]).toEqual([path, 404])
    }
  })
})

describe('the files of the app', () => {
  test('its own addresses open the page, which is asked for anew each time', async () => {
    for (const path of ['/', '/orders', '/orders/1', '/customers/2?tab=deals']) {
      const answer = await request(app).get(path)
      expect([path, answer.text.includes('<title>app'), answer.headers['cache-control']]).toEqual([
        path,
        true,
        'no-cache',
      ])
    }
  })

  test('its assets are kept for ever', async () => {
    const answer = await request(app).get('/assets/main-1234.js')
    expect(answer.headers['cache-control']).toContain('immutable')
  })

  test('are not where the API is', async () => {
    for (const path of ['/api', '/api/', '/api/nothing']) expect((await request(app).get(path)).status, path).toBe(404)
  })
})

describe('every answer', () => {
  const paths = ['/api/me', '/api/nothing', '/docs', '/healthz', '/openapi.json']

  test('carries a policy that lets in scripts of our own alone', async () => {
    for (const path of paths) {
      const { headers } = await as('seller').send('GET', path)
      const policy = String(headers['content-security-policy'])
      expect(policy).toContain("default-src 'self'")
      expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self' 'wasm-unsafe-eval'")
      expect(policy).toContain("object-src 'none'")
      expect(policy).toContain("base-uri 'self'")
      expect(policy).not.toContain("'unsafe-eval'")
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['referrer-policy']).toBeTruthy()
      expect(headers['x-powered-by']).toBeUndefined()
    }
  })

  test('of the API is kept nowhere', async () => {
    expect((await as('seller').send('GET', '/api/me')).headers['cache-control']).toBe('no-store')
  })

  test("lets in a platform's script only where the platform is switched on", async () => {
    const feishu = {
      platform: 'feishu',
      name: { zh: '飞书' },
      appId: 'cli_test',
      script: null,
      address: () => '',
      exchange: () => Promise.reject(new Error('nobody signs in here')),
      signPage: () => Promise.reject(new Error('nothing is signed here')),
    } as const
    const withFeishu = await request(createApp({ signIn: [feishu] }).callback()).get('/healthz')
    expect(withFeishu.headers['content-security-policy']).toContain('feishucdn.com')
    expect(withFeishu.headers['content-security-policy']).toContain('https://*.feishu.cn')
    const { headers } = await visitor().send('GET', '/healthz')
    expect(headers['content-security-policy']).not.toContain('feishu')
  })

  test('tells nothing of what it is made with', async () => {
    const { headers, body } = await visitor().send('GET', '/readyz')
    expect(body).toEqual({ ok: true })
    expect(headers['server']).toBeUndefined()
  })
})

test('a header of 64 kB is refused without a fault', async () => {
  const answer = await visitor()
    .send('GET', '/api/me', { headers: { 'X-Long': 'x'.repeat(64_000) } })
    .catch(() => undefined)
  expect([431, undefined]).toContain(answer?.status)
})
