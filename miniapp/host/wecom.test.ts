import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Host } from './host.ts'

type Answer = Record<string, unknown> & { err_msg: string }
type Asked = { name: string; params: Record<string, unknown> }

/** WeCom's client around the page: what it is asked through its bridge, and what it answers. */
const asked: Asked[] = []
let answers: Record<string, (params: Record<string, unknown>) => Answer>
const bridge = {
  invoke: (name: string, params: Asked['params'], tell: (answer: Answer) => void) => {
    asked.push({ name, params })
    tell(answers[name]?.(params) ?? { err_msg: `${name}:ok` })
  },
  on: () => {},
}
/** Our server, as the contract says. */
const served: Record<string, unknown> = {
  '/api/sign-in/platforms': {
    platforms: [
      { platform: 'wecom', appId: 'ww1-1000002', corpId: 'ww1', name: { zh: '企业微信', en: 'WeCom' }, script: null },
    ],
  },
  '/api/js-signature': {
    appId: 'ww1',
    timestamp: 1795300000,
    nonceStr: 'nonce',
    signature: 'of the company',
    agent: { id: '1000002', signature: 'of the app' },
  },
  '/api/sign-in/wecom/address': { url: 'https://open.example/connect/oauth2/authorize' },
}
const calls: URL[] = []

let wecom: Host
beforeAll(async () => {
  Object.defineProperty(navigator, 'userAgent', { configurable: true, value: 'wxwork/4.1.36 MicroMessenger/7.0.1' })
  vi.stubGlobal('WeixinJSBridge', bridge)
  vi.stubGlobal('fetch', async (address: string | URL) => {
    const url = new URL(String(address), location.href)
    calls.push(url)
    return new Response(JSON.stringify(served[url.pathname]), { headers: { 'content-type': 'application/json' } })
  })
  ;({ wecom } = await import('./wecom.ts'))
})
beforeEach(() => {
  answers = {}
  asked.length = 0
  calls.length = 0
})
afterEach(() => {
  vi.restoreAllMocks()
})

test('the client is known by what it calls itself', async () => {
  const { isWecom } = await import('./wecom.ts')
  expect(isWecom()).toBe(true)
})

describe('the scanner', () => {
  const scanned = (resultStr: string) => {
    answers['scanQRCode'] = () => ({ err_msg: 'scanQRCode:ok', resultStr })
    return wecom.scan()
  }

  test('reads codes for a page that our server has signed for the company’s app', async () => {
    expect(await scanned('L1-2026')).toBe('L1-2026')
    expect(asked.map(({ name }) => name)).toEqual(expect.arrayContaining(['agentConfig', 'scanQRCode']))
    expect(asked.find(({ name }) => name === 'agentConfig')?.params).toMatchObject({
      ...{ corpid: 'ww1', agentid: '1000002', nonceStr: 'nonce', signature: 'of the app' },
    })
    expect(calls.find(({ pathname }) => pathname === '/api/js-signature')?.searchParams.get('platform')).toBe('wecom')
  })

  test.each(['EAN_13,6901234500017', 'CODE_128,6901234500017', 'UPC_A,6901234500017', '6901234500017'])(
    'tells of a barcode its digits alone: %s',
    async (resultStr) => {
      expect(await scanned(resultStr)).toBe('6901234500017')
    },
  )

  test('that is closed without a code says nothing', async () => {
    answers['scanQRCode'] = () => ({ err_msg: 'scanQRCode:cancel' })
    expect(await wecom.scan()).toBeNull()
  })
})

test('people are chosen in WeCom’s own list, by the accounts that we know them by', async () => {
  answers['selectEnterpriseContact'] = ({ mode }) => ({
    err_msg: 'selectEnterpriseContact:ok',
    result: JSON.stringify({ userList: [{ id: 'XiaoLi', name: `小李 ${String(mode)}` }], departmentList: [] }),
  })
  expect(await wecom.choosePeople({ many: true })).toEqual([{ platformId: 'xiaoli', name: '小李 multi' }])
})

test('sharing that is given up is no error; any other failure is', async () => {
  const share = () => wecom.share({ title: '订单', words: 'SO-1', address: 'https://app.example/orders/1' })
  answers['shareAppMessage'] = () => ({ err_msg: 'shareAppMessage:cancel' })
  await expect(share()).resolves.toBeUndefined()
  answers['shareAppMessage'] = () => ({ err_msg: 'shareAppMessage:fail' })
  await expect(share()).rejects.toMatchObject({ errMsg: 'shareAppMessage:fail' })
})

test('signing in leaves for WeCom, and comes back to the place that was wanted', async () => {
  const left = vi.spyOn(window.location, 'assign').mockImplementation(() => {})
  window.history.replaceState(null, '', '/sign-in?to=/orders/7')
  void wecom.signInCode({ appId: 'ww1-1000002', script: null })
  await vi.waitFor(() => expect(left).toHaveBeenCalledWith('https://open.example/connect/oauth2/authorize'))
  const [address] = calls
  expect(address?.searchParams.get('redirectUri')).toBe(`${location.origin}/sign-in/wecom`)
  const { placeWanted } = await import('../features/org/place-wanted.ts')
  expect(placeWanted.take()).toBe('/orders/7')
})
