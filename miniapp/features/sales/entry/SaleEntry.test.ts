import '../../../test/phone.ts'
import { mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { i18n, useLanguage } from '../../../i18n.ts'
import { newEntry } from './entry.model.ts'
import { bolt, customer, house, warehouse } from './fixtures/house.ts'
import { alertText, button, field, press, settle, shown, type } from './fixtures/screen.ts'
import { orderKind } from './sale-kind.ts'
import SaleEntry from './SaleEntry.vue'

const screenOf = { render: () => null }
const router = createRouter({
  history: createMemoryHistory(),
  routes: ['order', 'order-new', 'order-edit', 'customer', 'customer-new'].map((name) => ({
    path: `/${name}/:id?`,
    name,
    component: screenOf,
  })),
})

let page: VueWrapper
let server: ReturnType<typeof house>
beforeEach(async () => {
  useLanguage('zh')
  vi.useFakeTimers()
  server = house()
  vi.stubGlobal('fetch', server.fetch)
  await router.push('/order-new')
})
afterEach(() => {
  page.unmount()
  document.body.innerHTML = ''
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function begin(): Promise<void> {
  page = mount(SaleEntry, {
    props: { kind: orderKind, start: { ...newEntry(), customer }, draft: 'order-new', title: '开单' },
    attachTo: document.body,
    global: { plugins: [createPinia(), i18n, router] },
  })
  await settle()
}

/** Finds an item as a seller does, and says how many of a unit. */
async function add(q: string, name: RegExp, counts: Record<string, string>): Promise<void> {
  await press('加商品')
  await type('名称、拼音、首字母、规格、编码', q)
  await press(name)
  for (const [unit, count] of Object.entries(counts)) await type(`几${unit}`, count)
}
type Order = { id: string; submit: boolean; backorder: boolean; lines: { entered: unknown; price: string | null }[] }
const orders = (): Order[] => server.sent('/orders').map(({ body }) => body as Order) // what the page sent

test('a quantity in mixed units is priced by the tier that all of it reaches', async () => {
  await begin()
  await add('膨胀', /膨胀螺栓/, { 箱: '12', 支: '7' })
  expect(shown()).toContain('12 箱 7 支')
  expect(shown()).toContain('6,603.85')
  expect(shown()).toContain('批发价 · 满 10,000')
  await press('提交订单')
  expect(orders()).toMatchObject([
    {
      submit: true,
      lines: [
        {
          price: null,
          entered: [
            { unit: '箱', quantity: '12' },
            { unit: '支', quantity: '7' },
          ],
        },
      ],
    },
  ])
  expect(router.currentRoute.value.name).toBe('order')
})

test('a quantity may also be written as people say it', async () => {
  await begin()
  await add('膨胀', /膨胀螺栓/, {})
  await type(/膨胀螺栓 M10\*100 的数量/, '12箱7支')
  expect(field('几箱').value).toBe('12')
  expect(shown()).toContain('6,603.85')
})

test('another price is sent with the line and shows what is taken off the rule’s', async () => {
  await begin()
  await add('膨胀', /膨胀螺栓/, { 箱: '12', 支: '7' })
  await type(/的单价/, '0.52')
  expect(shown()).toContain('折让 5.45%')
  expect(shown()).toContain('6,243.64')
  await press('提交订单')
  expect(orders()[0]?.lines[0]?.price).toBe('0.52')
})

test('a line without a quantity is marked and nothing is sent', async () => {
  await begin()
  await add('膨胀', /膨胀螺栓/, {})
  await press('提交订单')
  expect(shown()).toContain('请填写数量')
  expect(orders()).toHaveLength(0)
})

test('a refused submit keeps what was typed and says which line is short and what is left', async () => {
  await begin()
  await add('膨胀', /膨胀螺栓/, { 箱: '2' })
  await add('电锤', /电锤/, { 台: '7' })
  await press('提交订单')
  expect(alertText()).toContain('电锤 在主仓可用 4 台，要 7 台')
  expect(alertText()).toContain('11-26 到 5 台')
  expect(shown()).toContain('2箱')
  expect(shown()).toContain('7台')
  expect(router.currentRoute.value.name).toBe('order-new')
})

test('one tap takes what is there, and the order goes out again under its own id', async () => {
  await begin()
  await add('电锤', /电锤/, { 台: '7' })
  await press('提交订单')
  await press('只要 4台')
  expect(document.querySelector('[role="alert"]')).toBeNull()
  await press('提交订单')
  const [refused, sent] = orders()
  expect(sent?.lines[0]?.entered).toEqual([{ unit: '台', quantity: '4' }])
  expect(sent?.id).toBe(refused?.id)
  expect(router.currentRoute.value.params['id']).toBe(sent?.id)
})

test('one tap lets the rest come later', async () => {
  await begin()
  await add('电锤', /电锤/, { 台: '7' })
  await press('提交订单')
  await press('有货先发，缺的后补')
  await press('提交订单')
  expect(orders().at(-1)).toMatchObject({ backorder: true, lines: [{ entered: [{ unit: '台', quantity: '7' }] }] })
})

test('a draft is kept on the phone and gone on with', async () => {
  await begin()
  await add('膨胀', /膨胀螺栓/, { 箱: '12' })
  page.unmount()
  await begin()
  expect(shown()).toContain('上次没填完，已为你保留')
  await press('提交订单')
  expect(orders()[0]?.lines).toHaveLength(1)
})

test('the preview asks for what can be read, from the warehouse that is usual', async () => {
  await begin()
  await add('膨胀', /膨胀螺栓/, { 箱: '1' })
  expect(server.sent('/orders/preview').at(-1)?.body).toMatchObject({
    customerId: customer.id,
    warehouseId: warehouse.id,
    lines: [{ itemId: bolt.id }],
  })
  expect(button('提交订单')).toBeTruthy()
})
