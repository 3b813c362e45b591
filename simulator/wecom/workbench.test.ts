import { afterEach, beforeEach, expect, test } from 'vitest'

import { eventually } from '../test-eventually.ts'
import { onOrigin } from '../test-origin.ts'
import { aCompany } from './test-company.ts'
import type { Company } from './test-company.ts'
import { configured } from './test-requests.ts'

let company: Company
beforeEach(async () => {
  company = await aCompany()
})
afterEach(() => company.close())

const jsApiList = ['scanQRCode', 'selectEnterpriseContact', 'shareAppMessage']
const answer = (ask: string, value: unknown) => company.control('POST', '/wecom/people/xiaoli/answers', { ask, value })

test('a page that is signed as documented may scan, and gets what the person types', async () => {
  expect(await configured(company, { kind: 'corp', jsApiList })).toEqual({})
  const scanned = company.phone('xiaoli', 'scanQRCode', { needResult: 1 })
  await eventually(async () => {
    const { questions } = await company.control('GET', '/wecom/questions')
    return Array.isArray(questions) && questions.length > 0 ? questions : undefined
  })
  await answer('scan', '6901234567892')
  expect(await scanned).toEqual({ resultStr: '6901234567892' })
})

test('an answer may be prepared, and giving up is told as such', async () => {
  await configured(company, { jsApiList })
  await answer('scan', 'M8*30')
  await answer('scan', null)
  expect(await company.phone('xiaoli', 'scanQRCode', { needResult: 1 })).toEqual({ resultStr: 'M8*30' })
  expect(await company.phone('xiaoli', 'scanQRCode', { needResult: 1 })).toEqual({ errMsg: 'cancel' })
})

test('choosing people needs the signature of the app: that of the company is not enough', async () => {
  await configured(company, { kind: 'corp', jsApiList })
  expect(await company.phone('xiaoli', 'selectEnterpriseContact', { mode: 'multi' })).toMatchObject({ errCode: 40094 })
  await configured(company, { kind: 'agent', jsApiList })
  await answer('contact', ['wangjie', 'laozhao'])
  const { result } = await company.phone('xiaoli', 'selectEnterpriseContact', { mode: 'multi' })
  expect(JSON.parse(String(result))).toMatchObject({
    userList: [{ id: 'Wangjie', name: 'wangjie' }, { id: 'Laozhao' }],
  })
})

test('the ticket of the company does not sign for the app, nor the other way round', async () => {
  const { ticket } = await company.call('GET', 'get_jsapi_ticket')
  expect((await company.call('GET', 'get_jsapi_ticket'))['ticket']).toBe(ticket)
  expect((await company.call('GET', 'ticket/get?type=agent_config'))['ticket']).not.toBe(ticket)
})

test('a page that loads anew has to be vouched for anew', async () => {
  await configured(company, { jsApiList })
  await onOrigin(company.url, company.originOf('xiaoli'), '/__wecom/h5-js-sdk.js')
  expect(await company.phone('xiaoli', 'scanQRCode', {})).toMatchObject({ errMsg: 'permission denied' })
})

test('what somebody shares arrives with those he chooses, in his own name', async () => {
  await configured(company, { jsApiList })
  await answer('contact', ['wangjie'])
  const link = { title: '订单 SO-42', desc: '请看一下', link: 'https://app.example/o/42' }
  expect(await company.phone('xiaoli', 'shareAppMessage', link)).toEqual({})
  expect(await company.inbox('wangjie')).toMatchObject([
    {
      kind: 'card',
      content: { title: '订单 SO-42', url: 'https://app.example/o/42' },
      from: { kind: 'person', key: 'xiaoli' },
    },
  ])
})

test('a call that this client does not know is refused as the client does it', async () => {
  expect(await company.phone('xiaoli', 'openMagicDoor', {})).toEqual({ errMsg: 'function not exist' })
  await company.control('POST', '/wecom/faults', { on: 'client', path: 'scanQRCode', code: 1 })
  await configured(company, { jsApiList })
  expect(await company.phone('xiaoli', 'scanQRCode', {})).toMatchObject({ errMsg: 'function not exist' })
})

test('closing the page and its title are told to whoever watches', async () => {
  const events = await fetch(`${company.url}/sim/events`)
  const reader = events.body?.getReader()
  await company.phone('xiaoli', 'title', { title: '订单 SO-42' })
  await company.phone('xiaoli', 'closeWindow', {})
  let heard = ''
  while (!heard.includes('"kind":"close"')) heard += new TextDecoder().decode((await reader?.read())?.value)
  expect(heard).toContain('"title":"订单 SO-42"')
  await reader?.cancel()
})
