import { randomBytes } from 'node:crypto'

import type Router from '@koa/router'
import type { RouterContext } from '@koa/router'

import type { Fields } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { dingtalkIds } from './ids.ts'
import { isAvailable } from './state.ts'
import type { Dingtalk, DingtalkApp, LoginCode } from './state.ts'

const TOKEN_LIFE_S = 7200
const CODE_LIFE_MS = 5 * 60_000

export const loginEndpoints: Endpoint[] = [
  {
    family: 'old',
    method: 'POST',
    path: '/topapi/v2/user/getuserinfo',
    token: 'app',
    isFree: true,
    answer: whoHasCode,
  },
  {
    family: 'new',
    method: 'POST',
    path: '/v1.0/oauth2/userAccessToken',
    token: 'none',
    isFree: true,
    answer: userToken,
  },
  { family: 'new', method: 'GET', path: '/v1.0/contact/users/:unionId', token: 'user', isFree: true, answer: me },
]

/** Issues a code with which the app can find out, once and within five minutes, who this person is. */
export function issueLoginCode(dingtalk: Dingtalk, app: DingtalkApp, person: string, web?: LoginCode['web']): string {
  const text = randomBytes(16).toString('hex')
  const expiresAt = dingtalk.clock.now() + CODE_LIFE_MS
  dingtalk.loginCodes.set(text, { app, person, web, expiresAt, isUsed: false })
  return text
}

function whoHasCode(call: Call): Fields {
  const { dingtalk, app } = call
  call.require('auth_code_missing', call.text('code'))
  const code = dingtalk.loginCodes.get(call.text('code'))
  call.require('auth_code_unknown', code)
  call.require('auth_code_of_web', !code.web)
  call.require('auth_code_of_another_app', code.app === app)
  call.require('auth_code_used', !code.isUsed)
  call.require('auth_code_expired', code.expiresAt > dingtalk.clock.now())
  const person = personMayUse(dingtalk, code)
  call.require('auth_user_may_not_use_app', person)
  code.isUsed = true
  const ids = dingtalkIds(person.key, dingtalk.corpId)
  return {
    result: {
      userid: ids.userId,
      unionid: ids.unionId,
      associated_unionid: ids.unionId,
      name: person.name,
      device_id: `device-${person.key}`,
      sys: false,
      sys_level: 0,
    },
  }
}

function userToken(call: Call): Fields {
  const { dingtalk } = call
  call.require('web_grant_unsupported', call.text('grantType') === 'authorization_code')
  const app = dingtalk.apps.find((each) => each.clientId === call.text('clientId'))
  call.require('web_secret_wrong', app && call.text('clientSecret') === app.clientSecret)
  const code = dingtalk.loginCodes.get(call.text('code'))
  call.require('web_code_unknown', code)
  call.require('web_code_of_client', code.web)
  call.require('web_code_of_another_app', code.app === app)
  call.require('web_code_used', !code.isUsed)
  call.require('web_code_expired', code.expiresAt > dingtalk.clock.now())
  const person = personMayUse(dingtalk, code)
  call.require('web_user_may_not_use_app', person)
  code.isUsed = true
  const accessToken = randomBytes(16).toString('hex')
  dingtalk.userTokens.set(accessToken, { app, person, expiresAt: dingtalk.clock.now() + TOKEN_LIFE_S * 1000 })
  const refreshToken = randomBytes(16).toString('hex')
  // Which company it is is told only to whom asked for it.
  const company = code.web === 'corpid' ? { corpId: dingtalk.corpId } : {}
  return { accessToken, refreshToken, expireIn: TOKEN_LIFE_S, ...company }
}

function personMayUse(dingtalk: Dingtalk, code: LoginCode) {
  const isIn = isAvailable(dingtalk, code.person) && !dingtalk.left.has(code.person)
  return isIn ? dingtalk.people.get(code.person) : undefined
}

function me(call: Call): Fields {
  const { dingtalk } = call
  call.require('me_not_me', call.param('unionId') === 'me')
  const { person } = call.user
  const ids = dingtalkIds(person.key, dingtalk.corpId)
  const granted = (scope: string) => dingtalk.settings.scopes?.includes(scope) ?? true
  return {
    nick: person.name,
    unionId: ids.unionId,
    openId: ids.openId,
    avatarUrl: '',
    stateCode: '86',
    ...(granted('Contact.User.mobile') && { mobile: person.mobile }),
    ...(granted('Contact.User.email') && { email: person.email }),
  }
}

/** The page on which somebody in an ordinary browser says who he is; on the real platform he would scan a code. */
export function addSignInPage(router: Router, dingtalk: Dingtalk): void {
  router.get('/oauth2/auth', (ctx: RouterContext) => {
    const query = ctx.URL.searchParams
    const app = dingtalk.apps.find((each) => each.clientId === query.get('client_id'))
    const redirectUri = query.get('redirect_uri') ?? ''
    const scopes = (query.get('scope') ?? '').split(' ')
    const isWhole = query.get('response_type') === 'code' && scopes.includes('openid')
    if (!app || !isWhole || !URL.canParse(redirectUri) || !isTrusted(dingtalk, redirectUri)) {
      ctx.status = 400
      ctx.body = '对不起，你无权限查看该页面 (client_id, response_type, scope or redirect_uri is wrong)'
      return
    }
    const chosen = query.get('person')
    if (!chosen || !dingtalk.people.has(chosen)) {
      ctx.type = 'html'
      ctx.body = chooser(dingtalk, app.botName, ctx.URL)
      return
    }
    const back = new URL(redirectUri)
    const web = scopes.includes('corpid') ? 'corpid' : 'openid'
    back.searchParams.set('authCode', issueLoginCode(dingtalk, app, chosen, web))
    const state = query.get('state')
    if (state) back.searchParams.set('state', state)
    ctx.redirect(back.href)
  })
}

function isTrusted(dingtalk: Dingtalk, redirectUri: string): boolean {
  return dingtalk.settings.redirectOrigins?.includes(new URL(redirectUri).origin) ?? true
}

function chooser(dingtalk: Dingtalk, botName: string, here: URL): string {
  const links = [...dingtalk.people.values()].map((person) => {
    const to = new URL(here)
    to.searchParams.set('person', person.key)
    return `<li><a href="${escaped(to.pathname + to.search)}"><b>${escaped(person.name)}</b> ${escaped(person.title.zh)}</a></li>`
  })
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>钉钉登录</title><style>body{font:16px/1.6 system-ui,sans-serif;max-width:420px;margin:8vh auto;padding:0 20px;color:#171a1d}
ul{list-style:none;padding:0}a{display:block;padding:10px 14px;margin:6px 0;border:1px solid #dce0e5;border-radius:8px;color:inherit;text-decoration:none}
a:hover{border-color:#007fff}</style><h1>登录「${escaped(botName)}」</h1><p>选择您是谁 · Choose who you are</p><ul>${links.join('')}</ul></html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
