import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { stage } from '../stage.ts'
import WecomCard from './WecomCard.vue'

const calls: { path: string; body: unknown }[] = []

// The page meets the simulator only through fetch: here it is the test that answers.
beforeEach(() => {
  stage.person = 'xiaoli'
  stage.platform = 'wecom'
  calls.length = 0
  vi.stubGlobal('fetch', async (path: string, init: { body?: string }) => {
    calls.push({ path, body: JSON.parse(init.body ?? 'null') })
    return new Response('{}')
  })
})
afterEach(() => vi.unstubAllGlobals())

const approval = {
  card_type: 'button_interaction',
  task_id: 't1',
  source: { desc: '待审批', desc_color: 2 },
  main_title: { title: '订单 SO-42 待审批', desc: '宏达装饰' },
  quote_area: { title: '信用额度使用超过 90%', quote_text: '已用 ¥93,240.00' },
  horizontal_content_list: [
    { keyname: '金额', value: '¥6,243.64' },
    { keyname: '客户', value: '宏达装饰', type: 1, url: 'https://app.example/c/1' },
  ],
  button_list: [
    { text: '同意', style: 1, key: 'token-1' },
    { text: '填写意见', style: 2, type: 1, url: 'https://app.example/o/42' },
  ],
}

function show(more: object = {}) {
  const wrapper = mount(WecomCard, { props: { messageId: 'm1', card: { ...approval, ...more } } })
  const press = async (words: string) => {
    await wrapper
      .findAll('button')
      .find((each) => each.text() === words)
      ?.trigger('click')
    await flushPromises()
  }
  return { wrapper, press }
}

test('source, titles, quote, facts and buttons are drawn', () => {
  const words = show().wrapper.text()
  for (const each of [
    '待审批',
    '订单 SO-42 待审批',
    '信用额度使用超过 90%',
    '已用 ¥93,240.00',
    '金额',
    '¥6,243.64',
    '同意',
  ]) {
    expect(words).toContain(each)
  }
})

test('a button clicks with its key, in the name of the person that is shown', async () => {
  await show().press('同意')
  expect(calls).toEqual([{ path: '/sim/wecom/cards/m1/clicks', body: { person: 'xiaoli', action: 'token-1' } }])
})

test('a link on the card clicks with its words, and the simulator says where it leads', async () => {
  await show().press('填写意见')
  await show().press('宏达装饰')
  expect(calls.map(({ body }) => body)).toMatchObject([{ action: '填写意见' }, { action: '客户' }])
})

test('words in the place of the buttons leave nothing to press', () => {
  const { wrapper } = show({ replace_text: '王姐 已同意' })
  expect(wrapper.text()).toContain('王姐 已同意')
  expect(wrapper.findAll('button').map((each) => each.text())).not.toContain('同意')
})

test('a choice goes with the press', async () => {
  const option_list = [
    { id: 'price', text: '价格' },
    { id: 'credit', text: '信用' },
  ]
  const { press } = show({ button_selection: { question_key: 'reason', title: '原因', option_list } })
  await press('价格')
  await press('信用')
  await press('同意')
  expect(calls[0]?.body).toMatchObject({ action: 'token-1', form: { reason: ['credit'] } })
})

test('a figure stands out on a notice, and the whole notice opens its page', async () => {
  const card_action = { type: 1, url: 'https://app.example/' }
  const { wrapper } = show({
    card_type: 'text_notice',
    button_list: [],
    emphasis_content: { title: '¥12,400.00', desc: '逾期' },
    card_action,
  })
  expect(wrapper.get('.emphasis b').text()).toBe('¥12,400.00')
  await wrapper.get('button.title').trigger('click')
  await flushPromises()
  expect(calls[0]?.body).toMatchObject({ action: 'card_action' })
})

test('a shared link is a card that opens its address', async () => {
  const { wrapper } = show({
    card_type: 'link',
    title: '订单 SO-42',
    description: '请看一下',
    url: 'https://app.example/o/42',
  })
  expect(wrapper.text()).toContain('请看一下')
  await wrapper.get('button').trigger('click')
  await flushPromises()
  expect(calls[0]?.body).toMatchObject({ action: 'card_action' })
})
