import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { org } from '#contract/modules/org'
import { systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { perform } from '#kernel/perform'
import { leaveDirectory, type SignIn } from '#server/modules/org'
import { as, closeDoor, ids, newSession, openDoor, type Visitor, visitor } from '../test/door.ts'

/** A platform that knows two of the company, by the codes 'code-seller' and 'code-mate', and somebody it has never hired. */
const known: Record<string, string> = { 'code-seller': 'on_seller', 'code-mate': 'on_mate', 'code-nobody': 'on_nobody' }
const platform: SignIn = {
  platform: 'feishu',
  name: { zh: '飞书', en: 'Feishu' },
  appId: 'cli_test',
  script: null,
  address: (redirectUri, state) =>
    `https://platform.test/authorize?to=${encodeURIComponent(redirectUri)}&state=${state}`,
  exchange: (code) => {
    const stableId = known[code]
    if (!stableId) return Promise.reject(new Refusal('sign_in_failed'))
    return Promise.resolve({ platform: 'feishu', tenant: 't', stableId, appId: 'cli_test', openId: `ou_${stableId}` })
  },
  signPage: (url) => Promise.resolve({ appId: 'cli_test', timestamp: 1, nonceStr: 'n', signature: `of ${url}` }),
}

/** Another app of the same platform, whose codes the first does not know. */
const secondApp: SignIn = {
  ...platform,
  appId: 'cli_second',
  address: (_, state) => `https://platform.test/second?state=${state}`,
  exchange: (code) =>
    code === 'second-seller'
      ? platform.exchange('code-seller', undefined)
      : Promise.reject(new Refusal('sign_in_failed')),
  signPage: (url) => platform.signPage(url).then((signed) => ({ ...signed, appId: 'cli_second' })),
}

beforeAll(async () => {
  await openDoor([platform, secondApp])
  for (const who of ['seller', 'mate'] as const)
    await db.identity.create({
      data: {
        platform: 'feishu',
        tenant: 't',
        stableId: `on_${who}`,
        appId: 'cli_test',
        openId: `ou_${who}`,
        personId: ids[who],
      },
    })
})
afterAll(closeDoor)

const nobody = visitor()
const signIn = (body: object, headers: Record<string, string> = {}) =>
  nobody.send('POST', '/api/sign-in', { body: { platform: 'feishu', ...body }, headers })
const tokenIn = (cookies: unknown): string => /yidan_session=([^;]+)/.exec(String(cookies))?.[1] ?? ''
const me = (token: string) => visitor(token).try(org.endpoints.me, {})

test('a code that the platform vouches for opens a session', async () => {
  const answer = await signIn({ code: 'code-seller' })
  expect(answer.body).toEqual({ person: { id: ids.seller, name: '员工 seller' } })
  const mine = await me(tokenIn(answer.headers['set-cookie']))
  expect(mine.body.person.id).toBe(ids.seller)
})

test('the cookie is for this origin alone and out of reach of scripts', async () => {
  const { headers } = await signIn({ code: 'code-seller' })
  const cookie = String(headers['set-cookie'])
  expect(cookie).toMatch(/; httponly/i)
  expect(cookie).toMatch(/; samesite=lax/i)
  expect(cookie).toMatch(/; path=\//i)
})

test('what is stored of a session does not open it', async () => {
  await signIn({ code: 'code-seller' })
  for (const { tokenHash } of await db.session.findMany()) expect((await me(tokenHash)).status).toBe(401)
})

test.each([
  ['a code that is none', { code: 'nonsense' }, 401, 'sign_in_failed'],
  ['somebody who is not in the directory', { code: 'code-nobody' }, 403, 'unknown_person'],
  ['a platform that is not switched on', { platform: 'wecom', code: 'x' }, 404, 'unknown_platform'],
  ['a platform that there is not', { platform: 'pigeon', code: 'x' }, 400, 'malformed'],
  [
    'a code brought by another browser',
    { code: 'code-seller', redirectUri: 'https://app.test/', state: 'x' },
    401,
    'sign_in_failed',
  ],
  [
    'a code brought back without its state',
    { code: 'code-seller', redirectUri: 'https://app.test/' },
    401,
    'sign_in_failed',
  ],
])('%s is refused, and no session is opened', async (_, body, status, code) => {
  const before = await db.session.count()
  const answer = await signIn(body)
  expect([answer.status, answer.body.code]).toEqual([status, code])
  expect(answer.headers['set-cookie']).toBeUndefined()
  expect(await db.session.count()).toBe(before)
})

test('a sign-in that this browser began ends in this browser', async () => {
  const began = await nobody.send('GET', '/api/sign-in/feishu/address?redirectUri=http%3A%2F%2Fapp.test%2F', {
    headers: { Host: 'app.test' },
  })
  const state = new URL(began.body.url as string).searchParams.get('state')
  const cookie = String(began.headers['set-cookie']).split(';')[0]!
  const ended = await signIn({ code: 'code-mate', redirectUri: 'http://app.test/', state }, { Cookie: cookie })
  expect(ended.body).toEqual({ person: { id: ids.mate, name: '员工 mate' } })
})

test('with several apps of a platform, each is asked about its own codes, and none about an app that is not there', async () => {
  const { body } = await signIn({ appId: 'cli_second', code: 'second-seller' })
  expect(body).toEqual({ person: { id: ids.seller, name: '员工 seller' } })
  expect((await signIn({ code: 'second-seller' })).body.code).toBe('sign_in_failed')
  expect((await signIn({ appId: 'cli_third', code: 'second-seller' })).body.code).toBe('unknown_platform')

  const asked = (path: string) => nobody.send('GET', `/api/sign-in/${path}`, { headers: { Host: 'app.test' } })
  const redirectUri = 'redirectUri=http%3A%2F%2Fapp.test%2F'
  expect((await asked(`feishu/address?${redirectUri}&appId=cli_second`)).body.url).toContain('/second?')
  expect((await asked(`feishu/address?${redirectUri}`)).body.url).toContain('/authorize?')
})

test('nobody is sent back to another address than ours', async () => {
  for (const address of ['https://evil.test/', 'http://app.test@evil.test/', 'javascript:alert(1)', '//evil.test']) {
    const path = `/api/sign-in/feishu/address?redirectUri=${encodeURIComponent(address)}`
    const answer = await nobody.send('GET', path, { headers: { Host: 'app.test' } })
    expect([address, answer.status]).toEqual([address, 400])
  }
})

test('pages of our own are signed for their client, for those who are signed in', async () => {
  const signed = (who: Visitor, url: string, host = 'app.test') =>
    who.send('GET', `/api/js-signature?platform=feishu&url=${encodeURIComponent(url)}`, { headers: { Host: host } })
  const page = 'http://app.test/deliveries/1?tab=lines'
  const answer = await signed(as('warehouse'), page)
  expect(answer.body).toEqual({ appId: 'cli_test', timestamp: 1, nonceStr: 'n', signature: `of ${page}` })
  expect(answer.headers['cache-control']).toBe('no-store')
  expect((await signed(nobody, page)).body.code).toBe('not_signed_in')
  for (const address of [
    'https://evil.test/',
    'http://app.test@evil.test/',
    'ftp://app.test/',
    'http://app.test.evil.test/',
  ])
    expect([address, (await signed(as('warehouse'), address)).status]).toEqual([address, 400])
})

test('a token that is none is nobody', async () => {
  for (const token of ['', 'x', 'a'.repeat(5000), newId()]) expect((await me(token)).body.code).toBe('not_signed_in')
})

test('a session that is ended is over at once, the others go on', async () => {
  const [first, second] = [await newSession(ids.seller), await newSession(ids.seller)]
  const { sessions } = await visitor(first).call(org.endpoints.mySessions, {})
  const current = sessions.find((session) => session.current)
  await visitor(second).call(org.endpoints.endSession, { id: current!.id })
  expect((await me(first)).status).toBe(401)
  expect((await me(second)).status).toBe(200)
})

test('nobody ends the session of somebody else', async () => {
  const token = await newSession(ids.seller)
  const { sessions } = await visitor(token).call(org.endpoints.mySessions, {})
  for (const { id } of sessions) {
    const answer = await as('owner').try(org.endpoints.endSession, { id })
    expect(answer.text).toBe((await as('owner').try(org.endpoints.endSession, { id: newId() })).text)
  }
  expect((await me(token)).status).toBe(200)
})

test('signing out ends the session', async () => {
  const token = await newSession(ids.mate)
  await visitor(token).call(org.endpoints.signOut, {})
  expect((await me(token)).status).toBe(401)
})

test('a session that has run out is over', async () => {
  const token = await newSession(ids.mate)
  await db.session.updateMany({ where: { personId: ids.mate }, data: { expiresAt: new Date(Date.now() - 1000) } })
  expect((await me(token)).status).toBe(401)
})

test('a role that is taken away is gone at the next request', async () => {
  const token = await newSession(ids.buyer)
  expect((await visitor(token).try(org.endpoints.roles, {})).status).toBe(403)
  await as('admin').call(org.endpoints.setRoles, { id: ids.buyer, roles: ['admin'] })
  expect((await visitor(token).try(org.endpoints.roles, {})).status).toBe(200)
  await as('admin').call(org.endpoints.setRoles, { id: ids.buyer, roles: [] })
  expect((await visitor(token).try(org.endpoints.roles, {})).status).toBe(403)
  expect((await visitor(token).call(org.endpoints.me, {})).actions).toEqual([])
})

test('what a role grants is changed for everyone who has it at the next request', async () => {
  const { roles } = await as('admin').call(org.endpoints.roles, {})
  const service = roles.find(({ key }) => key === 'service')!
  const rights = { ...service.rights, actions: ['org.admin'] }
  expect((await as('service').try(org.endpoints.roles, {})).status).toBe(403)
  await as('admin').call(org.endpoints.changeRole, { key: 'service', rights, version: service.version })
  expect((await as('service').try(org.endpoints.roles, {})).status).toBe(200)
})

test('somebody who is disabled is out at the next request', async () => {
  const token = await newSession(ids.accountant)
  await db.person.update({ where: { id: ids.accountant }, data: { active: false } })
  expect((await me(token)).body.code).toBe('not_signed_in')
  await db.person.update({ where: { id: ids.accountant }, data: { active: true } })
})

test('somebody who has left on the platform is out at once, on every device', async () => {
  const [first, second] = [await newSession(ids.mate), await newSession(ids.mate)]
  const gone = { platform: 'feishu' as const, tenant: 't', stableId: 'on_mate' }
  await perform(systemCaller(new Date()), leaveDirectory, gone)
  expect([(await me(first)).status, (await me(second)).status]).toEqual([401, 401])
  expect((await signIn({ code: 'code-mate' })).body.code).toBe('unknown_person')
})

test('a flood of sign-ins from one address is held back, with the time to wait', async () => {
  const answers = await Promise.all(Array.from({ length: 130 }, () => signIn({ code: 'nonsense' })))
  const held = answers.filter(({ status }) => status === 429)
  expect(held.length).toBeGreaterThan(0)
  expect(Number(held[0]!.headers['retry-after'])).toBeGreaterThan(0)
})
