import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { i18n, useLanguage } from '../../i18n.ts'
import { newCustomer } from './customer-form.model.ts'
import CustomerFormBody from './CustomerFormBody.vue'

const names = ['customer', 'customers', 'order-new', 'quotation-new']
const router = createRouter({
  history: createMemoryHistory(),
  routes: names.map((name) => ({ path: `/${name}/:id?`, name, component: { render: () => null } })),
})
const known = { id: '01900000-0000-7000-8000-0000000000c9', name: '佳筑工程' }
const field = (key: string, zh: string) => ({
  key,
  kind: 'text',
  label: { zh },
  stored: 'column',
  required: true,
  writable: true,
  inList: true,
})
const description = {
  name: 'customer',
  label: { zh: '客户' },
  page: '/customers/:id',
  title: 'shortName',
  summary: [],
  states: [],
  fields: [field('name', '客户全称'), field('shortName', '简称')],
  lines: [field('name', '姓名')],
}

type Sent = { id: string; name: string; evenIfAlike: boolean; contacts: object[] }
let sent: Sent[]
let page: VueWrapper

beforeEach(async () => {
  useLanguage('zh')
  sent = []
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => Promise.resolve(answer(address, init)))
  await router.push('/customers')
  page = mount(CustomerFormBody, {
    props: { start: { ...newCustomer(), termCode: 'net_30' }, title: '新建客户' },
    attachTo: document.body,
    global: { plugins: [createPinia(), i18n, router] },
  })
  await flushPromises()
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

/** The real server refuses a customer that is there, until it is told that it is another one. */
function answer(address: string, init: RequestInit): Response {
  if (address.includes('/payment-terms')) return Response.json({ terms: [] })
  if (address.includes('/documents/')) return Response.json(description)
  const body = JSON.parse(String(init.body)) as Sent // what the form sent
  sent.push(body)
  if (!body.evenIfAlike)
    return Response.json(
      {
        code: 'duplicate_customer',
        title: '可能已有这家客户：佳筑工程',
        facts: { names: known.name, customers: [known] },
      },
      { status: 409 },
    )
  return Response.json({
    customer: { id: body.id, version: 1, can: [], names: {}, custom: {}, lines: [], shortName: '佳筑' },
    aliases: [],
  })
}

const button = (text: string) => {
  const found = page.findAll('button, a').find((one) => one.text() === text || one.attributes('aria-label') === text)
  if (!found) throw new Error(`nothing is called ${text}: ${page.text()}`)
  return found
}
async function press(text: string): Promise<void> {
  await button(text).trigger('click')
  await flushPromises()
}
async function type(label: string, text: string): Promise<void> {
  const cell = page.findAll('.van-field').find((one) => one.text().startsWith(label))
  await cell?.find('input').setValue(text)
}

test('a customer that may be there is shown, and saved when it is said to be another', async () => {
  await type('客户全称', '佳筑建筑工程有限公司')
  await press('保存')
  expect(page.find('[role="alert"]').text()).toContain('佳筑工程')
  expect(button('看看「佳筑工程」')).toBeTruthy()
  expect(page.find('input').element.value).toBe('佳筑建筑工程有限公司')

  await press('不是同一家，仍然保存')
  expect(sent.map(({ evenIfAlike }) => evenIfAlike)).toEqual([false, true])
  expect(sent[1]?.id).toBe(sent[0]?.id)
  expect(router.currentRoute.value).toMatchObject({ name: 'customer', params: { id: sent[1]?.id } })
})

test('the first contact is the main one, and there is never a second', async () => {
  await press('添加联系人')
  await press('添加联系人')
  const switches = () => page.findAll('[role="switch"]').map((one) => one.attributes('aria-checked'))
  expect(switches()).toEqual(['true', 'false'])
  await page.findAll('[role="switch"]')[1]?.trigger('click')
  expect(switches()).toEqual(['false', 'true'])
})
