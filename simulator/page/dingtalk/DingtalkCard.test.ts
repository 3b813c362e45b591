import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { MessageView } from '../../answers.ts'
import type { DrawnBlock, DrawnButton, DrawnField } from '../../dingtalk/drawn.ts'
import { stage } from '../stage.ts'
import DingtalkCard from './DingtalkCard.vue'

const calls: { path: string; body: unknown }[] = []

// The page meets the simulator only through fetch: here it is the test that answers.
beforeEach(() => {
  stage.person = 'laozhao'
  calls.length = 0
  vi.stubGlobal('fetch', async (path: string, init: { body?: string }) => {
    calls.push({ path, body: JSON.parse(init.body ?? 'null') })
    return new Response('{}')
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

function show(content: unknown) {
  const at = new Date(0).toISOString()
  const message: MessageView = {
    ...{ seq: 1, messageId: 'msg1', chatId: 'cid1', kind: 'card', content, sentAt: at, updatedAt: at, version: 0 },
    from: { kind: 'bot' },
  }
  const wrapper = mount(DingtalkCard, { props: { message }, attachTo: document.body })
  const press = async (words: string) => {
    const found = [...document.querySelectorAll('button')].findLast((each) => each.textContent?.trim() === words)
    found?.click()
    await flushPromises()
  }
  return { wrapper, press }
}

const instance = (...blocks: DrawnBlock[]) => ({
  kind: 'instance',
  outTrackId: 'c1',
  templateId: 't',
  variables: {},
  blocks,
})
const button = (name: string, text: string, more: Partial<DrawnButton> = {}): DrawnButton => ({
  ...{ name, text, colour: 'blue', isDisabled: false, does: { kind: 'request', actionId: name, params: {} } },
  ...more,
})
const field = (more: Partial<DrawnField> = {}): DrawnField => ({
  ...{ name: 'comment', label: '意见', type: 'TEXT_AREA', isRequired: false, isReadOnly: false, isHidden: false },
  ...{ placeholder: '', lengthMax: undefined, options: [], value: '' },
  ...more,
})

test('header, tag, markdown and text of a card are drawn', () => {
  const { wrapper } = show(
    instance(
      { kind: 'header', title: '出库单待审批', tags: [{ text: '待你审批', colour: 'orange' }] },
      { kind: 'text', text: '老赵提交', colour: '', isBold: false, size: '' },
      { kind: 'markdown', text: '**金额** ¥12,800.00' },
    ),
  )
  expect(wrapper.get('header').text()).toContain('待你审批')
  expect(wrapper.text()).toContain('老赵提交')
  expect(wrapper.get('.md b').text()).toBe('金额')
})

test('a press sends what was typed, in the name of the person that is shown', async () => {
  const { wrapper, press } = show(
    instance({ kind: 'form', name: 'form', fields: [field()], buttons: [button('approve', '同意')] }),
  )
  await wrapper.get('textarea').setValue('可以')
  await press('同意')
  expect(calls).toHaveLength(1)
  expect(calls[0]?.path).toContain('/cards/msg1/clicks')
  expect(calls[0]?.body).toEqual({ person: 'laozhao', action: 'approve', form: { comment: '可以' } })
})

test('a field that must be filled in holds the press back and says so', async () => {
  const { wrapper, press } = show(
    instance({
      kind: 'form',
      name: 'form',
      fields: [field({ isRequired: true })],
      buttons: [button('reject', '拒绝')],
    }),
  )
  await press('拒绝')
  expect(calls).toEqual([])
  expect(wrapper.text()).toContain('必填')
})

test('a button that asks first is pressed only when the question is answered', async () => {
  const confirm = { title: '拒绝？', text: '不可撤销' }
  const { press } = show(instance({ kind: 'buttons', buttons: [button('reject', '拒绝', { confirm })], isRow: true }))
  await press('拒绝')
  expect(document.body.textContent).toContain('不可撤销')
  await press('取消')
  expect(calls).toEqual([])
  await press('拒绝')
  await press('确认')
  expect(calls).toHaveLength(1)
})

test('a disabled button cannot be pressed', async () => {
  const { press } = show(
    instance({ kind: 'buttons', buttons: [button('approve', '同意', { isDisabled: true })], isRow: true }),
  )
  await press('同意')
  expect(calls).toEqual([])
})

test('the buttons of an action card are links, also those that name the client', async () => {
  const opened = vi.fn<typeof window.open>()
  vi.stubGlobal('open', opened)
  const wrapped = `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent('https://elsewhere.example/a?b=1')}&pc_slide=true`
  const { wrapper, press } = show({
    ...{ kind: 'actionCard', title: '出库单', text: '### 出库单', isRow: false },
    buttons: [{ title: '查看', url: wrapped }],
  })
  expect(wrapper.get('.md-heading').text()).toBe('出库单')
  await press('查看')
  expect(opened).toHaveBeenCalledWith('https://elsewhere.example/a?b=1', '_blank', 'noopener')
})

test('a to-do shows its words, when it is due, and that it is done', () => {
  const todo = {
    kind: 'todo',
    subject: '盘点主仓',
    description: '今天',
    url: 'https://elsewhere.example/',
    isDone: true,
  }
  const { wrapper } = show({ ...todo, dueAt: '2026-11-22T10:00:00.000Z' })
  expect(wrapper.text()).toContain('盘点主仓')
  expect(wrapper.text()).toContain('11/22 18:00')
  expect(wrapper.get('.todo').classes()).toContain('done')
})

test('fonts have the size and colour of their tokens, and a line ends where two spaces say so', () => {
  const figure = '<font sizeToken=common_h1_text_style__font_size colorTokenV2=common_orange1_color>¥12,800.00</font>'
  const { wrapper } = show({ kind: 'markdown', title: 't', text: `${figure}  \n订单\n金额\n\n- 一\n- 二` })
  const span = wrapper.get('.md span')
  expect(span.text()).toBe('¥12,800.00')
  expect(span.attributes('style')).toMatch(/font-size: 20px/)
  expect(wrapper.findAll('br')).toHaveLength(1)
  expect(wrapper.text()).toContain('订单 金额')
  expect(wrapper.findAll('li')).toHaveLength(2)
})
