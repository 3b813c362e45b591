import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ShareLinkView } from '#contract/engines/shares'
import { useLanguage } from '../../i18n.ts'
import { useSession } from '../../session.ts'
import ShareSheet from './ShareSheet.vue'

const id = '01938d7e-0000-7000-8000-000000000001'
const link = (over: Partial<ShareLinkView>): ShareLinkView => ({
  id: '01938d7e-0000-7000-8000-000000000009',
  createdBy: '小李',
  createdAt: '2026-11-22T01:40:00.000Z',
  expiresAt: '2026-12-22T01:40:00.000Z',
  isOpen: true,
  isRevoked: false,
  opens: 0,
  lastOpenedAt: null,
  arguments: {},
  ...over,
})

let rows: ShareLinkView[]
let isDown: boolean
const sent: { path: string; body: Record<string, unknown>; key: string | null }[] = []
const json = (body: unknown) => Promise.resolve(new Response(JSON.stringify(body)))

beforeEach(() => {
  useLanguage('zh')
  setActivePinia(createPinia())
  rows = []
  isDown = false
  sent.length = 0
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (init.method === 'GET') return json({ rows })
    const body: Record<string, unknown> = JSON.parse(String(init.body))
    sent.push({ path, body, key: new Headers(init.headers).get('idempotency-key') })
    if (isDown) return Promise.reject(new TypeError('no network'))
    rows = [link({ id: String(body['id'] ?? id) }), ...rows]
    return json(rows[0])
  })
})
let sheet: VueWrapper
afterEach(() => {
  sheet.unmount()
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/', component: { render: () => null } },
    { path: '/quotations/:id/print', name: 'quotation-print', component: { render: () => null } },
  ],
})

async function open(actions: string[]) {
  const session = useSession()
  session.me = {
    person: {
      id,
      name: '小李',
      enName: null,
      title: null,
      department: null,
      departmentId: null,
      managerId: null,
      active: true,
      roles: [],
      platforms: [],
    },
    ...{ roles: [], actions, reads: [], scopes: {}, lang: 'zh', company: '云港恒锐' },
  }
  sheet = mount(ShareSheet, {
    props: { document: 'quotation', id, title: '报价单 QT1', printRoute: 'quotation-print', open: true },
    global: { plugins: [router] },
    attachTo: document.body,
  })
  await flushPromises()
}
const text = () => document.querySelector('[role=dialog]')?.textContent ?? ''
async function press(name: string) {
  const button = [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)
  if (!button) throw new Error(`there is no button ${name}`)
  button.click()
  await flushPromises()
}

test('a link is made here, and shown with what one can do with it', async () => {
  await open(['shares.create'])
  await press('生成链接')
  const { body } = sent[0]!
  expect(body).toMatchObject({ document: 'quotation', documentId: id, days: 30 })
  expect(String(body['token'])).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(text()).toContain(`/s/${String(body['token'])}`)
  expect(text()).toContain('还没有打开')
})

test('a link that the network lost is sent again as the same one', async () => {
  isDown = true
  await open(['shares.create'])
  await press('生成链接')
  isDown = false
  await press('生成链接')
  expect(sent).toHaveLength(2)
  expect(sent[1]).toEqual(sent[0])
  await press('再生成一个')
  expect(sent[2]!.body['token']).not.toBe(sent[0]!.body['token'])
})

test('a link of before tells who opened it, and its address no more', async () => {
  rows = [link({ opens: 3, lastOpenedAt: new Date().toISOString() }), link({ id, isOpen: false, isRevoked: true })]
  await open(['shares.create'])
  expect(text()).toContain('打开 3 次')
  expect(text()).toContain('已收回')
  expect(text()).not.toContain('/s/')
  expect(text()).toContain('地址只在生成时显示一次')
})

test('whoever may not share prints', async () => {
  await open([])
  expect(text()).not.toContain('生成链接')
  await press('打印')
  await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('quotation-print'))
})
