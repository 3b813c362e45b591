import Router from '@koa/router'
import Koa from 'koa'
import type { AddressInfo, Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../../simulator/test-eventually.ts'
import { aCompany, type Company } from '../../../simulator/wecom/test-company.ts'
import type { TokenCard } from '../../card.ts'
import type { Handle, Inbound, Platform, PressAnswer } from '../platform.ts'
import { wecom } from './index.ts'
import { settingsOf } from './test-settings.ts'

/** Our callbacks at the address that WeCom has been given, with a card in somebody's chat. */
let company: Company
let server: Server
let platform: Platform
let handle: Handle
const received: Inbound[] = []
let answer: (press: Inbound) => Promise<PressAnswer | undefined>

const open: TokenCard = {
  colour: 'orange',
  title: '销售订单 SO-1',
  tag: '待你审批',
  parts: [{ kind: 'facts', facts: [{ label: '金额', value: '¥6,243.64' }] }],
  input: { name: 'comment', placeholder: '审批意见（拒绝时必填）', maxLength: 500 },
  buttons: [
    { name: 'approve', label: '同意', look: 'primary', token: 'token-approve' },
    { name: 'reject', label: '拒绝', look: 'danger', token: 'token-reject' },
  ],
  link: { label: '查看详情', path: '/approvals/1' },
}
const settled: TokenCard = { ...open, colour: 'green', tag: '已通过', input: undefined, buttons: [] }
const said = (text: string): PressAnswer['toast'] => ({ look: 'success', text })

beforeEach(async () => {
  received.length = 0
  answer = async () => ({ toast: said('已同意'), card: settled })
  company = await aCompany()
  platform = wecom(settingsOf(company))
  const router = new Router()
  platform.callbacks(async (inbound) => {
    received.push(inbound)
    return answer(inbound)
  })?.(router)
  server = new Koa().use(router.routes()).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo // a TCP server's address
  // WeCom takes the address only after it has echoed what it was asked.
  await company.control('PATCH', '/wecom/settings', { callbackUrl: `http://127.0.0.1:${port}/bot/wecom` })
  handle = await platform.sendCard('xiaoli', open, 'key-1')
})
afterEach(async () => {
  server.close()
  await company.close()
})

const inbox = () => company.inbox('xiaoli')
const cardNow = async () => (await inbox())[0]?.content
const press = (action: string) => company.click(handle['msgid'], 'xiaoli', action)

describe('a press', () => {
  test('redraws the card for the one who pressed, with the word on it that a toast would say', async () => {
    expect(await press('approve')).toMatchObject({
      card: { replace_text: '已同意', source: { desc: '已通过' }, task_id: handle['messageId'] },
    })
    expect(received).toMatchObject([
      { kind: 'press', openId: 'xiaoli', token: 'token-approve', messageId: handle['messageId'] },
    ])
  })

  test('that was refused leaves the buttons alive and says why', async () => {
    answer = async () => ({ toast: { look: 'error', text: '要拒绝，请先写明意见' }, card: open })
    await press('reject')
    expect(await cardNow()).toMatchObject({ sub_title_text: '要拒绝，请先写明意见' })
    answer = async () => ({ toast: said('已同意'), card: settled })
    await press('approve')
    expect(await cardNow()).toMatchObject({ replace_text: '已同意' })
  })

  test('brings a code of its own, with which the card is redrawn later', async () => {
    await press('approve')
    const [inbound] = received
    const fresh = { ...handle, ...(inbound?.kind === 'press' ? inbound.handle : {}) }
    expect(fresh['responseCode']).not.toBe(handle['responseCode'])
    expect(await platform.updateCard(fresh, { ...settled, title: '完' })).toBe(true)
    expect(await platform.updateCard(handle, { ...settled, title: '完了' })).toBe(true)
    expect(await platform.updateCard(fresh, settled)).toBe(false)
  })

  test('without a card to redraw leaves the card as it is', async () => {
    answer = async () => ({ toast: { look: 'error', text: '这张卡片是发给别人的' } })
    const before = await cardNow()
    await press('approve')
    expect(await cardNow()).toEqual(before)
  })

  test('that is delivered twice at once is answered the same and done once', async () => {
    await company.control('POST', '/wecom/faults', { path: 'template_card_event', duplicate: true })
    await press('approve')
    await company.says('xiaoli', '然后呢')
    await eventually(async () => received.find(({ kind }) => kind === 'message'))
    expect(received.filter(({ kind }) => kind === 'press')).toHaveLength(1)
  })

  test('that WeCom thinks lost comes again as the same press', async () => {
    await company.control('POST', '/wecom/faults', { on: 'callback', path: 'template_card_event', status: 502 })
    await press('approve')
    company.clock.advance(5000)
    await eventually(async () => received[1])
    expect(new Set(received.map(({ eventKey }) => eventKey)).size).toBe(1)
    await eventually(async () => ((await cardNow()) as { replace_text?: string }).replace_text) // as it was redrawn
  })

  test.each(['signature', 'body', 'unsigned', 'plaintext', 'token', 'tenant', 'app', 'old'])(
    'that is forged in its %s changes nothing',
    async (tamper) => {
      await company.control('POST', '/wecom/faults', { path: 'template_card_event', tamper })
      await press('approve')
      expect(received).toEqual([])
      expect(await cardNow()).not.toHaveProperty('replace_text')
    },
  )
})

test('the button for a comment opens the page that has a field for it', async () => {
  expect(await press('审批意见')).toMatchObject({ openUrl: 'https://app.example/approvals/1' })
  expect(received).toEqual([])
})

test('what somebody writes to the app arrives, and people who come and go are told', async () => {
  await company.says('xiaoli', '电锤还有几个')
  await company.control('POST', '/wecom/people/laozhao/leave')
  await company.control('PATCH', '/wecom/settings', { userIds: { wangjie: 'WangJ' } })
  const inbound = (kind: string) => eventually(async () => received.find((one) => one.kind === kind))
  expect(await inbound('message')).toMatchObject({ text: '电锤还有几个', openId: 'xiaoli', isGroup: false })
  expect(await inbound('left')).toMatchObject({ stableId: 'laozhao' })
  expect(await inbound('person')).toMatchObject({ person: { stableId: 'wangj', formerStableId: 'wangjie' } })
})
