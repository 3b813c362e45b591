import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { receiptDocument } from '#contract/modules/finance'
import { useLanguage } from '../../i18n.ts'
import ReceiptFormPage from './ReceiptFormPage.vue'

const customerId = '01938d7e-0000-7000-8000-000000000001'
const item = (last: number, number: string, open: string, dueOn: string) => ({
  id: `01938d7e-0000-7000-8000-00000000000${last}`,
  customerId,
  sourceNumber: number,
  open,
  dueOn,
  overdueDays: 0,
  names: {},
})
const owed = [item(2, 'DN202611-00001', '100.00', '2026-10-01'), item(3, 'DN202611-00002', '80.00', '2026-11-01')]
const inForm = ['amount', 'method', 'receivedOn', 'reference', 'note']
const description = {
  name: 'receipt',
  fields: Object.entries(receiptDocument.fields)
    .filter(([key]) => inForm.includes(key))
    .map(([key, field]) => ({ key, writable: true, stored: 'column', required: 'required' in field, ...field })),
  lines: [],
}

let refusal: Record<string, unknown> | undefined
const posted: Record<string, unknown>[] = []
function answer(address: string, init: RequestInit): Response {
  if (init.method === 'POST') {
    posted.push(JSON.parse(String(init.body)) as Record<string, unknown>) // the client sends JSON objects
    return refusal
      ? new Response(JSON.stringify(refusal), { status: 409 })
      : new Response(JSON.stringify({ receipt: { id: 'r', number: 'RC202611-00007' }, allocations: [], timeline: [] }))
  }
  if (address.includes('/documents/')) return new Response(JSON.stringify(description))
  if (address.includes('/account')) return new Response(JSON.stringify({ customerId, customerName: '宏达装饰' }))
  return new Response(JSON.stringify({ rows: owed, cursor: null }))
}

beforeEach(() => {
  useLanguage('zh')
  posted.length = 0
  refusal = undefined
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => Promise.resolve(answer(address, init)))
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

async function open() {
  const view = { render: () => null }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/receipts/new', component: view },
      { path: '/receipts/:id', name: 'receipt', component: view },
    ],
  })
  await router.push({ path: '/receipts/new', query: { customerId } })
  const page = mount(ReceiptFormPage, { global: { plugins: [router] }, attachTo: document.body })
  await vi.waitFor(() => expect(page.text()).toContain('DN202611-00002'))
  await vi.waitFor(() => labelled('收款金额'))
  return { page, router }
}

/** The field that is called so: by its own label, or by that of the cell it stands in. */
function labelled(name: string): HTMLInputElement {
  const own = document.querySelector<HTMLInputElement>(`input[aria-label="${name}"]`)
  const cell = [...document.querySelectorAll('.van-field')].find(
    (one) => one.querySelector('label')?.textContent?.trim() === name,
  )
  const found = own ?? cell?.querySelector('input')
  if (!found) throw new Error(`there is no field ${name}`)
  return found
}
async function write(name: string, text: string) {
  const field = labelled(name)
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}
async function press(name: string, role = 'button') {
  const found = [...document.querySelectorAll<HTMLElement>(role === 'button' ? 'button' : `[role=${role}]`)].find(
    (one) => one.textContent?.trim() === name,
  )
  if (!found) throw new Error(`there is no ${role} ${name}`)
  found.click()
  await flushPromises()
}
const shares = () => owed.map(({ sourceNumber }) => labelled(`${sourceNumber} 核销金额`).value)

test('as the amount is typed, what is due first is settled first', async () => {
  const { page } = await open()
  await write('收款金额', '120')
  expect(shares()).toEqual(['100.00', '20.00'])
  expect(page.text()).toContain('核销 ¥120.00 · 预收 ¥0.00')
  await press('登记收款')
  expect(posted[0]).toMatchObject({ customerId, amount: '120', method: 'bank', allocations: 'oldest' })
})

test('what is written at one item is sent as it was told, and the rest stays an advance', async () => {
  const { page } = await open()
  await write('收款金额', '120')
  await write('DN202611-00001 核销金额', '30')
  expect(page.text()).toContain('核销 ¥50.00 · 预收 ¥70.00')
  await press('登记收款')
  expect(posted[0]?.['allocations']).toEqual([
    { receivableId: owed[0]?.id, amount: '30.00' },
    { receivableId: owed[1]?.id, amount: '20.00' },
  ])
})

test('all of it may be kept as an advance', async () => {
  await open()
  await write('收款金额', '120')
  await press('留作预收', 'radio')
  await press('登记收款')
  expect(posted[0]?.['allocations']).toBe('none')
})

test('more than is open is marked at its item and not sent', async () => {
  const { page } = await open()
  await write('收款金额', '500')
  await write('DN202611-00002 核销金额', '80.01')
  expect(labelled('DN202611-00002 核销金额').getAttribute('aria-invalid')).toBe('true')
  expect(page.text()).toContain('最多 ¥80.00')
  await press('登记收款')
  expect(posted).toEqual([])
})

test('without an amount nothing is sent, and the amount is marked', async () => {
  const { page } = await open()
  await write('收款金额', '')
  await press('登记收款')
  expect(posted).toEqual([])
  expect(page.text()).toContain('请填写收款金额')
})

test('a day whose books are closed is marked at the day, and what was typed stays', async () => {
  const words = '2026-10-31 所在期间已结账，请用 2026-11-01 或以后的日期'
  refusal = { code: 'closed_period', title: words, facts: {}, errors: [] }
  const { page } = await open()
  await write('收款金额', '120')
  await press('登记收款')
  const day = page.findAll('.van-field').find((field) => field.text().startsWith('到账日'))
  expect(day?.text()).toContain(words)
  expect(labelled('收款金额').value).toBe('120')
})

test('where the books of its day are closed it can keep the day and go into the next period', async () => {
  const facts = { day: '2026-10-31', open: '2026-11-01' }
  refusal = { code: 'closed_period', title: '已结账', facts, errors: [] }
  const { page } = await open()
  await write('收款金额', '120')
  await press('登记收款')
  expect(page.text()).toContain('从 11-01 起生效')
  refusal = undefined
  await press('记入下期')
  expect(posted.map(({ amount, intoNextPeriod }) => [amount, intoNextPeriod])).toEqual([
    ['120', undefined],
    ['120', true],
  ])
})

test('an item that somebody else settled meanwhile is marked where it stands', async () => {
  refusal = {
    code: 'over_allocated',
    title: 'DN202611-00002 只剩 ¥5.00 未收',
    facts: { number: 'DN202611-00002', open: '5.00', amount: '20.00' },
    errors: [{ field: 'allocations', message: '超过可核销金额' }],
  }
  const { page } = await open()
  await write('收款金额', '120')
  await press('登记收款')
  const marked = page.findAll('li').find((row) => row.text().includes('DN202611-00002'))
  expect(marked?.text()).toContain('只剩 ¥5.00 未收')
})
