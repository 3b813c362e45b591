import { afterEach, beforeEach, expect, test } from 'vitest'

import { onOrigin } from '../test-origin.ts'
import { aTenant } from './test-tenant.ts'
import type { Tenant } from './test-tenant.ts'
import { configured, ticketOf } from './test-requests.ts'

let tenant: Tenant
beforeEach(async () => {
  tenant = await aTenant()
})
afterEach(() => tenant.close())

const answers = (ask: string, value: unknown) =>
  tenant.control('POST', '/dingtalk/people/xiaoli/answers', { ask, value })

test('the phone of somebody who is on DingTalk gets its script', async () => {
  const { headers, text } = await onOrigin(tenant.url, tenant.originOf('xiaoli'), '/__dingtalk/h5-js-sdk.js')
  expect(headers['content-type']).toContain('javascript')
  expect(text).toContain('window.dd =')
})

test.each(['sha256', 'sha1'])('a page is configured by a signature of %s', async (algorithm) => {
  expect(await configured(tenant, { algorithm })).toEqual({ errorCode: '0', result: {} })
})

test('the old address gives the same ticket as the new one', async () => {
  const { body } = await tenant.fetched('GET', `/get_jsapi_ticket?access_token=${await tenant.token()}`)
  expect(body).toMatchObject({ errcode: 0, ticket: await ticketOf(tenant) })
})

test('what is signed is the address with its query readable, without what follows its hash', async () => {
  const page = `${tenant.originOf('xiaoli')}/orders`
  const url = `${page}?q=${encodeURIComponent('螺栓 M8')}#top`
  expect(await configured(tenant, { url, signedUrl: `${page}?q=螺栓 M8` })).toMatchObject({ errorCode: '0' })
  expect(await configured(tenant, { url, signedUrl: url })).toMatchObject({ errorCode: '52013' })
})

test('a page that changed its address may have signed the one by which it was entered', async () => {
  const entryUrl = `${tenant.originOf('xiaoli')}/`
  expect(await configured(tenant, { signedUrl: entryUrl, more: { entryUrl } })).toMatchObject({ errorCode: '0' })
})

test('the scanner gives what the person shows it, or says that he gave up', async () => {
  await answers('scan', '6901234567892')
  expect(await tenant.phone('xiaoli', 'biz.util.scan', {})).toEqual({
    errorCode: '0',
    result: { text: '6901234567892' },
  })
  await answers('scan', null)
  expect(await tenant.phone('xiaoli', 'biz.util.scan', {})).toMatchObject({ errorCode: '-1' })
})

test('people are chosen by a page that is configured for it', async () => {
  await configured(tenant, { more: { jsApiList: ['biz.contact.complexPicker', 'biz.contact.choose'] } })
  await answers('contact', ['wangjie'])
  const user = { emplId: tenant.idsOf('wangjie').userId, name: 'wangjie' }
  const picked = await tenant.phone('xiaoli', 'biz.contact.complexPicker', { multiple: true })
  expect(picked).toMatchObject({ errorCode: '0', result: { users: [user], departments: [] } })
  await answers('contact', ['wangjie'])
  expect(await tenant.phone('xiaoli', 'biz.contact.choose', {})).toMatchObject({ result: { list: [user] } })
})

test('a page that loads anew must be configured anew', async () => {
  await configured(tenant, { more: { jsApiList: ['biz.contact.complexPicker'] } })
  await onOrigin(tenant.url, tenant.originOf('xiaoli'), '/__dingtalk/h5-js-sdk.js')
  expect(await tenant.phone('xiaoli', 'biz.contact.complexPicker', {})).toMatchObject({ errorCode: '7' })
})

test('a link is shared in the name of the person himself', async () => {
  await answers('contact', ['wangjie'])
  await tenant.phone('xiaoli', 'biz.util.share', { title: '报价单', content: 'Q1', url: 'https://app.example/q/1' })
  expect(await tenant.inbox('wangjie')).toMatchObject([
    {
      from: { kind: 'person', key: 'xiaoli' },
      content: { kind: 'link', title: '报价单', url: 'https://app.example/q/1' },
    },
  ])
})

test('a question stays on the page until it is answered', async () => {
  const asked = tenant.phone('xiaoli', 'biz.util.scan', {})
  await expect.poll(async () => (await tenant.control('GET', '/dingtalk/questions'))['questions']).toHaveLength(1)
  await answers('scan', 'x')
  expect(await asked).toMatchObject({ result: { text: 'x' } })
})

test('everybody is listed with his DingTalk ids, and found by any of them', async () => {
  const { people } = await tenant.control('GET', '/people')
  const { userId, unionId, openId } = tenant.idsOf('xiaoli')
  expect(people).toContainEqual(
    expect.objectContaining({ key: 'xiaoli', platforms: { dingtalk: { userId, unionId, openId } } }),
  )
  await tenant.sendText('xiaoli', '早')
  for (const name of ['xiaoli', userId, unionId, openId]) expect(await tenant.inbox(name)).toHaveLength(1)
})

test('the title that a page sets is that of the phone', async () => {
  const stream = await fetch(`${tenant.url}/sim/events`)
  await tenant.phone('xiaoli', 'biz.navigation.setTitle', { title: '出库' })
  let told = ''
  const decoder = new TextDecoder()
  for await (const bytes of stream.body ?? []) {
    told += decoder.decode(bytes)
    if (told.includes('"kind":"title"')) break
  }
  expect(told).toContain('"title":"出库"')
})
