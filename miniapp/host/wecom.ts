import type * as Client from '@wecom/jssdk'
import type { PageSignature } from '#contract/modules/org'
import { signInApi } from '../features/org/api.ts'
import { openedApp, wayHere } from '../opened-app.ts'
import { leaveForPlatform } from '../features/org/leave-for-platform.ts'
import { wanted } from '../features/org/place-wanted.ts'
import { browser } from './browser.ts'
import type { Host, Person } from './host.ts'

type WecomClient = typeof Client

export const isWecom = (): boolean => /\bwxwork\//i.test(navigator.userAgent)

/** What WeCom writes before the digits of a barcode. */
const symbology = /^(?:(?:EAN|CODE|UPC)_[A-Z0-9]+|ITF|CODABAR),/

export const wecom: Host = {
  ...browser,
  name: 'wecom',
  drawsTitleBar: true,
  // WeCom gives no code to a page: it takes the page away and brings it back with one.
  signInCode: () => leaveForPlatform('wecom', wanted(new URLSearchParams(location.search).get('to'))),
  scan: async () => {
    try {
      const ww = await vouchedClient()
      const scanType = [ww.ScanQRCodeType.barCode, ww.ScanQRCodeType.qrCode]
      const { resultStr } = await ww.scanQRCode({ needResult: true, scanType })
      return resultStr?.replace(symbology, '') ?? null
    } catch (error) {
      if (isGivenUp(error)) return null
      // A client that may not use its scanner here still has a camera.
      return browser.scan()
    }
  },
  choosePeople: async ({ many }) => {
    const ww = await vouchedClient()
    const { result } = await ww.selectEnterpriseContact({
      fromDepartmentId: 0,
      mode: ww.SelectEnterpriseContactMode[many ? 'multi' : 'single'],
      type: [ww.SelectEnterpriseContactType.user],
    })
    return result.userList.map(({ id, name }): Person => ({ platformId: id.toLowerCase(), name }))
  },
  share: async ({ title, words, address }) => {
    try {
      const ww = await vouchedClient()
      await ww.shareAppMessage({ title, desc: words, link: address, imgUrl: '' })
    } catch (error) {
      if (!isGivenUp(error)) throw error
    }
  },
  close: () => void import('@wecom/jssdk').then((ww) => ww.closeWindow()),
}

const isGivenUp = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errMsg' in error && /:cancel/i.test(String(error.errMsg))

let vouched: Promise<WecomClient> | undefined

/** The client's interface, which asks our server to sign each page that uses it. Loaded when it is first needed. */
function vouchedClient(): Promise<WecomClient> {
  vouched ??= registered().catch((error: unknown) => {
    vouched = undefined
    throw error
  })
  return vouched
}

async function registered(): Promise<WecomClient> {
  const [ww, { platforms }] = await Promise.all([import('@wecom/jssdk'), signInApi.platforms({})])
  const ours = wayHere(platforms, 'wecom')
  if (!ours?.corpId) throw new Error('WeCom is not switched on')
  ww.register({
    corpId: ours.corpId,
    agentId: ours.appId.slice(ours.corpId.length + 1), // an app's id is its company's and its own number
    jsApiList: ['scanQRCode', 'selectEnterpriseContact', 'shareAppMessage'],
    getConfigSignature: async (url) => signed(await signPage(url)),
    getAgentConfigSignature: async (url) => {
      const page = await signPage(url)
      return signed({ ...page, signature: page.agent?.signature ?? '' })
    },
  })
  return ww
}

const signPage = (url: string): Promise<PageSignature> =>
  signInApi.signPage({ platform: 'wecom', appId: openedApp, url })

const signed = ({ timestamp, nonceStr, signature }: PageSignature) => ({ timestamp, nonceStr, signature })
