import { signInApi } from '../features/org/api.ts'
import { openedApp, wayHere } from '../opened-app.ts'
import { browser } from './browser.ts'
import type { Host, Person } from './host.ts'

type Failure = { errno?: number; errMsg?: string; errString?: string }
type Answers<T> = { success: (answer: T) => void; fail: (failure: Failure) => void }
/** The part of Feishu's client interface that the app uses; the client, or its script, puts it into the page. */
type FeishuClient = {
  requestAccess: (call: { appID: string; scopeList: string[]; state: string } & Answers<{ code: string }>) => void
  requestAuthCode: (call: { appId: string } & Answers<{ code: string }>) => void
  scanCode: (call: { scanType: string[] } & Answers<{ result: string }>) => void
  chooseContact: (call: { multi: boolean } & Answers<{ data: { openId: string; name: string }[] }>) => void
  /** Not in older clients. */
  share?: (call: { channelType: string[]; contentType: string; title: string; url: string } & Answers<unknown>) => void
  closeWindow: () => void
}

type Configured = {
  appId: string
  timestamp: number
  nonceStr: string
  signature: string
  jsApiList: string[]
  onSuccess: () => void
  onFail: (failure: Failure) => void
}

declare global {
  interface Window {
    tt?: FeishuClient
    h5sdk?: {
      ready: (then: () => void) => void
      error: (then: (failure: Failure) => void) => void
      config: (options: Configured) => void
    }
  }
}

/** What old clients answer to a call that they do not know. */
const notSupported = 103

export const isFeishu = (): boolean => window.tt !== undefined || /\b(Lark|Feishu)\b/i.test(navigator.userAgent)

export const feishu: Host = {
  ...browser,
  name: 'feishu',
  drawsTitleBar: true,
  signInCode: async ({ appId, script }) => {
    const client = await readyClient(script)
    try {
      const { code } = await asked<{ code: string }>((answers) =>
        client.requestAccess({ appID: appId, scopeList: [], state: '', ...answers }),
      )
      return code
    } catch (error) {
      if (!(error instanceof FeishuFailure && error.errno === notSupported)) throw error
      return (await asked<{ code: string }>((answers) => client.requestAuthCode({ appId, ...answers }))).code
    }
  },
  scan: async () => {
    try {
      const client = await vouchedClient()
      const { result } = await asked<{ result: string }>((answers) =>
        client.scanCode({ scanType: ['barCode', 'qrCode'], ...answers }),
      )
      return result
    } catch (error) {
      if (error instanceof FeishuFailure && error.isGivenUp) return null
      // A client that may not use its scanner here still has a camera.
      return browser.scan()
    }
  },
  choosePeople: async ({ many }) => {
    const client = await vouchedClient()
    const { data } = await asked<{ data: { openId: string; name: string }[] }>((answers) =>
      client.chooseContact({ multi: many, ...answers }),
    )
    return data.map(({ openId, name }): Person => ({ platformId: openId, name }))
  },
  share: async (what) => {
    const share = window.tt?.share
    if (!share) return browser.share(what)
    await asked((answers) =>
      share({ channelType: ['lark'], contentType: 'url', title: what.title, url: what.address, ...answers }),
    )
  },
  close: () => window.tt?.closeWindow(),
}

class FeishuFailure extends Error {
  readonly errno: number | undefined
  readonly isGivenUp: boolean
  constructor({ errno, errMsg, errString }: Failure) {
    super(errString ?? errMsg ?? `Feishu answered ${errno}`)
    this.errno = errno
    this.isGivenUp = /cancel/i.test(this.message)
  }
}

const asked = <T>(call: (answers: Answers<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => call({ success: resolve, fail: (failure) => reject(new FeishuFailure(failure)) }))

/** The client's interface; its script is loaded where the client has not put it there itself. */
async function readyClient(script: string | null): Promise<FeishuClient> {
  if (!window.tt && script) await loaded(script)
  const sdk = window.h5sdk
  if (sdk)
    await new Promise<void>((resolve, reject) => {
      sdk.error((failure) => reject(new FeishuFailure(failure)))
      sdk.ready(resolve)
    })
  if (!window.tt) throw new FeishuFailure({ errMsg: 'no client interface' })
  return window.tt
}

/** The address that the client was last told to trust. The app changes its address without loading anew. */
let vouchedFor = ''

/** The client's interface, ready for what it gives only to a page that our server has signed for. */
async function vouchedClient(): Promise<FeishuClient> {
  const { platforms } = await signInApi.platforms({})
  const client = await readyClient(wayHere(platforms, 'feishu')?.script ?? null)
  const url = location.href.replace(/#.*$/, '')
  const sdk = window.h5sdk
  if (!sdk || url === vouchedFor) return client
  const signed = await signInApi.signPage({ platform: 'feishu', appId: openedApp, url })
  await new Promise<void>((resolve, reject) =>
    sdk.config({
      ...signed,
      jsApiList: ['scanCode', 'chooseContact'],
      onSuccess: resolve,
      onFail: (failure) => reject(new FeishuFailure(failure)),
    }),
  )
  vouchedFor = url
  return client
}

const loaded = (address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = address
    script.onload = () => resolve()
    script.onerror = () => reject(new FeishuFailure({ errMsg: `${address} cannot be loaded` }))
    document.head.append(script)
  })
