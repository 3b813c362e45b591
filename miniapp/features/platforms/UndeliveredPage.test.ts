import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { PlatformUseView, UndeliveredView } from '#contract/outbox'
import { useLanguage } from '../../i18n.ts'
import UndeliveredPage from './UndeliveredPage.vue'

const use = (changes: Partial<PlatformUseView> = {}): PlatformUseView => ({
  platform: 'dingtalk',
  calls: 1234,
  callsMax: 5000,
  deliveries: 88,
  deliveriesMax: 3000,
  waiting: 2,
  undelivered: 1,
  ...changes,
})
const failed: UndeliveredView = {
  id: '01938d7e-0000-7000-8000-000000000001',
  platform: 'wecom',
  person: { id: '01938d7e-0000-7000-8000-000000000002', name: '小李' },
  title: '销售订单 SO202611-00042',
  what: 'unsent',
  reason: 'WeCom cannot reach xiaoli',
  writtenAt: '2026-11-22T02:00:00Z',
  failedAt: '2026-11-22T02:10:00Z',
}

let platforms: PlatformUseView[]
let rows: UndeliveredView[]
const posted: string[] = []
beforeEach(() => {
  useLanguage('zh')
  posted.length = 0
  platforms = [use()]
  rows = [failed]
  // A list draws what can be seen of it; nothing has a height here.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(100)
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.method === 'POST') posted.push(new URL(url, 'http://app').pathname)
    return Promise.resolve(new Response(JSON.stringify(answerTo(url, init.method))))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

function answerTo(url: string, method: string | undefined): object {
  if (method === 'POST') return url.endsWith('/undelivered/send') ? { count: 1 } : {}
  return url.includes('platform-use') ? { month: '2026-11', platforms } : { rows, cursor: null }
}

async function open(): Promise<void> {
  const routes = [{ path: '/:any*', component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  mount(UndeliveredPage, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
const said = (): string => document.body.textContent ?? ''
async function press(name: string): Promise<void> {
  const button = [...document.querySelectorAll('button')].find(
    (one) => one.getAttribute('aria-label') === name || one.textContent?.trim() === name,
  )
  button?.click()
  await flushPromises()
}

test('each platform says what was used of its month, and what is on its way', async () => {
  await open()
  expect(said()).toMatch(/2026-11 用量[\s\S]*钉钉[\s\S]*1,234 \/ 5,000[\s\S]*88 \/ 3,000/)
  expect(said()).not.toContain('快用完')
})

test('a month that runs out says what that means', async () => {
  platforms = [use({ calls: 4100 })]
  await open()
  expect(said()).toContain('普通通知改为每 4 小时汇总一次')
})

test('what could not be delivered is listed with its reason, and is sent again, one or all', async () => {
  await open()
  expect(said()).toMatch(/销售订单 SO202611-00042[\s\S]*小李 · 企业微信[\s\S]*没有发出 · WeCom cannot reach xiaoli/)
  await press('重发：销售订单 SO202611-00042')
  await press('全部重发')
  expect(posted).toEqual([`/api/undelivered/${failed.id}/send`, '/api/undelivered/send'])
})

test('when all was delivered, nothing is left to press', async () => {
  platforms = [use({ undelivered: 0 })]
  rows = []
  await open()
  expect(said()).toContain('消息都已送达')
  expect(said()).not.toContain('重发')
})
