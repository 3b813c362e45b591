import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import CardView from './CardView.vue'
import { stage } from './stage.ts'

const plainText = (content: string) => ({ tag: 'plain_text', content })
const button = (name: string, words: string, more = {}) => ({
  ...{ tag: 'button', name, text: plainText(words), form_action_type: 'submit' },
  ...{ behaviors: [{ type: 'callback', value: { act: name } }], ...more },
})

const calls: { path: string; body: unknown }[] = []

// The page meets the simulator only through fetch: here it is the test that answers.
beforeEach(() => {
  Object.assign(stage, { platform: 'feishu', person: 'xiaoli' })
  calls.length = 0
  vi.stubGlobal('fetch', async (path: string, init: { body?: string }) => {
    calls.push({ path, body: JSON.parse(init.body ?? 'null') })
    return new Response(JSON.stringify({ toast: { type: 'success', content: '已批准' } }))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

function show(...elements: unknown[]) {
  const header = { template: 'orange', title: plainText('订单待审批') }
  const card = { schema: '2.0', header, body: { elements } }
  const wrapper = mount(CardView, { props: { messageId: 'om_1', card }, attachTo: document.body })
  const press = async (words: string) => {
    const found = [...document.querySelectorAll('button')].findLast((each) => each.textContent?.trim() === words)
    found?.click()
    await flushPromises()
  }
  return { wrapper, press }
}

const form = (more = {}, confirm = {}) => ({
  tag: 'form',
  name: 'f',
  elements: [{ tag: 'input', name: 'comment', ...more }, button('approve', '同意', confirm)],
})

test('pressing a button of a form sends what was filled in, in the name of the shown person', async () => {
  const { wrapper, press } = show(form())
  await wrapper.get('input[name=comment]').setValue('可以')
  await press('同意')
  expect(calls).toEqual([
    { path: '/sim/feishu/cards/om_1/clicks', body: { person: 'xiaoli', action: 'approve', form: { comment: '可以' } } },
  ])
  expect(stage.toasts.at(-1)).toMatchObject({ type: 'success', content: '已批准' })
})

test('an empty required field holds the click back and says so', async () => {
  const { wrapper, press } = show(form({ required: true }))
  await press('同意')
  expect(calls).toEqual([])
  expect(wrapper.text()).toContain('必填')
})

test('a button that asks for confirmation clicks only when it is given', async () => {
  const confirm = { confirm: { title: plainText('确认同意？'), text: plainText('不可撤销') } }
  const { press } = show(form({}, confirm))
  await press('同意')
  expect(calls).toEqual([])
  await press('取消')
  expect(calls).toEqual([])
  await press('同意')
  await press('确认')
  expect(calls).toHaveLength(1)
})

test('header, markdown, columns and table are drawn with their words and figures', () => {
  const column = (content: string) => ({ tag: 'column', weight: 1, elements: [{ tag: 'markdown', content }] })
  const price = {
    name: 'price',
    display_name: '单价',
    data_type: 'number',
    format: { precision: 2, symbol: '¥', separator: true },
  }
  const { wrapper } = show(
    { tag: 'markdown', content: '**¥6,243.64**' },
    { tag: 'column_set', columns: [column('未收 71,400'), column('额度 100,000')] },
    { tag: 'table', columns: [price], rows: [{ price: 1234.5 }] },
  )
  expect(wrapper.get('header').text()).toContain('订单待审批')
  expect(wrapper.get('.md b').text()).toBe('¥6,243.64')
  expect(wrapper.text()).toContain('¥6,243.64')
  expect(wrapper.text()).toContain('额度 100,000')
  expect(wrapper.get('td').text()).toBe('¥1,234.50')
})
