import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anApp as aFeishuApp } from '../simulator/feishu/test-tenant.ts'
import { eventually } from '../simulator/test-eventually.ts'
import { aCompany, bot, corpId } from '../simulator/wecom/test-company.ts'

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address
  await new Promise((resolve) => server.close(resolve))
  return port
}

const port = await freePort()
const feishu = aFeishuApp()
const tenantKey = 'tenant-of-tests'
const company = await aCompany({
  wecom: { callbackUrl: `http://127.0.0.1:${port}/bot/wecom` },
  simulator: { feishu: { tenantKey, apps: [feishu] } },
})
const { app } = company

// The configuration is read when it is first imported: by then the platforms must be there.
Object.assign(process.env, {
  SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  WECOM_BASE_URL: company.url,
  WECOM_BOT_URL: company.botUrl,
  FEISHU_APP_ID: feishu.appId,
  FEISHU_APP_SECRET: feishu.appSecret,
  FEISHU_ENCRYPT_KEY: feishu.encryptKey,
  FEISHU_VERIFICATION_TOKEN: feishu.verificationToken,
  FEISHU_TENANT_KEY: tenantKey,
  FEISHU_BASE_URL: company.url,
})
const { runningApps } = await import('./running-platforms.ts')
const { openHouse } = await import('./house.ts')
const { watchStoredApps } = await import('./watch-stored-apps.ts')
const { tryApp } = await import('./platform-advice.ts')
const { connectionsActions, connectPlatforms } = await import('#server/modules/connections')
const { systemCaller } = await import('#kernel/caller')
const { db } = await import('#kernel/db')
const { newId } = await import('#kernel/ids')
const { ask, perform } = await import('#kernel/perform')

type Apps = Awaited<ReturnType<typeof runningApps>>
let apps: Apps
let house: Awaited<ReturnType<typeof openHouse>>
let stopWatching: () => Promise<void>
beforeAll(async () => {
  apps = await runningApps()
  connectPlatforms({ test: tryApp, state: apps.state })
  house = await openHouse({ platforms: apps.platforms, host: '127.0.0.1', port })
  stopWatching = watchStoredApps(apps, house, 50)
})
afterAll(async () => {
  await stopWatching()
  await house.close()
  await company.close()
})

const administrator = systemCaller(new Date())
const settings = { corpId, agentId: String(app.agentId), botId: bot.botId }
const secrets = { secret: app.secret, callbackToken: app.token, callbackKey: app.aesKey, botSecret: bot.secret }
const id = newId()
let version = 0
const change = async (more: object): Promise<void> => {
  const changed = { id, version: version++, ...more }
  await perform(administrator, connectionsActions.changePlatformApp, changed)
}

const states = async () => {
  const { apps, others } = await ask(administrator, connectionsActions.platformApps, {})
  return { wecom: apps[0]?.state ?? undefined, feishu: others[0] }
}
/** Until the stored app runs as it is stored. */
const inForce = () => eventually(async () => ((await states()).wecom?.version === version || undefined) && states())
const running = () => apps.platforms.find(({ name }) => name === 'wecom')
const texts = async (): Promise<string[]> =>
  (await db.inboxMessage.findMany({ orderBy: { receivedAt: 'asc' } })).map(
    ({ body }) => (body as { text: string }).text,
  ) // of messages, which have one
const arrives = (text: string) => eventually(async () => (await texts()).includes(text) || undefined)
const signInWays = async (): Promise<string> => (await fetch(`${house.url}/api/sign-in/platforms`)).text()
const callback = async (): Promise<number> => (await fetch(`${house.url}/bot/wecom`, { method: 'POST' })).status
const refused = async () => (await company.log()).filter(({ status }) => status === 401 || status === 403).length

test('an app that is switched on is connected, heard and signed in with, without a restart, beside the one of the environment', async () => {
  const before = await states()
  expect(before.wecom).toBeUndefined()
  expect(before.feishu).toMatchObject({ source: 'environment', version: null, connection: 'connected', bot: null })
  expect(await callback()).toBe(404)

  await perform(administrator, connectionsActions.addPlatformApp, {
    id,
    platform: 'wecom',
    name: '公司微信',
    settings,
    secrets,
  })
  version = 1
  await change({ isOn: true })
  const { wecom } = await inForce()
  await eventually(async () => (await states()).wecom?.bot?.connection === 'connected' || undefined)
  expect(wecom).toMatchObject({ source: 'settings', version: 2, connection: 'callbacks', lastError: null })
  expect(await callback()).not.toBe(404)
  expect(await signInWays()).toContain('wecom')
  await company.says('xiaoli', '刚启用')
  await arrives('刚启用')
  expect((await states()).wecom?.lastReceivedAt).not.toBeNull()
})

test('each says when it was sent to last, since when its token holds and until when, what was used, and what went wrong', async () => {
  await running()!.sendText('xiaoli', '你好', 'greeting')
  await expect(running()!.sendText('nobody', '你好', 'to-nobody')).rejects.toThrow(/.+/u)
  const { wecom } = await states()
  expect(wecom?.lastSentAt).not.toBeNull()
  const { since = '', until = '' } = wecom?.token ?? {}
  expect(Date.parse(until) - Date.parse(since)).toBe(7_200_000)
  expect(JSON.stringify(wecom)).not.toContain(await company.tokenOf(app.secret))
  expect(wecom?.use).toMatchObject({ deliveries: 1, callsMax: null })
  expect(wecom?.lastError?.words).toContain('WeCom')
  expect(wecom?.lastError?.advice?.zh).toContain('可见范围')
})

test('a new name takes effect without anything being connected anew', async () => {
  const before = running()
  await change({ name: '另一个名字' })
  await inForce()
  expect(running()).toBe(before)
})

test('what is under way when an app is changed is ended on the old, and what comes after goes by the new', async () => {
  const before = running()!
  await company.control('POST', '/wecom/faults', { on: 'api', path: 'message/send', latencyMs: 3_600_000, for: 1 })
  const underWay = before.sendText('xiaoli', '路上', 'under-way')
  await eventually(async () => (await company.log()).length > 0 || undefined)

  await change({ secrets: { callbackToken: 'AnotherToken' } })
  await inForce()
  expect(running()).not.toBe(before)
  company.clock.advance(3_600_000)
  await expect(underWay).resolves.toMatchObject({ userId: 'xiaoli' })

  const refusals = await refused()
  await company.says('xiaoli', '旧口令')
  await eventually(async () => (await refused()) > refusals || undefined)
  await change({ secrets: { callbackToken: app.token } })
  await inForce()
  await company.says('xiaoli', '新口令')
  await arrives('新口令')
  expect(await texts()).not.toContain('旧口令')
})

test('the AI bot is heard by the new line after an exchange', async () => {
  await eventually(async () => (await states()).wecom?.bot?.connection === 'connected' || undefined)
  const chat = (await company.control('POST', '/wecom/chats', { name: '群', members: ['xiaoli'], withBot: true }))[
    'chatId'
  ]
  await company.says('xiaoli', `@${bot.name} 在吗`, { chat })
  await arrives('在吗')
  expect((await states()).wecom?.bot).toMatchObject({ connection: 'connected' })
})

test('one that cannot run says why, and the others run on', async () => {
  await change({ secrets: { botSecret: '' } })
  const { wecom, feishu } = await inForce()
  expect(wecom).toMatchObject({ connection: 'lost', lastError: { words: expect.stringContaining('WECOM_BOT_SECRET') } })
  expect(feishu?.connection).toBe('connected')
  await change({ secrets: { botSecret: bot.secret } })
  expect((await inForce()).wecom?.connection).toBe('callbacks')
})

test('one that is switched off is hung up, not heard, and no way to sign in', async () => {
  await change({ isOn: false })
  await eventually(async () => !running() || undefined)
  await eventually(async () => (await callback()) === 404 || undefined)
  expect(await signInWays()).not.toContain('wecom')
  expect((await states()).feishu?.connection).toBe('connected')
})

test('a long connection of Feishu that is cut is noticed, and comes back', async () => {
  const { since } = (await states()).feishu!
  await company.control('POST', '/feishu/faults', { socket: 'cut' })
  const after = await eventually(async () => {
    const { feishu } = await states()
    return feishu?.since !== since && feishu?.connection === 'connected' ? feishu : undefined
  })
  expect(after.lastError).not.toBeNull()
})

test('a connection is tried with what was entered: it says whom it can see, or what is wrong', async () => {
  const entered = {
    id: newId(),
    platform: 'wecom' as const,
    name: '',
    isOn: true,
    tenant: corpId,
    appId: settings.agentId,
    version: 1,
  }
  const right = await tryApp({ ...entered, values: { ...settings, ...secrets } })
  expect(right.map(({ isOk }) => isOk)).toEqual([true, true])
  expect(right[1]?.words.zh).toMatch(/^读到 [1-9]\d* 人、[1-9]\d* 个部门$/)
  const [wrong] = await tryApp({ ...entered, values: { ...settings, ...secrets, secret: 'another-secret-altogether' } })
  expect(wrong).toMatchObject({ isOk: false })
  expect(wrong?.words.zh).toMatch(/^应用编号或密钥不对/)
})
