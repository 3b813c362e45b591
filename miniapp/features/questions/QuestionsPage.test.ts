import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { DayUse, MissView, SuggestedAlias } from '#contract/questions'
import { useLanguage } from '../../i18n.ts'
import { byDay, shareOf } from './figures.ts'
import QuestionsPage from './QuestionsPage.vue'

const days: DayUse[] = [
  { day: '2026-11-21', outcome: 'answered', count: 30, p50Ms: 280, p95Ms: 900 },
  { day: '2026-11-22', outcome: 'answered', count: 15, p50Ms: 300, p95Ms: 1200 },
  { day: '2026-11-22', outcome: 'asked', count: 4, p50Ms: 310, p95Ms: 400 },
  { day: '2026-11-22', outcome: 'declined', count: 1, p50Ms: 90, p95Ms: 90 },
]
const alias: SuggestedAlias = {
  kind: 'item',
  words: '白胶',
  targetId: '01938d7e-0000-7000-8000-000000000001',
  target: '耐候密封胶 300ml 白色',
  people: 2,
}
const miss: MissView = {
  id: '01938d7e-0000-7000-8000-000000000002',
  masked: '<CUSTOMER>那个事 #',
  outcome: 'declined',
  times: 3,
  lastAt: '2026-11-22T02:00:00Z',
}

const sent: { path: string; method: string; body: unknown }[] = []
beforeEach(() => {
  useLanguage('zh')
  sent.length = 0
  // A list draws what can be seen of it; nothing has a height here.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(100)
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const path = new URL(url, 'http://app').pathname
    const method = init.method ?? 'GET'
    if (method !== 'GET') sent.push({ path, method, body: init.body ? JSON.parse(String(init.body)) : null })
    return Promise.resolve(new Response(JSON.stringify(answerTo(path, method))))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

function answerTo(path: string, method: string): object {
  if (method !== 'GET') return {}
  if (path.endsWith('/use')) return { days }
  return path.endsWith('/suggested') ? { aliases: [alias] } : { rows: [miss], cursor: null }
}

async function open(): Promise<void> {
  const routes = [{ path: '/:any*', component: { render: () => null } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  mount(QuestionsPage, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
}
const shown = (): string => document.body.textContent ?? ''
const press = async (label: string): Promise<void> => {
  document.querySelector<HTMLElement>(`[aria-label="${label}"]`)?.click()
  await flushPromises()
}

test('the days stand with how many were answered and how fast', async () => {
  await open()
  expect(shown()).toContain('提问50')
  expect(shown()).toMatch(/11-22\s*20\s*75%\s*300 毫秒\s*1\.2 秒/)
  expect(byDay(days).map(({ day, count, askedBack }) => [day, count, askedBack])).toEqual([
    ['2026-11-22', 20, 4],
    ['2026-11-21', 30, 0],
  ])
  expect(shareOf(0, 0)).toBe(0)
})

test('a suggested alias is accepted, or rejected', async () => {
  await open()
  await press('采纳「白胶」为 耐候密封胶 300ml 白色 的别名')
  await press('不把「白胶」作为 耐候密封胶 300ml 白色 的别名')
  const { kind, words, targetId } = alias
  expect(sent.map(({ path, body }) => [path, body])).toEqual([
    ['/api/aliases/decide', { kind, words, targetId, accept: true }],
    ['/api/aliases/decide', { kind, words, targetId, accept: false }],
  ])
})

test('a question that was not understood shows a mark where a name stood, and can be removed', async () => {
  await open()
  expect(document.querySelector('.mark')?.textContent).toBe('客户')
  expect(shown()).toContain('3 次 · 不明白在问什么')
  await press('移除：客户那个事 #')
  expect(sent).toMatchObject([{ method: 'DELETE', path: `/api/questions/missed/${miss.id}` }])
})
