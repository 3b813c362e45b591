import type * as Jssdk from '@wecom/jssdk'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'

type Asked = { path: string; body: Record<string, unknown> }

const asked: Asked[] = []
let answers: Record<string, object> = {}

// The client's script and the official package as they meet on a phone; it is the test that answers for the simulator.
let ww: typeof Jssdk
beforeAll(async () => {
  vi.stubGlobal('fetch', async (path: string, init: { body?: string }) => {
    asked.push({ path, body: JSON.parse(init.body ?? '{}') })
    return new Response(JSON.stringify(answers[path.split('/').at(-1) ?? ''] ?? {}))
  })
  // Only plain JavaScript, as the client loads it: there are no types to import it by.
  for (const load of Object.values(import.meta.glob('../../wecom/bridge.js'))) await load()
  ww = await import('@wecom/jssdk')
  const sign = async () => ({ timestamp: '1763780000', nonceStr: 'n', signature: 's' })
  ww.register({
    ...{ corpId: 'ww1', agentId: '1000002', jsApiList: ['scanQRCode', 'selectEnterpriseContact'] },
    ...{ getConfigSignature: sign, getAgentConfigSignature: sign },
  })
})
afterAll(() => vi.unstubAllGlobals())
beforeEach(() => {
  answers = {}
})

const named = (name: string) => asked.filter(({ path }) => path === `/__wecom/${name}`).map(({ body }) => body)

test('the official package knows that it is inside WeCom', () => {
  expect(ww.env.isWeCom).toBe(true)
})

test('before the first call the package hands in the signature, with the names of what it wants to use', async () => {
  answers['scanQRCode'] = { resultStr: '6901234567892' }
  expect(await ww.scanQRCode({ needResult: true })).toMatchObject({
    resultStr: '6901234567892',
    errMsg: 'scanQRCode:ok',
  })
  expect(named('agentConfig')).toMatchObject([
    { corpid: 'ww1', agentid: '1000002', signature: 's', jsApiList: ['scanQRCode', 'selectEnterpriseContact'] },
  ])
  expect(named('scanQRCode')).toMatchObject([{ needResult: 1 }])
})

test('chosen people arrive as a list', async () => {
  answers['selectEnterpriseContact'] = { result: JSON.stringify({ userList: [{ id: 'Wangjie', name: '王姐' }] }) }
  const chosen = await ww.selectEnterpriseContact({
    fromDepartmentId: -1,
    mode: ww.SelectEnterpriseContactMode.single,
    type: [ww.SelectEnterpriseContactType.user],
  })
  expect(chosen.result.userList).toMatchObject([{ id: 'Wangjie', name: '王姐' }])
})

test.each([
  ['given up', { errMsg: 'cancel' }, 'scanQRCode:cancel'],
  ['not allowed', { errMsg: 'permission denied', errCode: 40094 }, 'scanQRCode:permission denied'],
])('a call that is %s is refused in the words of the platform', async (_, answer, errMsg) => {
  answers['scanQRCode'] = answer
  await expect(ww.scanQRCode({ needResult: true })).rejects.toMatchObject({ errMsg })
})

test('closing, sharing and the arrow of the title bar reach the client and the page', async () => {
  await ww.closeWindow()
  await ww.shareAppMessage({ title: '订单', desc: '请看', link: 'https://app.example/', imgUrl: '' })
  expect([named('closeWindow').length, named('shareAppMessage')[0]]).toMatchObject([1, { title: '订单' }])
  const back = vi.fn<() => boolean>(() => false)
  ww.onHistoryBack(back)
  window.dispatchEvent(new MessageEvent('message', { data: { wecom: 'back' } }))
  expect(back).toHaveBeenCalled()
})
