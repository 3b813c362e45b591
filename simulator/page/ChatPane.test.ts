import { flushPromises, mount } from '@vue/test-utils'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'

import type { LiveEvent, MessageView } from '../answers.ts'
import ChatPane from './ChatPane.vue'
import PeopleList from './PeopleList.vue'
import PhoneFrame from './PhoneFrame.vue'
import { begin, stage } from './stage.ts'

const label = { feishu: { zh: '飞书', en: 'Feishu' }, wecom: { zh: '企业微信', en: 'WeCom' } }
const platforms = (['feishu', 'wecom'] as const).map((name) => ({
  name,
  label: label[name],
  isHere: true,
  botName: '一单',
}))
const ids = { openId: 'o', unionId: 'u', userId: 'i' }
const aPerson = (key: string, name: string, on: object) => ({
  ...{ key, name, en: key, role: { zh: '总经理', en: 'Owner' }, department: { zh: '总经办', en: 'Office' } },
  ...{ platforms: on, hasLeft: false },
})
const people = [aPerson('chenzong', '陈总', { feishu: ids, wecom: ids }), aPerson('xiaoli', '小李', { wecom: ids })]

function aMessage(content: string, more: Partial<MessageView> = {}): MessageView {
  const now = new Date().toISOString()
  const message = {
    messageId: content,
    chatId: 'c',
    kind: 'text',
    content,
    sentAt: now,
    updatedAt: now,
    version: 0,
  } as const
  return { seq: 1, from: { kind: 'bot' }, ...message, ...more }
}

const chatOf = (path: string) => {
  const answer = {
    chats: [{ chatId: 'c', name: '一单', isGroup: false, messages: [aMessage(`hello on ${path.split('/')[2]}`)] }],
  }
  onTheWay()
  return answer
}
/** What happens after the simulator has looked at its chats, and before its answer arrives. */
let onTheWay: () => void = () => {}
const answers: [RegExp, (path: string) => unknown][] = [
  [/platforms$/, () => ({ platforms, appUrl: '' })],
  [/sim\/people$/, () => ({ people })],
  [/clock$/, () => ({ now: new Date().toISOString() })],
  [/log$/, () => ({ log: [] })],
  [/questions$/, () => ({ questions: [] })],
  [/chats$/, chatOf],
  [/app\?/, (path) => ({ url: `http://phone/${path.split('/')[2]}` })],
]

let tell: (event: LiveEvent) => void = () => {}

// The page meets the simulator through fetch and one stream of events: here it is the test that answers.
beforeAll(() => {
  const answer = async (path: string) =>
    new Response(JSON.stringify(answers.find(([which]) => which.test(path))?.[1](path)))
  vi.stubGlobal('fetch', answer)
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener(kind: string, take: (message: { data: string }) => void) {
        if (kind === 'message') tell = (event) => take({ data: JSON.stringify(event) })
      }
    },
  )
})
beforeEach(async () => {
  Object.assign(stage, { chats: {}, unread: {}, lookedAt: {}, phones: [] })
  location.hash = '#xiaoli'
  await begin()
})

const choose = async (words: string) => {
  const list = mount(PeopleList)
  await list
    .findAll('button')
    .find((each) => each.text().includes(words))
    ?.trigger('click')
  await flushPromises()
}
const switchTo = async (words: string) => {
  const pane = mount(ChatPane)
  await pane
    .findAll('.places button')
    .find((each) => each.text() === words)
    ?.trigger('click')
  await flushPromises()
  return pane
}

test('somebody on one platform is shown there, with nothing to choose', () => {
  const pane = mount(ChatPane)
  expect(pane.text()).toContain('小李 的企业微信')
  expect(pane.find('.places').exists()).toBe(false)
})

test('somebody on several platforms is shown on one of them, and the other is a press away', async () => {
  await choose('陈总')
  expect(mount(ChatPane).text()).toContain('陈总 的飞书')
  const pane = await switchTo('企业微信')
  expect(pane.text()).toContain('陈总 的企业微信')
  expect(pane.text()).toContain('hello on wecom')
  expect(location.hash).toBe('#chenzong/wecom')
})

test('whoever is turned to again is shown where he was looked at last', async () => {
  await choose('陈总')
  await switchTo('企业微信')
  await choose('小李')
  await choose('陈总')
  expect(mount(ChatPane).text()).toContain('陈总 的企业微信')
})

test('what comes on the platform that is not shown waits there, and counts in the list of people', async () => {
  await choose('陈总')
  tell({ kind: 'message', platform: 'wecom', people: ['chenzong'], message: aMessage('a card', { seq: 2 }) })
  await flushPromises()
  expect(mount(ChatPane).text()).not.toContain('a card')
  expect(mount(PeopleList).get('.unread').text()).toBe('1')
  await switchTo('企业微信')
  expect(mount(PeopleList).find('.unread').exists()).toBe(false)
})

test('what comes or changes while a chat is on its way to the page is shown all the same', async () => {
  await choose('陈总')
  const told = (message: MessageView) => tell({ kind: 'message', platform: 'feishu', people: ['chenzong'], message })
  onTheWay = () => {
    told(aMessage('decided', { messageId: 'hello on feishu', version: 1 }))
    told(aMessage('another', { seq: 2 }))
  }
  await choose('陈总')
  onTheWay = () => {}
  const words = mount(ChatPane).text()
  expect(words).toContain('decided')
  expect(words).toContain('another')
  expect(words).not.toContain('hello on feishu')
})

test('a phone is that of the first platform of its owner, and shows the title of its page', async () => {
  await choose('陈总')
  await switchTo('企业微信')
  expect(mount(PhoneFrame).text()).toContain('陈总的手机 · 飞书工作台')
  await choose('小李')
  tell({ kind: 'title', platform: 'wecom', person: 'xiaoli', title: '开单' })
  expect(mount(PhoneFrame).get('.title b').text()).toBe('开单')
})
