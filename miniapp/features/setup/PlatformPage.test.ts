import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { AppState, PlatformAppView } from '#contract/modules/connections'
import { useLanguage } from '../../i18n.ts'
import PlatformPage from './PlatformPage.vue'

const id = '0193b7c0-0000-7000-8000-000000000001'
const state: AppState = {
  platform: 'wecom',
  tenant: 'ww1',
  appId: '1000002',
  source: 'settings',
  version: 3,
  connection: 'callbacks',
  since: '2026-11-20T02:00:00.000Z',
  bot: { connection: 'elsewhere', since: null },
  token: { since: '2026-11-20T02:05:00.000Z', until: '2026-11-20T04:05:00.000Z' },
  use: { calls: 1234, callsMax: 5000, deliveries: 88, deliveriesMax: 3000, waiting: 0, undelivered: 2 },
  lastReceivedAt: null,
  lastSentAt: '2026-11-20T02:06:00.000Z',
  lastError: {
    at: '2026-11-20T02:07:00.000Z',
    words: 'WeCom refused message/send: 60020',
    advice: { zh: '本机的出口 IP 不在平台的可信名单里', en: "This server's address is not on the list" },
  },
}
const app: PlatformAppView = {
  id,
  platform: 'wecom',
  name: '公司企微',
  isOn: true,
  settings: { corpId: 'ww1', agentId: '1000002' },
  kept: ['secret', 'callbackToken', 'callbackKey'],
  missing: [],
  version: 3,
  changedAt: '2026-11-20T02:00:00.000Z',
  state,
}

let stored: PlatformAppView
let asked = 0
beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-20T02:10:00Z') })
  useLanguage('zh')
  stored = app
  asked = 0
  vi.stubGlobal('fetch', () => {
    asked++
    const apps = { apps: [stored], others: [], publicUrl: 'https://app.example', maySeal: true }
    return Promise.resolve(new Response(JSON.stringify(apps)))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  document.body.innerHTML = ''
})

async function open(): Promise<void> {
  const names = ['platforms', 'undelivered'].map((name) => ({
    path: `/${name}`,
    name,
    component: { render: () => null },
  }))
  const router = createRouter({ history: createMemoryHistory(), routes: names })
  mount(PlatformPage, { props: { id }, global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
const said = (): string => document.body.textContent ?? ''

test('an app says how it is connected, since when its token holds, what of its month is left, and what can be done about its last error', async () => {
  await open()
  expect(said()).toMatch(/用回调接收[\s\S]*凭证获取于10:05[\s\S]*凭证有效到12:05[\s\S]*智能机器人由另一进程连接/)
  expect(said()).toMatch(/1,234 \/ 5,000[\s\S]*88 \/ 3,000[\s\S]*还剩 3,766 次调用、2,912 次推送[\s\S]*2 条消息未送达/)
  expect(said()).toMatch(/最近的错误 · 10:07[\s\S]*出口 IP 不在平台的可信名单里[\s\S]*60020/)
})

test('a page looks again by itself until what was changed has taken effect, and then no more', async () => {
  stored = { ...app, version: 4 }
  await open()
  expect(said()).toContain('正在生效')
  stored = { ...app, version: 4, state: { ...state, version: 4, connection: 'lost' } }
  await vi.advanceTimersByTimeAsync(2000)
  expect(said()).toContain('连接断开')
  expect(said()).not.toContain('正在生效')
  const before = asked
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked).toBe(before)
})
