import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { aTenant, type Tenant } from '../../../simulator/feishu/test-tenant.ts'
import { feishuClient } from './client.ts'
import type { FeishuSettings } from './settings.ts'
import { pageSigner, signatureOf } from './sign-page.ts'

let tenant: Tenant
beforeAll(async () => void (tenant = await aTenant()))
afterAll(() => tenant.close())

const settingsFor = (baseUrl: string): FeishuSettings => ({
  ...tenant.app,
  tenantKey: 'tenant-of-tests',
  baseUrl,
  accountsUrl: baseUrl,
  receive: 'long_connection',
  appUrl: 'http://127.0.0.1:9',
})
const signer = (baseUrl = tenant.url) => pageSigner(feishuClient(settingsFor(baseUrl)), settingsFor(baseUrl))
/** What the client answers to a page at `url` with the signature of another, or its own. */
const configured = async (signPage: ReturnType<typeof signer>, signedUrl: string, url: string) =>
  (await tenant.phone('xiaoli', 'config', { ...(await signPage(signedUrl)), jsApiList: ['scanCode'], url })).body
const ticketsAskedFor = async () => (await tenant.log()).filter(({ title }) => title.includes('jssdk/ticket')).length

test('a signature is the SHA-1 of ticket, nonce, time and address, without the fragment', () => {
  // The published example of the rule, in WeCom's documentation: Feishu's is the same.
  const signed = {
    ticket: 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg',
    nonceStr: 'Wm3WZYTPz0wzccnW',
    timestamp: 1414587457,
    url: 'http://mp.weixin.qq.com?params=value',
  }
  expect(signatureOf(signed)).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed')
  expect(signatureOf({ ...signed, url: `${signed.url}#part` })).toBe(signatureOf(signed))
})

test('the client takes the signature of a page, and of no other page', async () => {
  const signPage = signer()
  const page = `${tenant.originOf('xiaoli')}/deliveries/1?tab=lines`
  expect(await configured(signPage, page, page)).toEqual({})
  expect(await configured(signPage, `${page}#top`, `${page}#bottom`)).toEqual({})
  expect(await configured(signPage, page, `${tenant.originOf('xiaoli')}/orders`)).toMatchObject({ errno: 333441 })
})

test('pages of one app share a ticket until it ends, and each signature is used once', async () => {
  const signPage = signer()
  const page = `${tenant.originOf('xiaoli')}/orders`
  const before = await ticketsAskedFor()
  for (let i = 0; i < 5; i++) expect(await configured(signPage, page, page)).toEqual({})
  expect((await ticketsAskedFor()) - before).toBe(1)
})

test('a platform that is away is told as busy, and asked again at the next page', async () => {
  const signPage = signer('http://127.0.0.1:9')
  await expect(signPage('http://127.0.0.1/')).rejects.toThrow(new Refusal('busy'))
  await expect(signPage('http://127.0.0.1/')).rejects.toThrow(new Refusal('busy'))
})
