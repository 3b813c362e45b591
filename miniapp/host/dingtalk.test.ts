import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { browser } from './browser.ts'
import type { Host } from './host.ts'

type Answer = { errorCode: string; errorMessage?: string; result?: unknown }
type Asked = { name: string; params: Record<string, unknown> }

/** DingTalk's client around the page, as an iPhone has it: what it is asked through its bridge, and what it answers. */
const asked: Asked[] = []
/** What the page was configured with, ever: a client takes it once. */
const configured: Asked['params'][] = []
let answers: Record<string, Answer>
const bridge = {
  init: () => {},
  registerHandler: () => {},
  callHandler: (name: string, params: Asked['params'], tell: (answer: Answer) => void) => {
    asked.push({ name, params })
    if (name === 'runtime.permission.requestJsApis') configured.push(params)
    tell(answers[name] ?? { errorCode: '0', result: {} })
  },
}
const calls: URL[] = []
const signed = {
  ...{ appId: 'dingapp', corpId: 'dingcorp', agentId: '42' },
  ...{ timestamp: 1795300000000, nonceStr: 'nonce', signature: 'of the page' },
}

let dingtalk: Host
beforeAll(async () => {
  const agent = 'iPhone AliApp(DingTalk/7.6.60) com.laiwang.DingTalk'
  Object.defineProperty(navigator, 'userAgent', { configurable: true, value: agent })
  vi.stubGlobal('WebViewJavascriptBridge', bridge)
  vi.stubGlobal('fetch', async (address: string | URL) => {
    calls.push(new URL(String(address), location.href))
    return new Response(JSON.stringify(signed), { headers: { 'content-type': 'application/json' } })
  })
  ;({ dingtalk } = await import('./dingtalk.ts'))
})
beforeEach(() => {
  answers = {}
  asked.length = 0
})
afterEach(() => {
  vi.restoreAllMocks()
})

const givenUp: Answer = { errorCode: '-1', errorMessage: 'user cancelled' }
const notThere: Answer = { errorCode: '3', errorMessage: 'no such function' }
const paramsOf = (name: string) => asked.find((one) => one.name === name)?.params

test('the client is known by what it calls itself', async () => {
  const { isDingTalk } = await import('./dingtalk.ts')
  expect(isDingTalk()).toBe(true)
})

describe('signing in', () => {
  const app = { appId: 'dingapp', corpId: 'dingcorp', script: null }
  const newer = 'runtime.permission.requestAuthCodeV2'
  const older = 'runtime.permission.requestAuthCode'

  test('asks the client for a code of our app in our company', async () => {
    answers = { [newer]: { errorCode: '0', result: { code: 'code-1' } } }
    expect(await dingtalk.signInCode(app)).toBe('code-1')
    expect(paramsOf(newer)).toMatchObject({ corpId: 'dingcorp', clientId: 'dingapp' })
  })

  test.each([{ code: 'code-2' }, { authCode: 'code-2' }])('asks older clients as they know it: %o', async (result) => {
    answers = { [newer]: notThere, [older]: { errorCode: '0', result } }
    expect(await dingtalk.signInCode(app)).toBe('code-2')
    expect(paramsOf(older)).toMatchObject({ corpId: 'dingcorp' })
  })
})

describe('the scanner', () => {
  test.each([{ text: '6901234500017' }, { code: '6901234500017' }])('reads codes: %o', async (result) => {
    answers = { 'biz.util.scan': { errorCode: '0', result } }
    expect(await dingtalk.scan()).toBe('6901234500017')
  })

  test('that is given up reads nothing', async () => {
    answers = { 'biz.util.scan': givenUp }
    expect(await dingtalk.scan()).toBeNull()
  })

  test('that is not there leaves the camera', async () => {
    answers = { 'biz.util.scan': notThere }
    const camera = vi.spyOn(browser, 'scan').mockResolvedValue('read by the camera')
    expect(await dingtalk.scan()).toBe('read by the camera')
    expect(camera).toHaveBeenCalledOnce()
  })
})

describe('choosing people', () => {
  const picker = 'biz.contact.complexPicker'

  test('answers whom the client shows, for a page that our server has signed', async () => {
    const users = [{ emplId: 'manager01', name: '小李', avatar: '' }]
    answers = { [picker]: { errorCode: '0', result: { users, departments: [], selectedCount: 1 } } }
    expect(await dingtalk.choosePeople({ many: false })).toEqual([{ platformId: 'manager01', name: '小李' }])
    expect(paramsOf(picker)).toMatchObject({ corpId: 'dingcorp', multiple: false, maxUsers: 1 })
  })

  test('that is given up chooses nobody', async () => {
    answers = { [picker]: givenUp }
    expect(await dingtalk.choosePeople({ many: true })).toEqual([])
  })
})

test('the title of the page stands in the client’s title bar as well', async () => {
  dingtalk.setTitle('销售订单')
  expect(document.title).toBe('销售订单')
  await vi.waitFor(() => expect(paramsOf('biz.navigation.setTitle')).toMatchObject({ title: '销售订单' }))
})

test('sharing, a word to the reader and leaving are the client’s own', async () => {
  await dingtalk.share({ title: '订单', words: 'SO1', address: 'https://app.example/orders/1' })
  expect(paramsOf('biz.util.share')).toMatchObject({
    url: 'https://app.example/orders/1',
    title: '订单',
    content: 'SO1',
  })
  dingtalk.toast('已保存')
  await vi.waitFor(() => expect(JSON.stringify(paramsOf('device.notification.toast'))).toContain('已保存'))
  dingtalk.close()
  await vi.waitFor(() => expect(paramsOf('biz.navigation.close')).toBeDefined())
})

test('after all of this the page has been signed once, for what needs it', async () => {
  const signing = calls.filter(({ pathname }) => pathname === '/api/js-signature')
  expect(signing.map(({ searchParams }) => searchParams.get('platform'))).toEqual(['dingtalk'])
  expect(configured).toMatchObject([
    {
      ...{ agentId: '42', corpId: 'dingcorp', timeStamp: '1795300000000', signature: 'of the page' },
      jsApiList: expect.arrayContaining(['biz.util.scan', 'biz.contact.complexPicker']),
    },
  ])
})
