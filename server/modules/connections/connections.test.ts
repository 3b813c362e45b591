import { randomBytes } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { Refusal } from '#contract'
import { type Caller, systemCaller } from '#kernel/caller'
import { db } from '#kernel/db'
import { newId } from '#kernel/ids'
import { ask, perform } from '#kernel/perform'
import { connections } from './contract.ts'
import { type AppState, connectionsActions as actions, connectPlatforms, platformApps, resealApps } from './index.ts'
import { keys } from './seal.ts'

// Read when the configuration is first imported.
vi.hoisted(() => (process.env['SECRET_KEY'] = Buffer.alloc(32, 7).toString('base64')))

const house = systemCaller(new Date('2026-11-20T10:00:00+08:00'))
const admin: Caller = { ...house, personId: newId(), via: 'h5' }
const secrets = { secret: 's'.repeat(43), callbackToken: 'Token123', callbackKey: 'k'.repeat(43) }
let states: AppState[] = []
const tried: Record<string, string>[] = []

beforeAll(() =>
  connectPlatforms({
    state: async () => states,
    test: (app) => {
      tried.push({ ...app.values })
      return Promise.resolve([{ name: { zh: '凭证' }, isOk: false, words: { zh: 'Secret 不对' }, copy: null }])
    },
  }),
)
afterEach(() => {
  states = []
})

const parsed = (name: keyof (typeof connections)['endpoints'], input: object) =>
  connections.endpoints[name].input.parse(input) as never // the input of this very endpoint
let agents = 1_000_000
const add = (more: object = {}) => {
  const settings = { corpId: 'ww1234567890', agentId: String(agents++) }
  const input = { id: newId(), platform: 'wecom', name: '公司微信', settings, secrets, ...more }
  return perform(admin, actions.addPlatformApp, parsed('addPlatformApp', input))
}
const change = (id: string, version: number, more: object) =>
  perform(admin, actions.changePlatformApp, parsed('changePlatformApp', { id, version, ...more }))
const opened = async (id: string) =>
  (await ask(house, (tx) => platformApps(tx), undefined)).find((app) => app.id === id)

async function refusalOf(deed: Promise<unknown>): Promise<Refusal> {
  const outcome = await deed.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (outcome instanceof Refusal) return outcome
  throw new Error('it was not refused', { cause: outcome })
}

describe('an app on a platform', () => {
  test('keeps its secrets sealed, tells them to nobody but the platform’s adapter, and only when it is on', async () => {
    const app = await add()
    expect(app).toMatchObject({ isOn: false, kept: ['secret', 'callbackToken', 'callbackKey'], missing: [] })
    const row = await db.platformApp.findUniqueOrThrow({ where: { id: app.id } })
    const list = await ask(admin, actions.platformApps, {})
    const trail = await db.auditEntry.findMany({ where: { documentId: app.id } })
    for (const told of [app, row, list, trail])
      for (const secret of Object.values(secrets)) expect(JSON.stringify(told)).not.toContain(secret)
    expect(await opened(app.id)).toBeUndefined()

    await change(app.id, 1, { isOn: true })
    expect(await opened(app.id)).toMatchObject({
      platform: 'wecom',
      tenant: 'ww1234567890',
      version: 2,
      values: { ...secrets, corpId: 'ww1234567890' },
    })
  })

  test('keeps the secrets that are not named, replaces those that are, and forgets those that are emptied', async () => {
    const app = await add()
    const callbackToken = 'Another1'
    await change(app.id, 1, { isOn: true, secrets: { callbackToken } })
    expect((await opened(app.id))?.values).toMatchObject({ ...secrets, callbackToken })
    const off = await change(app.id, 2, { isOn: false, secrets: { callbackToken: '' } })
    expect(off.kept).toEqual(['secret', 'callbackKey'])
    expect(off.missing).toEqual([{ zh: '回调 Token', en: 'Callback token' }])
  })

  test('is not switched on while something is missing', async () => {
    const app = await add({ secrets: { secret: secrets.secret } })
    const refusal = await refusalOf(change(app.id, 1, { isOn: true }))
    expect([refusal.code, refusal.say('zh')]).toEqual([
      'app_incomplete',
      '要启用，请先填好：回调 Token、EncodingAESKey',
    ])
  })

  test('is there once, though several of a platform may stand side by side', async () => {
    const first = await add()
    const again = { settings: first.settings }
    expect((await refusalOf(add(again))).code).toBe('app_exists')
    const second = await add()
    expect((await refusalOf(change(second.id, 1, again))).code).toBe('app_exists')
    expect((await ask(admin, actions.platformApps, {})).apps.map(({ id }) => id)).toEqual(
      expect.arrayContaining([first.id, second.id]),
    )
  })

  test('is not overwritten by somebody who has not seen it as it is', async () => {
    const app = await add()
    await change(app.id, 1, { name: '新名字' })
    expect((await refusalOf(change(app.id, 1, { name: '旧名字' }))).code).toBe('stale')
  })

  test('takes nothing that its console would not show, and marks the field', async () => {
    const refusal = await refusalOf(add({ settings: { corpId: 'ww1234567890', agentId: 'no number', other: 'x' } }))
    expect([refusal.code, refusal.issues.map(({ field }) => field)]).toEqual([
      'malformed',
      ['settings.agentId', 'settings.other'],
    ])
    const secret = await refusalOf(add({ secrets: { callbackKey: 'short' } }))
    expect(secret.issues.map(({ field }) => field)).toEqual(['secrets.callbackKey'])
  })

  test('is tried with what is stored, and says what is wrong in words', async () => {
    const app = await add()
    const { findings } = await ask(admin, actions.testPlatformApp, { id: app.id })
    expect(findings).toMatchObject([{ isOk: false, words: { zh: 'Secret 不对' } }])
    expect(tried.at(-1)).toMatchObject(secrets)
  })

  test('shows how it is doing; one that the environment set up stands beside it', async () => {
    const app = await add()
    const state: AppState = {
      platform: 'wecom',
      tenant: 'ww1234567890',
      appId: `ww1234567890-${app.settings['agentId']}`,
      source: 'settings',
      version: 1,
      connection: 'callbacks',
      since: null,
      bot: null,
      token: null,
      use: null,
      lastReceivedAt: null,
      lastSentAt: null,
      lastError: null,
    }
    states = [state, { ...state, platform: 'feishu', source: 'environment', version: null }]
    const { apps, others } = await ask(admin, actions.platformApps, {})
    expect(apps.find(({ id }) => id === app.id)?.state).toEqual(state)
    expect(others).toEqual([states[1]])
  })

  test('is gone when it is removed, and whoever runs it is told', async () => {
    const app = await add()
    await perform(admin, actions.removePlatformApp, { id: app.id })
    expect((await refusalOf(change(app.id, 1, { name: 'x' }))).code).toBe('not_found')
    const told = await db.event.findMany({ where: { body: { path: ['appId'], equals: app.id } } })
    expect(told.map(({ name }) => name)).toEqual(['connections.app-changed', 'connections.app-changed'])
  })

  test('is nobody’s business but the administrator’s', async () => {
    const seller: Caller = { ...admin, rights: { ...admin.rights, unlimited: false } }
    expect((await refusalOf(ask(seller, actions.platformApps, {}))).code).toBe('forbidden')
  })
})

describe('the key', () => {
  test('without it no secret is stored, and what was stored does not open', async () => {
    const app = await add()
    await change(app.id, 1, { isOn: true })
    const { now } = keys
    try {
      keys.now = undefined
      expect((await refusalOf(add())).code).toBe('secret_key_missing')
      expect((await refusalOf(opened(app.id))).code).toBe('secret_unreadable')
    } finally {
      keys.now = now
    }
  })

  test('can be replaced: what the former sealed is sealed anew, once', async () => {
    const app = await add()
    await change(app.id, 1, { isOn: true })
    const { now: former } = keys
    try {
      Object.assign(keys, { now: randomBytes(32), before: former })
      expect((await opened(app.id))?.values).toMatchObject(secrets)
      expect(await perform(house, (tx) => resealApps(tx), undefined)).toBeGreaterThan(0)
      expect(await perform(house, (tx) => resealApps(tx), undefined)).toBe(0)
      keys.before = undefined
      expect((await opened(app.id))?.values).toMatchObject(secrets)
    } finally {
      Object.assign(keys, { now: former, before: undefined })
    }
  })
})
