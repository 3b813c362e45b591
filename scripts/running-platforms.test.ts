import Router from '@koa/router'
import { afterAll, expect, test } from 'vitest'
import { aCompany, corpId } from '../simulator/wecom/test-company.ts'

const company = await aCompany({ quiet: true })
afterAll(() => company.close())

// The configuration is read when it is first imported: by then the platform must be there.
Object.assign(process.env, {
  SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  WECOM_BASE_URL: company.url,
  DINGTALK_CLIENT_ID: 'ding0123456789abcdef',
  DINGTALK_CLIENT_SECRET: 'secret-of-the-environment',
  DINGTALK_CORP_ID: 'ding-of-the-environment',
  DINGTALK_AGENT_ID: '1',
})
const { runningApps, connectionsOf } = await import('./running-platforms.ts')
const { connectionsActions } = await import('#server/modules/connections')
const { systemCaller } = await import('#kernel/caller')
const { newId } = await import('#kernel/ids')
const { perform } = await import('#kernel/perform')

const administrator = systemCaller(new Date())
const { app } = company
const settings = { corpId, agentId: String(app.agentId) }
const secrets = { secret: app.secret, callbackToken: app.token, callbackKey: app.aesKey }

async function storeApp(): Promise<void> {
  const { addPlatformApp, changePlatformApp } = connectionsActions
  const id = newId()
  await perform(administrator, addPlatformApp, { id, platform: 'wecom', name: '公司微信', settings, secrets })
  await perform(administrator, changePlatformApp, { id, version: 1, isOn: true })
}

test('apps of the environment and of the administrator run side by side, and each says how it is doing', async () => {
  await storeApp()
  const apps = await runningApps()
  expect(apps.map(({ state }) => [state.platform, state.source, state.version, state.connection])).toEqual([
    ['dingtalk', 'environment', null, 'connecting'],
    ['wecom', 'settings', 2, 'connecting'],
  ])

  const [, wecom] = apps
  wecom!.platform.callbacks(async () => undefined)?.(new Router())
  const hangUp = await wecom!.platform.listen(async () => undefined)
  expect(wecom!.state).toMatchObject({ connection: 'callbacks', lastSentAt: null, lastError: null })
  await wecom!.platform.readDirectory()
  expect(wecom!.state.lastSentAt).toBeNull()
  await wecom!.platform.sendText('xiaoli', '你好', 'greeting')
  expect(wecom!.state.lastSentAt).not.toBeNull()
  await expect(wecom!.platform.sendText('nobody', '你好', 'to-nobody')).rejects.toThrow(/.+/u)
  expect(wecom!.state.lastError?.words).toContain('WeCom')
  await hangUp()
})

test('a connection is tried with what was entered: it says whom it can see, or what is wrong', async () => {
  const { test: tryApp } = connectionsOf([])
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
  expect(wrong?.words.zh).toMatch(/^应用编号或密钥不对：/)
})
