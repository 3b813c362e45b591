import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reactive } from 'vue'
import type { DocumentDescription, FieldDescription } from '#contract'
import { useLanguage } from '../i18n.ts'
import DocumentFields from './DocumentFields.vue'
import DocumentForm from './DocumentForm.vue'

const field = (
  key: string,
  kind: FieldDescription['kind'],
  zh: string,
  over: Partial<FieldDescription> = {},
): FieldDescription => ({
  key,
  kind,
  label: { zh, en: key },
  stored: 'column',
  required: false,
  writable: true,
  inList: false,
  ...over,
})

const customer: DocumentDescription = {
  name: 'customer',
  label: { zh: '客户', en: 'Customer' },
  page: '/customers/:id',
  title: 'name',
  summary: ['name'],
  states: [],
  fields: [
    field('name', 'text', '名称', { required: true }),
    field('creditLimit', 'money', '信用额度'),
    field('isKey', 'yesNo', '重点客户'),
    field('level', 'choice', '等级', {
      options: [
        { value: 'a', label: { zh: 'A 级' } },
        { value: 'b', label: { zh: 'B 级' } },
      ],
    }),
    field('number', 'text', '编号', { writable: false }),
    field('shoeSize', 'integer', '鞋码', { stored: 'custom' }),
  ],
  lines: [],
}

let serial = 0
/** Descriptions are kept for a minute: each test has a document of its own. */
let name = ''
beforeEach(() => {
  useLanguage('zh')
  name = `customer${serial++}`
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ ...customer, name }))))
})
afterEach(() => vi.unstubAllGlobals())

async function form(values: Record<string, unknown>, issueOf?: (field: string) => string | undefined) {
  const page = mount(DocumentForm, {
    props: { document: name, values: reactive(values), issueOf },
    attachTo: document.body,
  })
  await flushPromises()
  return page
}

function labelled(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find((one) => one.textContent === label)
  // Under test Vant gives all fields one id, so the label's own row is looked into instead.
  const input = found?.closest('.van-field')?.querySelector('input')
  if (!(input instanceof HTMLInputElement)) throw new Error(`nothing is labelled ${label}`)
  return input
}

async function fill(label: string, typed: string) {
  const input = labelled(label)
  input.value = typed
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await flushPromises()
}

test('each writable field is filled in under its label, the own ones of the company too', async () => {
  const values: Record<string, unknown> = { name: '', creditLimit: null, isKey: false, level: null }
  const page = await form(values)
  await fill('名称', '宏达装饰')
  await fill('信用额度', '¥100,000.00')
  await fill('鞋码', '42')
  await page.get('[role=switch]').trigger('click')
  expect(values).toEqual({
    name: '宏达装饰',
    creditLimit: '100000.00',
    isKey: true,
    level: null,
    custom: { shoeSize: 42 },
  })
  expect(page.text()).not.toContain('编号')
  page.unmount()
})

test('a choice is made from its words and kept as its value', async () => {
  const values: Record<string, unknown> = { name: '', level: 'a' }
  const page = await form(values)
  expect(labelled('等级').value).toBe('A 级')
  labelled('等级').click()
  await flushPromises()
  const option = [...document.querySelectorAll<HTMLElement>('[role=radio]')].find((one) => one.textContent === 'B 级')
  option?.click()
  await flushPromises()
  expect(values['level']).toBe('b')
  page.unmount()
})

test('what a refusal found stands at its field', async () => {
  const page = await form({ name: '' }, (path) => ({ name: '请填写名称', 'custom.shoeSize': '鞋码太大' })[path])
  expect(page.text()).toContain('请填写名称')
  expect(page.text()).toContain('鞋码太大')
  page.unmount()
})

test('a field taken back is empty, not a text of no letters', async () => {
  const values: Record<string, unknown> = { name: '宏达', creditLimit: '5' }
  const page = await form(values)
  await fill('信用额度', '')
  expect(values['creditLimit']).toBeNull()
  page.unmount()
})

test('a document shows the fields that came, in words, and nothing for those that were cut', async () => {
  const view = {
    id: '1',
    names: {},
    number: 'C-7',
    creditLimit: '100000.00',
    level: 'b',
    isKey: true,
    custom: { shoeSize: 42 },
  }
  const page = mount(DocumentFields, { props: { document: name, view } })
  await flushPromises()
  const text = page.text().replace(/\s/g, '')
  expect(text).toContain('信用额度¥100,000.00')
  expect(text).toContain('等级B级')
  expect(text).toContain('重点客户是')
  expect(text).toContain('鞋码42')
  expect(text).not.toContain('名称')
})
