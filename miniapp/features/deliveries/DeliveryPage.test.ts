import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { toQuantity } from '#contract'
import type { DeliveryDetail } from '#contract/modules/sales'
import { useLanguage } from '../../i18n.ts'
import DeliveryPage from './DeliveryPage.vue'

const id = '01938d7e-0000-7000-8000-000000000001'
const units = [
  { unit: '支', numerator: 1, denominator: 1 },
  { unit: '箱', numerator: 24, denominator: 1 },
]
const item = {
  id: 'item',
  code: 'MF-001',
  name: '密封胶',
  spec: '300ml',
  baseUnit: '支',
  units,
  tracking: 'lot' as const,
}

/** A note for 10 箱: 100 支 of the older lot and 140 支 of the newer one. */
function note(picked: { lotId: string; lotCode: string; quantity: string }[] = [], over: object = {}): DeliveryDetail {
  const sum = picked.reduce((total, { quantity }) => total + Number(quantity), 0)
  return {
    delivery: {
      ...{ id, version: 1, number: 'DN202611-00042', state: 'picking', custom: {}, orderId: 'order' },
      names: { customerId: '宏达装饰', orderId: 'SO202611-00042' },
      can: ['scan', 'ship', 'cancel'],
      lines: [{ id: 'line', planned: '240', picked: toQuantity(sum), names: {}, custom: {} }],
      ...over,
    },
    lines: [
      {
        ...{
          lineId: 'line',
          item,
          plannedText: '10 箱',
          pickedText: '',
          lots: picked,
          serials: [],
          bins: [],
          returnedText: '',
        },
        proposal: [
          { lotId: 'l1', lotCode: 'L1', expiresOn: '2026-12-01', quantity: '100' },
          { lotId: 'l2', lotCode: 'L2', expiresOn: '2027-06-01', quantity: '140' },
        ],
      },
    ],
    mayReturn: false,
    timeline: [],
  }
}
const description = {
  name: 'delivery',
  label: { zh: '出库单' },
  page: '/deliveries/:id',
  title: 'number',
  summary: [],
  states: [],
  fields: [],
  lines: [],
}

type Answer = { status?: number; body: unknown }
let shown: DeliveryDetail
let answers: ((sent: Record<string, unknown>) => Answer)[]
const sent: { path: string; body: Record<string, unknown> }[] = []
const keys: string[] = []

const json = ({ status = 200, body }: Answer) => Promise.resolve(new Response(JSON.stringify(body), { status }))
beforeEach(() => {
  useLanguage('zh')
  sent.length = 0
  keys.length = 0
  answers = []
  shown = note()
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (path.startsWith('/api/documents')) return json({ body: description })
    if (init.method === 'GET') return json({ body: shown })
    const body: Record<string, unknown> = JSON.parse(String(init.body))
    sent.push({ path: path.replace(`/api/deliveries/${id}/`, ''), body })
    keys.push(new Headers(init.headers).get('idempotency-key') ?? '')
    return json(answers.shift()?.(body) ?? { body: shown })
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: '/deliveries/:id', name: 'delivery', component: { render: () => null } },
    { path: '/:any*', component: { render: () => null } },
  ],
})
let page: VueWrapper
async function open() {
  page = mount(DeliveryPage, {
    props: { id },
    global: { plugins: [router, createPinia()] },
    attachTo: document.body,
  })
  await flushPromises()
}
afterEach(() => page.unmount())

async function scan(code: string) {
  const field = document.querySelector<HTMLInputElement>('[aria-label="条码、批次或序列号"]')
  if (!field) throw new Error('there is nowhere to scan into')
  field.value = code
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.form?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
  await flushPromises()
}
async function press(name: string, within: ParentNode = document) {
  const button = [...within.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)
  if (!button) throw new Error(`there is no button ${name}`)
  button.click()
  await flushPromises()
}
function sheet(): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>('[role=dialog]')].find((one) => one.textContent)
  if (!found) throw new Error('no sheet is open')
  return found
}
async function submit() {
  sheet()
    .querySelector('form')
    ?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
  await flushPromises()
}
const told = () => document.querySelector('[role=status][aria-live]')?.textContent ?? ''

test('the lots stand in the order in which they go, in packs', async () => {
  await open()
  const lots = [...document.querySelectorAll('.takes li')].map((lot) => lot.textContent?.replace(/\s+/g, ' ').trim())
  expect(lots[0]).toContain('批次 L1')
  expect(lots[0]).toContain('先发')
  expect(lots[0]).toContain('4 箱 4 支')
  expect(lots[1]).toContain('5 箱 20 支')
})

test('a scan says at once what it was and what is left', async () => {
  answers = [() => ({ body: (shown = note([{ lotId: 'l1', lotCode: 'L1', quantity: '100' }])) })]
  await open()
  await scan('L1')
  expect(sent).toEqual([{ path: 'scan', body: { scan: 'L1' } }])
  expect(told()).toContain('密封胶 300ml')
  expect(told()).toContain('+4 箱 4 支')
  expect(page.text()).toContain('还差 5 箱 20 支')
})

test('the code of a bin leads to what lies there, and picks nothing', async () => {
  shown.lines[0]!.bins = [{ id: 'bin', code: 'A-01-02', name: '' }]
  await open()
  expect(page.text()).toContain('A-01-02')
  await scan('a-01-02')
  expect(told()).toContain('库位 A-01-02：1 行')
  expect(document.querySelector('[data-line=line]')?.className).toContain('here')
  expect(sent).toEqual([])
})

test('what does not belong on the note is refused in the words of the server', async () => {
  const refusal = { code: 'wrong_item', title: '扫到的是 电锤，不在这张出库单上' }
  answers = [() => ({ status: 422, body: refusal })]
  await open()
  await scan('6900000000000')
  expect(told()).toContain('扫到的是 电锤')
  expect(page.text()).toContain('10 箱')
})

test('a newer lot goes only with a reason, which is sent with the same code', async () => {
  const refusal = { code: 'newer_lot', title: '应先发批次 L1', facts: {} }
  answers = [() => ({ status: 409, body: refusal })]
  await open()
  await scan('L2')
  expect(sheet().textContent).toContain('应先发批次 L1')
  await submit()
  expect(sheet().textContent).toContain('请先写明原因')
  expect(sent).toHaveLength(1)
  await press('客户指定', sheet())
  await submit()
  expect(sent.at(-1)?.body).toEqual({ scan: 'L2', reason: '客户指定' })
})

test('scans that come faster than answers go out one after another, each with a key of its own', async () => {
  await open()
  const first = scan('L1')
  const second = scan('L1')
  await Promise.all([first, second])
  await flushPromises()
  expect(sent.map(({ body }) => body['scan'])).toEqual(['L1', 'L1'])
  expect(new Set(keys).size).toBe(2)
})

test('a scan that the network lost goes out again with the same key', async () => {
  let isDown = true
  const reached = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    if (init.method === 'POST') keys.push(new Headers(init.headers).get('idempotency-key') ?? '')
    return isDown && init.method === 'POST' ? Promise.reject(new TypeError('no network')) : reached(path, init)
  })
  await open()
  await scan('L1')
  expect(told()).toContain('已记下 1 次扫码')
  isDown = false
  window.dispatchEvent(new Event('offline'))
  await flushPromises()
  window.dispatchEvent(new Event('online'))
  await flushPromises()
  expect(sent.map(({ body }) => body['scan'])).toEqual(['L1'])
  expect(new Set(keys).size).toBe(1)
})

test('shipping a part says what leaves, what stays and what becomes of it', async () => {
  shown = note([{ lotId: 'l1', lotCode: 'L1', quantity: '100' }])
  await open()
  await press('确认出库')
  const words = sheet().textContent?.replace(/\s+/g, ' ') ?? ''
  expect(words).toContain('部分出库')
  expect(words).toContain('4 箱 4 支')
  expect(words).toContain('余 5 箱 20 支')
  expect(words).toContain('下一张出库单')
  answers = [
    () => ({ body: { delivery: shown.delivery, next: { ...shown.delivery, id: 'next', number: 'DN202611-00043' } } }),
  ]
  await submit()
  expect(sent.at(-1)?.path).toBe('ship')
  expect(page.text()).toContain('DN202611-00043')
})

test('nobody signs without a name', async () => {
  shown = note([{ lotId: 'l1', lotCode: 'L1', quantity: '100' }], { state: 'shipped', can: ['sign'] })
  await open()
  await press('客户签收')
  await submit()
  expect(sheet().textContent).toContain('请填写签收人')
  expect(sent).toEqual([])
})

test('a picker is shown no amounts', async () => {
  shown = note([], { grossTotal: '6243.64', costTotal: '4000.00' })
  await open()
  expect(page.text()).not.toContain('¥')
})
