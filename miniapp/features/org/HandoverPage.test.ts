import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { HandoverView, PersonView } from '#contract/modules/org'
import { useLanguage } from '../../i18n.ts'
import HandoverPage from './HandoverPage.vue'

const idOf = (n: number) => `01938d7e-0000-7000-8000-00000000000${n}`
const left = (kind: string, zh: string, follows: string | null = null) => ({
  kind,
  label: { zh },
  count: 1,
  amount: null,
  follows,
  rows: [{ id: idOf(5), title: '宏达装饰', path: null, amount: null }],
})
const handover: HandoverView = {
  id: idOf(1),
  person: { id: idOf(2), name: '小李' },
  holder: { id: idOf(3), name: '王姐' },
  platform: 'wecom',
  state: 'open',
  openedAt: '2026-11-22T02:00:00Z',
  doneAt: null,
  doneBy: null,
  kinds: [left('customer', '客户'), left('receivable', '应收款', 'customer'), left('sales_order', '订单')],
  passed: [],
}
const colleague = (n: number, name: string): PersonView => ({
  id: idOf(n),
  name,
  enName: null,
  title: null,
  department: null,
  departmentId: null,
  managerId: null,
  active: true,
  roles: [],
  platforms: [],
})
const rows = [colleague(6, '小何'), colleague(7, '小方')]

const sent: unknown[] = []
beforeEach(() => {
  useLanguage('zh')
  sent.length = 0
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    if (typeof init.body === 'string') sent.push(JSON.parse(init.body))
    const answer = address.includes('/people') ? { rows, cursor: null } : handover
    return Promise.resolve(new Response(JSON.stringify(answer)))
  })
})
afterEach(() => vi.unstubAllGlobals())

const router = createRouter({
  history: createMemoryHistory(),
  routes: [{ path: '/:any*', component: { render: () => null } }],
})

async function open() {
  const page = mount(HandoverPage, {
    props: { id: handover.id },
    global: { plugins: [router] },
    attachTo: document.body,
  })
  await flushPromises()
  return page
}
async function press(name: string, at = 0) {
  const found = [...document.querySelectorAll('button')].filter((one) => one.textContent?.trim().includes(name))
  if (!found[at]) throw new Error(`there is no button ${name}`)
  found[at].click()
  await vi.dynamicImportSettled()
  await flushPromises()
}

test('everything goes to one colleague, or a kind of it to another; what follows is not asked for', async () => {
  const page = await open()
  await press('全部交给')
  await press('小何')
  await press('接手人', 1)
  await press('小方')
  expect(page.text()).toContain('跟随客户 → 小何')
  await press('一次交接完')
  await press('确认')
  expect(sent).toEqual([
    {
      heirs: [
        { kind: 'customer', heirId: idOf(6) },
        { kind: 'sales_order', heirId: idOf(7) },
      ],
    },
  ])
})

test('nothing is sent while somebody has still to be chosen', async () => {
  await open()
  await press('选择接手人')
  await press('小何')
  await press('一次交接完')
  expect(document.body.textContent).toContain('还有没选接手人的：订单')
  expect(sent).toEqual([])
})
