import { signInApi } from '../features/org/api.ts'
import { openedApp } from '../opened-app.ts'
import { browser } from './browser.ts'
import type { Host, Person } from './host.ts'

export const isDingTalk = (): boolean => /\bDingTalk\b/i.test(navigator.userAgent)

/** What the client calls sharing by its own panel. */
const ownPanel = 0
const peopleMax = 100
const toastSeconds = 3

const loaded = () => import('./dingtalk-client.ts')

export const dingtalk: Host = {
  ...browser,
  name: 'dingtalk',
  drawsTitleBar: true,
  signInCode: async ({ appId, corpId = '' }) => {
    const { getAuthCode, requestAuthCode } = await loaded()
    // Clients before 7.0.45 know the older call alone.
    const older = async () => codeIn(await getAuthCode({ corpId }))
    try {
      return codeIn(await requestAuthCode({ corpId, clientId: appId })) ?? (await older())
    } catch (error) {
      if (isGivenUp(error)) throw error
      return older()
    }
  },
  scan: async () => {
    try {
      const { scan } = await loaded()
      await vouched()
      return textIn(await scan({ type: 'all' }))
    } catch (error) {
      if (isGivenUp(error)) return null
      // On a desktop there is no scanner, but there may be a camera.
      return browser.scan()
    }
  },
  choosePeople: async ({ many }) => {
    const { complexChoose } = await loaded()
    const { appId, corpId } = await vouched()
    try {
      const { users } = await complexChoose({
        ...anybody,
        appId,
        corpId,
        multiple: many,
        maxUsers: many ? peopleMax : 1,
      })
      return users.map(({ emplId, name }): Person => ({ platformId: emplId, name }))
    } catch (error) {
      if (isGivenUp(error)) return []
      throw error
    }
  },
  share: async (what) => {
    const { client, share } = await loaded()
    if (client.pc) return browser.share(what)
    await share({ type: ownPanel, url: what.address, title: what.title, content: what.words })
  },
  toast: (words) =>
    void loaded()
      .then(({ showToast }) => showToast({ type: 'none', content: words, duration: toastSeconds }))
      .catch(() => browser.toast(words)),
  setTitle: (title) => {
    browser.setTitle(title)
    void loaded()
      .then(({ setNavigationTitle }) => setNavigationTitle({ title }))
      .catch(ignoreOldClient)
  },
  close: () =>
    void loaded()
      .then(({ client, closePage, quitPage }) => (client.pc ? quitPage({}) : closePage({})))
      .catch(() => browser.close()),
}

/** The picker wants every one of these said. */
const anybody = {
  title: '',
  deptId: '',
  rootPage: '',
  limitTips: '',
  startWithDepartmentId: '0',
  pickedUsers: [],
  disabledUsers: [],
  requiredUsers: [],
  pickedDepartments: [],
  disabledDepartments: [],
  requiredDepartments: [],
  showLabelPick: false,
  responseUserOnly: true,
  showOrgEcological: false,
  filterOrgEcological: true,
}

let configured: Promise<{ appId: string; corpId: string }> | undefined

/**
 * Tells the client, once, that our server vouches for this page. The client holds on to the address at which the app was entered, however
 * the app's own address changes later.
 */
function vouched(): Promise<{ appId: string; corpId: string }> {
  configured ??= configure()
  configured.catch(() => (configured = undefined))
  return configured
}

const entered = typeof location === 'undefined' ? '' : location.href.replace(/#.*$/, '')

async function configure(): Promise<{ appId: string; corpId: string }> {
  const { client } = await loaded()
  const signed = await signInApi.signPage({ platform: 'dingtalk', appId: openedApp, url: entered })
  const { appId, corpId = '', agentId = '', timestamp, nonceStr, signature } = signed
  await new Promise<void>((resolve, reject) => {
    client.config({
      ...{ agentId, corpId, timeStamp: String(timestamp), nonceStr, signature, type: 0 },
      jsApiList: ['biz.util.scan', 'biz.contact.complexPicker'],
    })
    client.error((failure: unknown) => reject(new Error(`DingTalk does not trust this page: ${wordsOf(failure)}`)))
    client.ready(resolve)
  })
  return { appId, corpId }
}

/** The bridge of older clients calls it by another name than the newer call does. */
function codeIn(answer: { code?: string; authCode?: string }): string | null {
  return answer.code ?? answer.authCode ?? null
}

/** Depending on the code that was scanned, its text stands in one of two places. */
function textIn(answer: { text?: string; code?: string }): string | null {
  return answer.text ?? answer.code ?? null
}

type Failure = { errorCode?: unknown; errorMessage?: unknown; errMsg?: unknown; message?: unknown }

/** Giving up is reported as an error, and is none. */
function isGivenUp(error: unknown): boolean {
  const { errorCode } = fieldsOf(error)
  return String(errorCode) === '-1' || /cancel|取消/i.test(wordsOf(error))
}

function wordsOf(error: unknown): string {
  const { errorMessage, errMsg, message, errorCode } = fieldsOf(error)
  return String(errorMessage ?? errMsg ?? message ?? errorCode ?? '')
}

const fieldsOf = (error: unknown): Failure => (typeof error === 'object' && error !== null ? error : {})

/** A client that cannot change its title bar shows the page's own title. */
function ignoreOldClient(): void {}
