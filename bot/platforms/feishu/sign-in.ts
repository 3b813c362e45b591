import { z } from 'zod'
import { Refusal } from '#contract'
import type { SignIn } from '#server/modules/org'
import type { FeishuSettings } from './settings.ts'

const timeoutMs = 8000
const Token = z.object({ code: z.literal(0), access_token: z.string() })
const User = z.object({
  code: z.literal(0),
  data: z.object({ open_id: z.string(), union_id: z.string().optional(), tenant_key: z.string() }),
})

/** Signing in with Feishu: its code is exchanged on the server, and the tenant must be the company's own. */
export const feishuSignIn = (settings: FeishuSettings): Omit<SignIn, 'signPage'> => ({
  platform: 'feishu',
  name: { zh: '飞书', en: 'Feishu' },
  appId: settings.appId,
  script: 'https://lf-scm-cn.feishucdn.com/lark/op/h5-js-sdk-1.5.48.js',
  address: (redirectUri, state) => {
    const query = new URLSearchParams({
      client_id: settings.appId,
      redirect_uri: redirectUri,
      response_type: 'code',
      state,
    })
    return `${settings.accountsUrl}/open-apis/authen/v1/authorize?${query.toString()}`
  },
  exchange: async (code, redirectUri) => {
    const token = Token.safeParse(
      await call(`${settings.baseUrl}/open-apis/authen/v2/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({
          grant_type: 'authorization_code',
          client_id: settings.appId,
          client_secret: settings.appSecret,
          code,
          redirect_uri: redirectUri,
        }),
      }),
    )
    if (!token.success) throw new Refusal('sign_in_failed')
    const user = User.safeParse(
      await call(`${settings.baseUrl}/open-apis/authen/v1/user_info`, {
        headers: { authorization: `Bearer ${token.data.access_token}` },
      }),
    )
    if (!user.success) throw new Refusal('sign_in_failed')
    const { open_id: openId, union_id: unionId, tenant_key: tenant } = user.data.data
    if (tenant !== settings.tenantKey) throw new Refusal('wrong_tenant')
    return { platform: 'feishu', tenant, stableId: unionId ?? openId, appId: settings.appId, openId }
  },
})

/** A platform that is down or answers nonsense means that signing in did not work, not that we broke. */
async function call(url: string, request: RequestInit): Promise<unknown> {
  try {
    const response = await fetch(url, { ...request, signal: AbortSignal.timeout(timeoutMs) })
    return await response.json()
  } catch {
    throw new Refusal('sign_in_failed')
  }
}
