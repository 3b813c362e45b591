import { flushPromises, mount, RouterLinkStub, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ExportView } from '#contract/engines/exports'
import { sales } from '#contract/modules/sales'
import { connect } from '../api.ts'
import { useLanguage } from '../i18n.ts'
import type { LoadPage } from '../ui/pages.ts'
import PagedList from '../ui/PagedList.vue'
import { scrollerKey } from '../ui/scroller.ts'
import { forgetExportable } from './exportable-lists.ts'

const salesApi = connect(sales)
let run: Partial<ExportView>
let lists: string[]
const sent: { path: string; body: Record<string, unknown> }[] = []
const saved: string[] = []
let page: VueWrapper

beforeEach(() => {
  vi.useFakeTimers()
  // A list draws what can be seen of it; nothing has a height here.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(100)
  useLanguage('zh')
  forgetExportable()
  run = { state: 'making', rows: 0 }
  lists = ['sales.orders']
  sent.length = 0
  saved.length = 0
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.getAttribute('href') ?? '')
  })
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    const json = (body: unknown) => Promise.resolve(new Response(JSON.stringify(body)))
    if (path === '/api/export-lists') return json({ lists: lists.map((list) => ({ list, label: { zh: list } })) })
    if (path.startsWith('/api/orders'))
      return json({
        rows: [{ id: path.includes('cursor') ? 'o2' : 'o1' }],
        cursor: path.includes('cursor') ? null : 'next',
      })
    if (init.body) sent.push({ path, body: JSON.parse(String(init.body)) })
    return json({ id: sent[0]?.body['id'], list: 'sales.orders', label: { zh: '销售订单' }, problem: null, ...run })
  })
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

const sought = ref('')
async function open(): Promise<void> {
  sought.value = '宏达'
  const load: LoadPage<{ id: string }> = (at, signal) =>
    salesApi.orders({ ...at, q: sought.value, state: 'confirmed', ownerId: undefined }, { signal })
  const Page = defineComponent(() => () => h(PagedList, { load, idOf: (row: { id: string }) => row.id } as never)) // the list's own type parameter is not known to h
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:any*', component: { render: () => null } }],
  })
  const scroller = document.body.appendChild(document.createElement('div'))
  page = mount(Page, {
    attachTo: scroller,
    global: {
      plugins: [router],
      provide: { [scrollerKey as symbol]: shallowRef(scroller) },
      stubs: { RouterLink: RouterLinkStub },
    },
  })
  await settled()
}
const settled = async (ms = 0): Promise<void> => {
  await vi.advanceTimersByTimeAsync(ms)
  await flushPromises()
}
const button = () => page.find('button')

test('asks for what the list shows, tells how far it is, and hands over the file', async () => {
  await open()
  expect(button().text()).toBe('导出 Excel')
  await button().trigger('click')
  await settled()
  const { id, ...asked } = sent[0]!.body
  expect([sent[0]!.path, asked]).toEqual([
    '/api/exports',
    { list: 'sales.orders', filter: { q: '宏达', state: 'confirmed' } },
  ])
  expect(page.get('[role=status]').text()).toBe('正在导出…')

  run = { state: 'making', rows: 12_500 }
  await settled(400)
  expect(page.get('[role=status]').text()).toBe('正在导出 12,500 行…')
  expect(saved).toEqual([])

  run = { state: 'ready', rows: 12_842 }
  await settled(600)
  expect(saved).toEqual([`/api/exports/${String(id)}/file`])
  expect(page.get('a').text()).toBe('下载 12,842 行')
  expect(page.get('a').attributes('href')).toBe(`/api/exports/${String(id)}/file`)
})

test('another filter is another workbook: the one before is not offered for it', async () => {
  run = { state: 'ready', rows: 2 }
  await open()
  await button().trigger('click')
  await settled()
  expect(page.find('a').exists()).toBe(true)
  sought.value = '鑫隆'
  await settled()
  expect(page.find('a').exists()).toBe(false)
  expect(button().text()).toBe('导出 Excel')
})

test('a refusal is told in its words, and the list can be exported anew', async () => {
  run = { state: 'refused', problem: { zh: '超过 50,000 行，一次导不完', en: 'More than 50,000 rows' } }
  await open()
  await button().trigger('click')
  await settled(100)
  expect(document.body.textContent).toContain('超过 50,000 行，一次导不完')
  expect(button().text()).toBe('导出 Excel')
})

test('is not offered for a list that cannot be exported, or to who may export nothing', async () => {
  lists = ['sales.deliveries']
  await open()
  expect(page.findAll('li').length).toBeGreaterThan(0)
  expect(page.text()).not.toContain('导出')
})

test('waits for the network', async () => {
  await open()
  window.dispatchEvent(new Event('offline'))
  await settled()
  expect(button().attributes('disabled')).toBeDefined()
  window.dispatchEvent(new Event('online'))
  await settled()
  expect(button().attributes('disabled')).toBeUndefined()
})
