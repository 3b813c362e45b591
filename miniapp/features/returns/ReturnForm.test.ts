import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ReturnableLine } from '#contract/modules/sales'
import { useLanguage } from '../../i18n.ts'
import ReturnForm from './ReturnForm.vue'
import { returnableLines } from './returning.model.ts'

const orderId = '01938d7e-0000-7000-8000-000000000001'
const main = '01938d7e-0000-7000-8000-000000000002'
const back = '01938d7e-0000-7000-8000-000000000003'
const warehouse = (id: string, name: string, forSale: boolean) => ({
  ...{ id, code: name, name, keeperId: null, keeper: null, active: true, position: 0, isMine: true, version: 1 },
  forSale,
})
const units = [{ unit: '支', numerator: 1, denominator: 1 }]
const line = (code: string, over: Partial<ReturnableLine> = {}): ReturnableLine => ({
  deliveryLineId: `01938d7e-0000-7000-8000-00000000000${code}`,
  delivery: { id: 'note', number: 'DN1', on: '2026-11-20' },
  item: { id: code, code, name: `商品${code}`, spec: '', baseUnit: '支', units, tracking: 'none' },
  ...{ delivered: '10', left: '7', underWay: '0', lots: [], serials: [] },
  ...over,
})
const serials = line('9', { left: '2', serials: ['S1', 'S2'] })
serials.item.tracking = 'serial'

const description = { name: 'sales_return', label: { zh: '退货单' }, page: '/returns/:id', title: 'number' }
const sent: Record<string, unknown>[] = []
beforeEach(() => {
  useLanguage('zh')
  sent.length = 0
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (path.startsWith('/api/documents'))
      return Promise.resolve(
        new Response(JSON.stringify({ ...description, summary: [], states: [], fields: [], lines: [] })),
      )
    sent.push(JSON.parse(String(init.body)))
    const made = { id: orderId, version: 3, state: 'approved', can: [], names: {}, custom: {}, lines: [] }
    const answer = { return: made, reasons: [], lines: [], timeline: [], approval: null, seesOrder: true }
    return Promise.resolve(new Response(JSON.stringify(answer)))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/returns/:id', name: 'return', component: { render: () => null } },
    { path: '/:any*', component: { render: () => null } },
  ],
})

function open(lines: ReturnableLine[]) {
  return mount(ReturnForm, {
    attachTo: document.body,
    props: {
      ...{ title: '退货', orderId, lines: returnableLines(lines), warehouseId: main },
      warehouses: [warehouse(main, '主仓', true), warehouse(back, '退货仓', false)],
    },
    global: { plugins: [createPinia(), router] },
  })
}
type Page = ReturnType<typeof open>
const button = (page: Page, words: string) => page.findAll('button').find((one) => one.text() === words)!
const choose = async (page: Page, label: string, option: string) => {
  await page
    .findAll('.van-field')
    .find((field) => field.text().includes(label))!
    .trigger('click')
  await flushPromises()
  const radios = [...document.querySelectorAll<HTMLElement>('.van-radio')]
  radios.find((one) => one.textContent?.includes(option))!.click()
  await flushPromises()
}

test('nothing is sent before something is chosen and a reason is given', async () => {
  const page = open([line('1')])
  await flushPromises()
  await button(page, '提交退货').trigger('click')
  expect(sent).toEqual([])
  await button(page, '全退').trigger('click')
  await button(page, '提交退货').trigger('click')
  expect(page.text()).toContain('请选择退货原因')
  expect(sent).toEqual([])
})

test('what was counted at the thumb is sent, with where it goes', async () => {
  const page = open([line('1'), line('2'), serials])
  await flushPromises()
  const more = page.findAll('button[aria-label="加一支"]')
  await more[0]!.trigger('click')
  await page.findAll('button[aria-label="加一支"]')[0]!.trigger('click')
  await page
    .findAll('[role="checkbox"]')
    .find((one) => one.text() === 'S2')!
    .trigger('click')
  expect(page.text()).toContain('已选 2 种')
  await choose(page, '退货原因', '质量问题')
  await choose(page, '退到仓库', '退货仓 · 不可售')
  await button(page, '提交退货').trigger('click')
  await flushPromises()
  expect(sent).toEqual([
    {
      id: expect.any(String),
      ...{ orderId, reason: 'defective', warehouseId: back, note: '', custom: {}, submit: true },
      lines: [
        { deliveryLineId: line('1').deliveryLineId, quantity: '2' },
        { deliveryLineId: serials.deliveryLineId, quantity: '1', serials: ['S2'] },
      ],
    },
  ])
})

test('an order of which nothing can come back says so', async () => {
  const page = open([line('1', { left: '0' })])
  await flushPromises()
  expect(page.text()).toContain('没有可退的货')
  expect(page.text()).not.toContain('提交退货')
})
