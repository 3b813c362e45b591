import { afterEach, beforeEach, expect, test } from 'vitest'

import { aCard, aCompany, cardMessage, textMessage } from './test-company.ts'
import type { Company } from './test-company.ts'

let company: Company
beforeEach(async () => {
  company = await aCompany()
})
afterEach(() => company.close())

const contents = async (person: string) => (await company.inbox(person)).map((each) => each.content)

test('a message reaches everybody it names, in whatever case, and says who of them is unknown', async () => {
  const sent = await company.send(textMessage('hello'), 'XIAOLI|wangjie|Stranger|nobody')
  expect(sent).toMatchObject({ errcode: 0, invaliduser: 'stranger|nobody', msgid: expect.any(String) })
  for (const person of ['xiaoli', 'wangjie']) expect(await contents(person)).toEqual(['hello'])
  expect(await contents('laozhao')).toEqual([])
})

test('a department and everybody are recipients too', async () => {
  await company.send({ ...textMessage('to the store'), toparty: '4' }, '')
  await company.send(textMessage('to all'), '@all')
  expect(await contents('laozhao')).toEqual(['to the store', 'to all'])
  expect(await contents('xiaoli')).toEqual(['to all'])
})

test('whoever has no licence gets nothing, and the sender is told so beside an errcode of 0', async () => {
  await company.control('PATCH', '/wecom/settings', { unlicensed: ['xiaoli'] })
  const sent = await company.send(textMessage('hello'), 'xiaoli|wangjie')
  expect(sent).toMatchObject({ errcode: 0, unlicenseduser: 'Xiaoli' })
  expect([await contents('xiaoli'), await contents('wangjie')]).toEqual([[], ['hello']])
})

test('a long text is cut at 2048 bytes, between two characters', async () => {
  await company.send(textMessage('一'.repeat(1000)))
  expect(await contents('xiaoli')).toEqual(['一'.repeat(682)])
})

test('markdown is told from plain text, and a text card is a card', async () => {
  await company.send({ msgtype: 'markdown', markdown: { content: '**¥12**' } })
  await company.send({
    msgtype: 'textcard',
    textcard: { title: '到货', description: '30 箱', url: 'https://app.example/' },
  })
  expect(await company.inbox('xiaoli')).toMatchObject([
    { kind: 'text', format: 'markdown', content: '**¥12**' },
    { kind: 'card', content: { title: '到货', url: 'https://app.example/' } },
  ])
})

test('a response_code comes with interactive cards only', async () => {
  const notice = {
    card_type: 'text_notice',
    main_title: { title: '到货' },
    card_action: { type: 1, url: 'https://a.example/' },
  }
  expect(await company.send(cardMessage(notice))).not.toHaveProperty('response_code')
  expect(await company.send(cardMessage(aCard()))).toHaveProperty('response_code')
})

test('the same request within the interval is sent once, when that is asked for', async () => {
  const request = { ...cardMessage(aCard({ task_id: 't1' })), enable_duplicate_check: 1, duplicate_check_interval: 600 }
  const first = await company.send(request)
  expect(await company.send(request)).toMatchObject({ errcode: 0, msgid: first['msgid'] })
  expect(await contents('xiaoli')).toHaveLength(1)
  await company.send(textMessage('hello'))
  await company.send(textMessage('hello'))
  expect(await contents('xiaoli')).toHaveLength(3)
})

test('the duplicate check forgets after its interval', async () => {
  const request = { ...textMessage('hello'), enable_duplicate_check: 1, duplicate_check_interval: 60 }
  await company.send(request)
  company.clock.advance(60_000)
  await company.send(request)
  expect(await contents('xiaoli')).toHaveLength(2)
})

test('the 31st message of a minute to one member is dropped, and its sender is told that all is well', async () => {
  for (let i = 0; i < 31; i++) expect(await company.send(textMessage(`${i}`))).toMatchObject({ errcode: 0 })
  expect(await contents('xiaoli')).toHaveLength(30)
  expect((await company.log()).at(-1)?.checks).toContainEqual(
    expect.objectContaining({ what: 'dropped_without_a_word', holds: false }),
  )
  await company.send(textMessage('to another'), 'wangjie')
  expect(await contents('wangjie')).toHaveLength(1)
  company.clock.advance(60_001)
  await company.send(textMessage('later'))
  expect(await contents('xiaoli')).toHaveLength(31)
})

test('a message that is taken back is seen by nobody any more', async () => {
  const { msgid } = await company.send(cardMessage(aCard()), 'xiaoli|wangjie')
  expect(await company.call('POST', 'message/recall', { msgid })).toMatchObject({ errcode: 0 })
  for (const person of ['xiaoli', 'wangjie']) expect(await contents(person)).toEqual(['消息已撤回'])
  expect(await company.click(msgid, 'xiaoli', 'approve')).toMatchObject({ error: 'the card was recalled' })
})

test('a card can be redrawn for everybody at once', async () => {
  const { response_code } = await company.send(cardMessage(aCard()), 'xiaoli|wangjie')
  const template_card = aCard({ replace_text: '已撤回' })
  const update = { atall: 1, agentid: company.app.agentId, response_code, template_card }
  expect(await company.call('POST', 'message/update_template_card', update)).toMatchObject({ errcode: 0 })
  for (const person of ['xiaoli', 'wangjie']) expect((await company.inbox(person))[0]).toMatchObject({ version: 1 })
})

test.each([
  ['without a title', { main_title: { desc: 'only this' } }],
  ['with seven buttons', { button_list: Array.from({ length: 7 }, () => ({ text: '好', key: 'k' })) }],
  ['with a long key', { button_list: [{ text: '好', key: 'k'.repeat(1025) }] }],
  ['with a style of its own', { button_list: [{ text: '好', key: 'k', style: 5 }] }],
  ['with a link button without address', { button_list: [{ text: '好', type: 1 }] }],
  ['with seven lines', { horizontal_content_list: Array.from({ length: 7 }, () => ({ keyname: 'k', value: 'v' })) }],
  ['with a line without a name', { horizontal_content_list: [{ value: 'v' }] }],
  ['with a value that is a number', { horizontal_content_list: [{ keyname: 'k', value: 1 }] }],
  ['with a link line without address', { horizontal_content_list: [{ keyname: 'k', type: 1 }] }],
  ['with four jumps', { jump_list: Array.from({ length: 4 }, () => ({ title: 't' })) }],
  ['with a menu of four', { action_menu: { action_list: Array.from({ length: 4 }, () => ({ text: 't', key: 'k' })) } }],
  ['with an empty menu', { action_menu: { action_list: [] } }],
  ['with a colour of its own', { source: { desc: '审批', desc_color: 9 } }],
  ['with an action without address', { card_action: { type: 1 } }],
  ['with a question without options', { button_selection: { question_key: 'q', option_list: [] } }],
])('a card %s is refused', async (_, wrong) => {
  expect(await company.send(cardMessage(aCard(wrong)))).toMatchObject({ errcode: 40058 })
})

test('votes and forms are cards too, and are checked as such', async () => {
  const option_list = [{ id: '1', text: '一' }]
  const submit_button = { text: '提交', key: 'submit' }
  const base = { main_title: { title: '盘点' }, submit_button }
  const vote = { card_type: 'vote_interaction', task_id: 'v1', checkbox: { question_key: 'q', option_list }, ...base }
  const form = {
    card_type: 'multiple_interaction',
    task_id: 'm1',
    select_list: [{ question_key: 'q', option_list }],
    ...base,
  }
  for (const card of [vote, form]) {
    expect(await company.send(cardMessage(card))).toMatchObject({ errcode: 0 })
    expect(await company.send(cardMessage({ ...card, task_id: 'x', submit_button: {} }))).toMatchObject({
      errcode: 40058,
    })
  }
  expect(await company.send(cardMessage({ ...form, task_id: 'x', select_list: [] }))).toMatchObject({ errcode: 40058 })
  expect(await company.send(cardMessage({ ...vote, task_id: 'x', checkbox: {} }))).toMatchObject({ errcode: 40058 })
})
