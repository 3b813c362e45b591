import { z } from 'zod'
import { Refusal } from '#contract'
import type { SignIn } from '#server/modules/org'
import type { WecomApi } from './api.ts'
import { appIdOf, type WecomSettings } from './settings.ts'
import { accountOf } from './wire.ts'

/** A member has an account; anybody else only an id of WeChat's. */
const CodeHolder = z.union([z.object({ userid: z.string().min(1) }), z.object({ openid: z.string() })])

const isWecomClient = (userAgent: string): boolean => /\bwxwork\//i.test(userAgent)

/** Signing in with WeCom: inside its client by OAuth, which asks nobody anything; in any other browser by its QR code. */
export const wecomSignIn = (api: WecomApi, settings: WecomSettings): Omit<SignIn, 'signPage'> => ({
  platform: 'wecom',
  name: { zh: '企业微信', en: 'WeCom' },
  appId: appIdOf(settings),
  corpId: settings.corpId,
  script: null,
  address: (redirectUri, state, userAgent) =>
    isWecomClient(userAgent) ? oauthAddress(settings, redirectUri, state) : loginAddress(settings, redirectUri, state),
  exchange: async (code) => {
    const holder = await api('/cgi-bin/auth/getuserinfo', { query: { code } }, CodeHolder).catch(() => {
      // A platform that is down or answers nonsense means that signing in did not work, not that we broke.
      throw new Refusal('sign_in_failed')
    })
    if (!('userid' in holder)) throw new Refusal('unknown_person') // of another company, or no longer of this one
    const account = accountOf(holder.userid)
    return { platform: 'wecom', tenant: settings.corpId, stableId: account, appId: appIdOf(settings), openId: account }
  },
})

function oauthAddress({ openUrl, corpId, agentId }: WecomSettings, redirectUri: string, state: string): string {
  const query = new URLSearchParams({
    appid: corpId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'snsapi_base',
    state,
    agentid: agentId,
  })
  return `${openUrl}/connect/oauth2/authorize?${query.toString()}#wechat_redirect`
}

function loginAddress({ loginUrl, corpId, agentId }: WecomSettings, redirectUri: string, state: string): string {
  const query = new URLSearchParams({
    login_type: 'CorpApp',
    appid: corpId,
    agentid: agentId,
    redirect_uri: redirectUri,
    state,
  })
  return `${loginUrl}/wwlogin/sso/login?${query.toString()}`
}
