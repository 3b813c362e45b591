import { createHash, randomBytes } from 'node:crypto'

import type Router from '@koa/router'
import type { RouterContext } from '@koa/router'

import { feishuIds } from '../people.ts'
import type { Fields } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { appOf, isAvailable } from './state.ts'
import type { Feishu, LoginCode } from './state.ts'

const TOKEN_LIFE_S = 7200
const MINUTE_MS = 60_000
/** Codes of requestAccess and of the browser live 3 minutes, those of the older requestAuthCode 5. */
export const codeLifeMs = { requestAccess: 3 * MINUTE_MS, requestAuthCode: 5 * MINUTE_MS }

export const loginEndpoints: Endpoint[] = [
  { method: 'POST', path: '/open-apis/authen/v2/oauth/token', token: 'none', shape: 'oauth', answer: exchange },
  { method: 'GET', path: '/open-apis/authen/v1/user_info', token: 'user', answer: userInfo },
]

/** Issues a code with which the app can find out, once, who this person is. */
export function issueLoginCode(
  feishu: Feishu,
  code: Pick<LoginCode, 'appId' | 'person'> & Partial<LoginCode>,
  lifeMs: number,
): string {
  const text = randomBytes(16).toString('hex')
  const expiresAt = feishu.clock.now() + lifeMs
  feishu.loginCodes.set(text, { redirectUri: undefined, challenge: undefined, ...code, used: false, expiresAt })
  return text
}

function exchange(call: Call): Fields {
  const { feishu } = call
  call.require('grant_type_unsupported', call.text('grant_type') === 'authorization_code')
  const app = appOf(feishu, call.text('client_id'))
  call.require('login_secret_wrong', app && call.text('client_secret') === app.appSecret)

  const code = feishu.loginCodes.get(call.text('code'))
  call.require('code_unknown', code)
  call.require('code_of_another_client', code.appId === app.appId)
  call.require('code_used', !code.used)
  call.require('code_expired', code.expiresAt > feishu.clock.now())
  const sameRedirect = code.redirectUri === undefined || call.text('redirect_uri') === code.redirectUri
  call.require('redirect_uri_mismatch', sameRedirect)
  call.require('code_verifier_wrong', !code.challenge || s256(call.text('code_verifier')) === code.challenge)
  const person = feishu.people.get(code.person)
  const mayUse = person && isAvailable(feishu, person.key) && !feishu.left.has(person.key)
  call.require('user_may_not_use_app', mayUse && person)

  code.used = true
  const accessToken = `u-${randomBytes(20).toString('hex')}`
  const expiresAt = feishu.clock.now() + TOKEN_LIFE_S * 1000
  feishu.userTokens.set(accessToken, { app, person, expiresAt })
  return { access_token: accessToken, expires_in: TOKEN_LIFE_S, token_type: 'Bearer', scope: call.text('scope') }
}

function s256(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

function userInfo(call: Call): Fields {
  const { feishu, app } = call
  const { person } = call.user
  const ids = feishuIds(person.key, feishu.tenantKey, app.appId)
  const granted = (scope: string) => feishu.settings.scopes?.includes(scope) ?? true
  return {
    name: person.name,
    en_name: person.en,
    avatar_url: '',
    open_id: ids.openId,
    union_id: ids.unionId,
    tenant_key: feishu.tenantKey,
    ...(granted('contact:user.employee_id:readonly') && { user_id: ids.userId }),
    ...(granted('contact:user.email:readonly') && { email: person.email, enterprise_email: person.email }),
    ...(granted('contact:user.phone:readonly') && { mobile: person.mobile }),
    ...(granted('contact:user.employee_number:readonly') && { employee_no: person.employeeNumber }),
  }
}

/** The page on which somebody in an ordinary browser says who he is; on the real platform he would scan a code. */
export function addAuthorizePage(router: Router, feishu: Feishu): void {
  router.get('/open-apis/authen/v1/authorize', (ctx: RouterContext) => {
    const query = ctx.URL.searchParams
    const app = appOf(feishu, query.get('client_id') ?? query.get('app_id') ?? '')
    const redirectUri = query.get('redirect_uri') ?? ''
    if (!app || !URL.canParse(redirectUri)) {
      ctx.status = 400
      ctx.body = { code: 20029, msg: 'redirect_uri or client_id is invalid' }
      return
    }
    const chosen = query.get('person')
    if (!chosen || !feishu.people.has(chosen)) {
      ctx.type = 'html'
      ctx.body = chooser(feishu, app.botName, ctx.URL)
      return
    }
    const challenge = query.get('code_challenge') ?? undefined
    const code = issueLoginCode(
      feishu,
      { appId: app.appId, person: chosen, redirectUri, challenge },
      codeLifeMs.requestAccess,
    )
    const back = new URL(redirectUri)
    back.searchParams.set('code', code)
    const state = query.get('state')
    if (state) back.searchParams.set('state', state)
    ctx.redirect(back.href)
  })
}

function chooser(feishu: Feishu, botName: string, here: URL): string {
  const links = [...feishu.people.values()].map((person) => {
    const to = new URL(here)
    to.searchParams.set('person', person.key)
    return `<li><a href="${escaped(to.pathname + to.search)}"><b>${escaped(person.name)}</b> ${escaped(person.title.zh)}</a></li>`
  })
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>飞书登录</title><style>body{font:16px/1.6 system-ui,sans-serif;max-width:420px;margin:8vh auto;padding:0 20px;color:#1f2329}
ul{list-style:none;padding:0}a{display:block;padding:10px 14px;margin:6px 0;border:1px solid #dee0e3;border-radius:8px;color:inherit;text-decoration:none}
a:hover{border-color:#3370ff}</style><h1>登录「${escaped(botName)}」</h1><p>选择您是谁 · Choose who you are</p><ul>${links.join('')}</ul></html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
