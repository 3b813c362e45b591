import { afterEach, expect, test } from 'vitest'

import type { Fields } from '../request-body.ts'
import { aCard, aCompany, cardMessage, corpId } from './test-company.ts'
import type { Company } from './test-company.ts'

let company: Company
afterEach(() => company.close())

const ends = { ToUserName: 'Xiaoli', FromUserName: corpId, CreateTime: 1763780000 }

async function aClickedCard(...answers: Parameters<Company['product']['answers']>) {
  company = await aCompany()
  const sent = await company.send(cardMessage(aCard({ task_id: 'order-42' })), 'xiaoli|wangjie')
  company.product.answers(...answers)
  const view = await company.click(sent['msgid'], 'xiaoli', 'approve')
  return { sent, view }
}

async function shown(person: string): Promise<unknown> {
  return (await company.inbox(person)).at(-1)?.content
}

const update = (userids: string[], response_code: unknown, more: Fields) =>
  company.call('POST', 'message/update_template_card', {
    userids,
    agentid: company.app.agentId,
    response_code,
    ...more,
  })

test('a click reaches the product sealed, with who clicked, the key, the task and a code of its own', async () => {
  const { sent } = await aClickedCard()
  const event = await company.product.event()
  expect(event).toMatchObject({
    ...{ ToUserName: corpId, FromUserName: 'Xiaoli', MsgType: 'event', Event: 'template_card_event' },
    ...{ EventKey: 'approve:opaque', TaskId: 'order-42', CardType: 'button_interaction' },
    AgentID: String(company.app.agentId),
  })
  expect(event['ResponseCode']).not.toBe(sent['response_code'])
})

test('a passive reply changes the button for the one who clicked, and for nobody else', async () => {
  const { view } = await aClickedCard({
    reply: { ...ends, MsgType: 'update_button', Button: { ReplaceName: '已同意' } },
  })
  expect(view).toMatchObject({ card: { replace_text: '已同意', main_title: { title: '订单待审批' } } })
  expect(await shown('wangjie')).not.toHaveProperty('replace_text')
})

test('a passive reply can bring another card, which keeps its task', async () => {
  const TemplateCard = {
    CardType: 'text_notice',
    MainTitle: { Title: '已批准', Desc: '宏达装饰' },
    HorizontalContentList: [
      { KeyName: '金额', Value: '¥6,243.64' },
      { KeyName: '订单', Value: 'SO-1', Type: 1, Url: 'https://app.example/o/1' },
    ],
    CardAction: { Type: 1, Url: 'https://app.example/o/1' },
  }
  const { view } = await aClickedCard({ reply: { ...ends, MsgType: 'update_template_card', TemplateCard } })
  expect(view['card']).toEqual({
    card_type: 'text_notice',
    main_title: { title: '已批准', desc: '宏达装饰' },
    horizontal_content_list: [
      { keyname: '金额', value: '¥6,243.64' },
      { keyname: '订单', value: 'SO-1', type: 1, url: 'https://app.example/o/1' },
    ],
    card_action: { type: 1, url: 'https://app.example/o/1' },
    task_id: 'order-42',
  })
})

test.each([
  ['not meant for the one who clicked', { ...ends, ToUserName: 'Wangjie' }],
  ['from another company', { ...ends, FromUserName: 'ww_other' }],
  ['of a kind that redraws nothing', { ...ends, MsgType: 'text' }],
  ['with an empty word for the button', { ...ends, Button: { ReplaceName: '' } }],
])('a passive reply that is %s changes nothing, and the log says so', async (_, wrong) => {
  const reply = { MsgType: 'update_button', Button: { ReplaceName: '已同意' }, ...wrong }
  const { view } = await aClickedCard({ reply })
  expect(view).toEqual({})
  expect((await company.log()).flatMap((entry) => entry.checks)).toContainEqual(
    expect.objectContaining({ what: 'the passive reply redraws the card', holds: false }),
  )
})

test('an answer that is not sealed with the keys of the app is not read', async () => {
  const { view } = await aClickedCard({ body: '<xml><MsgType>update_button</MsgType></xml>' })
  expect(view).toEqual({})
})

test('the code of a click redraws every copy that is named, once', async () => {
  await aClickedCard()
  const { ResponseCode } = await company.product.event()
  const redrawn = await update(['xiaoli', 'WANGJIE', 'stranger'], ResponseCode, {
    button: { replace_name: '已由王姐同意' },
  })
  expect(redrawn).toMatchObject({ errcode: 0, invaliduser: ['stranger'] })
  for (const person of ['xiaoli', 'wangjie'])
    expect(await shown(person)).toMatchObject({ replace_text: '已由王姐同意' })
  expect(await update(['xiaoli'], ResponseCode, { button: { replace_name: '又一次' } })).toMatchObject({
    errcode: 42016,
  })
})

test('the code of the send and those of two clicks are three, and each redraws once', async () => {
  const { sent } = await aClickedCard()
  await company.click(sent['msgid'], 'wangjie', 'reject')
  const codes = [sent['response_code'], ...company.product.heard.map(({ event }) => event['ResponseCode'])]
  expect(new Set(codes).size).toBe(3)
  for (const code of codes) {
    expect(await update(['xiaoli'], code, { button: { replace_name: '好' } })).toMatchObject({ errcode: 0 })
  }
})

test('a card whose buttons were replaced can still be clicked only as it was before', async () => {
  const { sent } = await aClickedCard({
    reply: { ...ends, MsgType: 'update_button', Button: { ReplaceName: '已同意' } },
  })
  expect(await company.click(sent['msgid'], 'xiaoli', 'reject')).toMatchObject({
    error: 'the card has no control reject',
  })
  await company.click(sent['msgid'], 'xiaoli', 'reject', { version: 0 })
  expect(await company.product.event(1)).toMatchObject({ EventKey: 'reject:opaque' })
})

test('a click that nobody takes within 5 seconds is told to the person, and delivered three times more', async () => {
  company = await aCompany()
  const sent = await company.send(cardMessage(aCard()))
  company.product.answers({ hangs: true }, { status: 500 }, { hangs: true })
  const clicked = company.click(sent['msgid'], 'xiaoli', 'approve')
  await company.product.event(0)
  company.clock.advance(5000)
  expect(await clicked).toMatchObject({ toast: { type: 'error' } })
  for (const index of [1, 2, 3]) {
    await company.product.event(index)
    company.clock.advance(5000)
  }
  const codes = company.product.heard.map(({ event }) => event['ResponseCode'])
  expect([codes.length, new Set(codes).size]).toEqual([4, 1])
})

test('a choice above the buttons travels with the click', async () => {
  company = await aCompany()
  const button_selection = {
    question_key: 'reason',
    title: '原因',
    option_list: [
      { id: 'price', text: '价格' },
      { id: 'credit', text: '信用' },
    ],
  }
  const sent = await company.send(cardMessage(aCard({ button_selection })))
  await company.click(sent['msgid'], 'xiaoli', 'reject', { form: { reason: 'credit' } })
  expect((await company.product.event())['SelectedItems']).toEqual({
    SelectedItem: { QuestionKey: 'reason', OptionIds: { OptionId: 'credit' } },
  })
  const wrong = await company.click(sent['msgid'], 'xiaoli', 'reject', { form: { reason: 'weather' } })
  expect(wrong).toMatchObject({ toast: { type: 'error' } })
})

test('links on a card open and reach nobody', async () => {
  company = await aCompany()
  const url = 'https://app.example/orders/1'
  const sent = await company.send(
    cardMessage(aCard({ card_action: { type: 1, url }, jump_list: [{ type: 1, title: '看订单', url }] })),
  )
  for (const action of ['card_action', '看订单']) {
    expect(await company.click(sent['msgid'], 'xiaoli', action)).toEqual({ openUrl: url })
  }
  expect(company.product.heard).toEqual([])
})

test('somebody who does not have the card cannot click it', async () => {
  company = await aCompany()
  const sent = await company.send(cardMessage(aCard()))
  expect(await company.click(sent['msgid'], 'wangjie', 'approve')).toMatchObject({
    error: 'wangjie does not see this card',
  })
})
