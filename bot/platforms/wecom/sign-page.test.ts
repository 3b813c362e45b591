import { afterAll, beforeAll, expect, test } from 'vitest'
import { Refusal } from '#contract'
import { aCompany, type Company, corpId } from '../../../simulator/wecom/test-company.ts'
import { wecom } from './index.ts'
import { settingsOf } from './test-settings.ts'

let company: Company
beforeAll(async () => void (company = await aCompany()))
afterAll(() => company.close())

const signer = () => wecom(settingsOf(company)).signIn.signPage
type Signed = Awaited<ReturnType<ReturnType<typeof signer>>>

/** What the client answers to a page at `pageUrl` that configures itself with a signature. */
const configured = async ({ appId, timestamp, nonceStr, signature, agent }: Signed, pageUrl: string) => [
  await company.phone('xiaoli', 'preVerifyJSAPI', {
    ...{ verifyAppId: appId, verifyTimestamp: String(timestamp), verifyNonceStr: nonceStr, pageUrl },
    ...{ verifySignature: signature, verifyJsApiList: ['scanQRCode'] },
  }),
  await company.phone('xiaoli', 'agentConfig', {
    ...{ corpid: appId, agentid: agent?.id, timestamp: String(timestamp), nonceStr, signature: agent?.signature },
    ...{ jsApiList: ['selectEnterpriseContact'], pageUrl },
  }),
]
const ticketsAskedFor = async () => (await company.log()).filter(({ title }) => title.includes('ticket')).length

test('the client takes both signatures of a page, and of no other page', async () => {
  const page = `${company.originOf('xiaoli')}/deliveries/1?tab=lines`
  const signed = await signer()(`${page}#top`)
  expect(signed).toMatchObject({ appId: corpId, agent: { id: String(company.app.agentId) } })
  expect(await configured(signed, page)).toEqual([{}, {}])
  const elsewhere = `${company.originOf('xiaoli')}/orders`
  expect(await configured(signed, elsewhere)).toMatchObject([{ errCode: 40093 }, { errCode: 40093 }])
})

test('pages of one app share the two tickets, and each signature is used once', async () => {
  const signPage = signer()
  const page = `${company.originOf('xiaoli')}/orders`
  const before = await ticketsAskedFor()
  const signed = await Promise.all(Array.from({ length: 5 }, () => signPage(page)))
  expect(new Set(signed.map(({ nonceStr }) => nonceStr)).size).toBe(5)
  for (const one of signed) expect(await configured(one, page)).toEqual([{}, {}])
  expect((await ticketsAskedFor()) - before).toBe(2)
})

test('a platform that is away is told as busy, and asked again at the next page', async () => {
  const { signPage } = wecom(settingsOf(company, { baseUrl: 'http://127.0.0.1:9' })).signIn
  await expect(signPage('http://127.0.0.1/')).rejects.toThrow(new Refusal('busy'))
  await expect(signPage('http://127.0.0.1/')).rejects.toThrow(new Refusal('busy'))
})
