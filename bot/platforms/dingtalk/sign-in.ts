import { z } from 'zod'
import { Refusal } from '#contract'
import type { SignIn } from '#server/modules/org'
import { type DingTalkHttp, understood } from './http.ts'
import type { DingTalkSettings } from './settings.ts'

const OwnCode = z.object({ result: z.object({ userid: z.string().min(1) }) })
const WebToken = z.object({ accessToken: z.string().min(1), corpId: z.string().optional() })
const WebPerson = z.object({ unionId: z.string().min(1) })

/**
 * Signing in with DingTalk. A code of the client is one of our company's and our app's; one that a plain browser brings says for which company it was
 * given, and that must be ours.
 */
export function dingtalkSignIn(settings: DingTalkSettings, http: DingTalkHttp): Omit<SignIn, 'signPage'> {
  const { clientId, clientSecret, corpId, loginUrl } = settings

  const byClient = async (code: string): Promise<string> => {
    const what = 'whose code this is'
    const answer = await http.oldCall(what, '/topapi/v2/user/getuserinfo', { code })
    return understood(what, OwnCode, answer).result.userid
  }
  const byBrowser = async (code: string): Promise<string> => {
    const what = 'whose code this is'
    const token = understood(
      what,
      WebToken,
      await http.bareCall({
        what,
        method: 'POST',
        path: '/v1.0/oauth2/userAccessToken',
        body: { clientId, clientSecret, code, grantType: 'authorization_code' },
      }),
    )
    if (token.corpId && token.corpId !== corpId) throw new Refusal('wrong_tenant')
    const person = understood(
      what,
      WebPerson,
      await http.bareCall({ what, method: 'GET', path: '/v1.0/contact/users/me' }, token.accessToken),
    )
    // Nobody outside the company has an id in it, so this is also the check of the company where the token names none.
    const own = await http.oldCall(what, '/topapi/user/getbyunionid', { unionid: person.unionId })
    return understood(what, OwnCode, own).result.userid
  }
  return {
    platform: 'dingtalk',
    name: { zh: '钉钉', en: 'DingTalk' },
    appId: clientId,
    corpId,
    script: null,
    address: (redirectUri, state) => {
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid corpid',
        corpId,
        prompt: 'consent',
        state,
      })
      return `${loginUrl}/oauth2/auth?${query.toString()}`
    },
    exchange: async (code, redirectUri) => {
      const userId = await (redirectUri ? byBrowser(code) : byClient(code)).catch(notSignedIn)
      return { platform: 'dingtalk', tenant: corpId, stableId: userId, appId: clientId, openId: userId }
    },
  }
}

/** A platform that is down or answers nonsense means that signing in did not work, not that we broke. */
function notSignedIn(error: unknown): never {
  throw error instanceof Refusal ? error : new Refusal('sign_in_failed')
}
