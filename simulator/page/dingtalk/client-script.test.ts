import { afterEach, beforeEach, expect, test, vi } from 'vitest'

// The script that the simulator puts before the app, driven by the official package and by pages that know only `dd`.

const calls: { path: string; body: Record<string, unknown> }[] = []
let answer: unknown

type Dd = {
  config: (options: object) => void
  ready: (then: () => void) => void
  error: (then: (failure: { errorCode: string }) => void) => void
  requestAuthCode: (options: object) => Promise<{ code: string }>
  runtime: { permission: { requestAuthCode: (options: object) => Promise<unknown> } }
  biz: {
    util: { scan: (options: object) => Promise<unknown> }
  }
  device: { notification: { confirm: (options: object) => Promise<unknown> } }
}
declare global {
  interface Window {
    dd?: unknown
  }
}
// Put there by the script.
const dd = () => window.dd as Dd

beforeEach(async () => {
  calls.length = 0
  answer = { errorCode: '0', result: {} }
  vi.stubGlobal('fetch', async (path: string, init: { body: string }) => {
    calls.push({ path, body: JSON.parse(init.body) })
    return new Response(JSON.stringify(answer))
  })
  // The script runs once for each page that is opened.
  vi.resetModules()
  for (const load of Object.values(import.meta.glob('../../dingtalk/h5-js-sdk.js'))) await load()
})
afterEach(() => vi.unstubAllGlobals())

test('the official package takes the page for one on a phone, and calls through its bridge', async () => {
  const { default: client } = await import('dingtalk-jsapi/entry/union')
  const { requestAuthCode$ } = await import('dingtalk-jsapi/api/union/requestAuthCode')
  const { complexChoose$ } = await import('dingtalk-jsapi/api/union/complexChoose')
  expect(client.env).toMatchObject({ platform: 'ios', version: '7.6.60' })
  answer = { errorCode: '0', result: { code: 'c1' } }
  expect(await requestAuthCode$({ corpId: 'ding1', clientId: 'app1' })).toMatchObject({ code: 'c1' })
  expect(calls[0]).toMatchObject({
    path: '/__dingtalk/runtime.permission.requestAuthCodeV2',
    body: { corpId: 'ding1' },
  })

  await new Promise<void>((resolve) => {
    client.config({ agentId: '1', corpId: 'ding1', jsApiList: ['biz.contact.complexPicker'] })
    client.ready(resolve)
  })
  expect(calls.at(-1)?.path).toBe('/__dingtalk/runtime.permission.requestJsApis')
  answer = { errorCode: '0', result: { users: [{ emplId: 'u1', name: '老赵' }] } }
  expect(await complexChoose$({} as never)).toMatchObject({ users: [{ emplId: 'u1' }] })
})

test('a page that knows only dd gets its answers by callback and by promise', async () => {
  answer = { errorCode: '0', result: { code: 'c1' } }
  const onSuccess = vi.fn<(result: unknown) => void>()
  expect(await dd().runtime.permission.requestAuthCode({ corpId: 'ding1', onSuccess })).toEqual({ code: 'c1' })
  expect(onSuccess).toHaveBeenCalledWith({ code: 'c1' })
})

test('what the client refuses comes to the callback that asks for it, or out of the promise', async () => {
  answer = { errorCode: '-1', errorMessage: 'user cancelled' }
  const onFail = vi.fn<(failure: unknown) => void>()
  await dd()
    .biz.util.scan({ onFail })
    .catch(() => {})
  expect(onFail).toHaveBeenCalledWith({ errorCode: '-1', errorMessage: 'user cancelled' })
  await expect(dd().biz.util.scan({})).rejects.toMatchObject({ errorCode: '-1' })
})

test('a signature that does not hold is told to dd.error, and dd.ready waits for one that does', async () => {
  answer = { errorCode: '52013', errorMessage: 'the signature does not hold' }
  const failure = new Promise((resolve) => dd().error(resolve))
  dd().config({ agentId: '1', jsApiList: [] })
  expect(await failure).toMatchObject({ errorCode: '52013' })
  answer = { errorCode: '0', result: {} }
  const ready = new Promise<void>((resolve) => dd().ready(resolve))
  dd().config({ agentId: '1', jsApiList: [] })
  await ready
  expect(calls.at(-1)?.body).toMatchObject({ agentId: '1', entryUrl: expect.any(String), url: expect.any(String) })
})

test('what the page can do by itself asks nobody', async () => {
  const confirm = vi.fn<(words?: string) => boolean>(() => true)
  vi.stubGlobal('confirm', confirm)
  expect(await dd().device.notification.confirm({ title: '确认', message: '出库？' })).toEqual({ buttonIndex: 0 })
  expect([confirm.mock.calls, calls]).toEqual([[['确认\n出库？']], []])
})
