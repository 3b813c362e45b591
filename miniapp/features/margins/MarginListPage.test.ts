import { flushPromises, mount, RouterLinkStub, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import { useLanguage } from '../../i18n.ts'
import { today } from '../../ui/moments.ts'
import MarginListPage from './MarginListPage.vue'

const row = (key: string, name: string, profit: string) => ({
  ...{ key, name, detail: '', orders: 2, quantity: null, shown: '', adjustment: null },
  ...{ net: '100.00', cost: '60.00', profit, percent: profit.startsWith('-') ? '-5.00' : '40.00' },
})
const total = {
  ...{ net: '1000.00', cost: '600.00', profit: '400.00', percent: '40.00', orders: 7, adjustment: '35.00' },
}

let asked: URLSearchParams[]
let page: VueWrapper
let router: Router
beforeEach(() => {
  useLanguage('zh')
  asked = []
  vi.stubGlobal('fetch', (path: string) => {
    const query = new URL(path, 'http://app.test').searchParams
    asked.push(query)
    const rows = query.get('by') === 'order' ? [row('o1', 'SO202611-00001', '12.00')] : [row('c1', '宏达装饰', '40.00')]
    return Promise.resolve(new Response(JSON.stringify({ rows, cursor: null, total, at: new Date().toISOString() })))
  })
})
afterEach(() => page.unmount())

async function open(path: string): Promise<void> {
  const empty = { template: '<i />' }
  router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/margins', name: 'margins', component: empty },
      { path: '/margins/orders/:id', name: 'order-margin', component: empty },
      { path: '/stock/landed-costs', name: 'landed-costs', component: empty },
      { path: '/', name: 'home', component: empty },
    ],
  })
  await router.push(path)
  const global = { plugins: [createPinia(), router], stubs: { RouterLink: RouterLinkStub } }
  page = mount(MarginListPage, { global, attachTo: document.body })
  await flushPromises()
}
const lists = () => asked.filter((query) => query.get('limit') !== '1')
const press = async (name: string) => {
  await page
    .findAll('button')
    .find((button) => button.text() === name)!
    .trigger('click')
  await flushPromises()
}

test('begins with the month, by customer, and says what it comes to', async () => {
  await open('/margins')
  const query = lists()[0]!
  expect([query.get('by'), query.get('stage'), query.get('from'), query.get('to')]).toEqual([
    'customer',
    'delivered',
    `${today().slice(0, 7)}-01`,
    today(),
  ])
  expect(page.text()).toContain('毛利 · 7 单')
  expect(page.text()).toContain('后到费用转入销售成本')
})

test('what is chosen is in the address, and asked for', async () => {
  await open('/margins')
  await press('品类')
  await press('已下单')
  await press('从低到高')
  expect(router.currentRoute.value.query).toMatchObject({ by: 'category', stage: 'ordered' })
  const query = lists().at(-1)!
  expect([query.get('by'), query.get('stage'), query.get('direction')]).toEqual(['category', 'ordered', 'asc'])
})

test('an address that names a customer asks for his orders only, until that is let go', async () => {
  await open('/margins?by=order&customer=01938d7e-0000-7000-8000-000000000001&of=宏达装饰')
  expect(lists()[0]!.get('customerId')).toBe('01938d7e-0000-7000-8000-000000000001')
  await press('宏达装饰清除')
  expect(lists().at(-1)!.get('customerId')).toBeNull()
})
