import { randomBytes } from 'node:crypto'

import type Router from '@koa/router'
import type { RouterContext } from '@koa/router'

import { digest } from '../people.ts'
import type { Person } from '../people.ts'
import type { Fields } from '../request-body.ts'
import type { Call, Endpoint } from './call.ts'
import { appOf, isReachable, userIdOf } from './state.ts'
import type { Wecom } from './state.ts'

const CODE_LIFE_MS = 5 * 60_000
const USER_TICKET_LIFE_S = 1800
const SCOPES = ['snsapi_base', 'snsapi_privateinfo', 'snsapi_userinfo']
const STATE_LENGTH_MAX = 128

export const loginEndpoints: Endpoint[] = [
  { method: 'GET', path: '/cgi-bin/auth/getuserinfo', token: 'app', answer: getUserInfo },
  { method: 'GET', path: '/cgi-bin/user/getuserinfo', token: 'app', answer: getUserInfo },
  { method: 'POST', path: '/cgi-bin/auth/getuserdetail', token: 'app', answer: getUserDetail },
]

/** A member is told by his userid; somebody outside the company or the app's scope only by an openid. */
function getUserInfo(call: Call): Fields {
  const { wecom, app } = call
  call.require('login_code_missing', call.param('code'))
  const code = wecom.loginCodes.get(call.param('code'))
  call.require('login_code_unknown', code)
  call.require('login_code_of_another_app', code.agentId === app.agentId)
  call.require('login_code_used', !code.used)
  call.require('login_code_expired', code.expiresAt > wecom.clock.now())
  code.used = true
  if (!isReachable(wecom, code.person)) return { openid: `o${digest(`${wecom.corpId}/${code.person}`).slice(0, 27)}` }
  const userid = userIdOf(wecom, code.person)
  if (!code.isPrivate) return { userid }

  const user_ticket = randomBytes(32).toString('base64url')
  wecom.userTickets.set(user_ticket, { person: code.person, expiresAt: wecom.clock.now() + USER_TICKET_LIFE_S * 1000 })
  return { userid, user_ticket, expires_in: USER_TICKET_LIFE_S }
}

/** What a member has allowed the app to see of him. */
function getUserDetail(call: Call): Fields {
  const { wecom } = call
  const ticket = wecom.userTickets.get(call.text('user_ticket'))
  call.require('user_ticket_unknown', ticket)
  call.require('user_ticket_expired', ticket.expiresAt > wecom.clock.now())
  const person = wecom.people.get(ticket.person)
  return {
    userid: userIdOf(wecom, ticket.person),
    gender: '0',
    avatar: '',
    qr_code: '',
    mobile: person?.mobile ?? '',
    email: person?.email ?? '',
    biz_mail: person?.email ?? '',
    address: '',
  }
}

/** The client's authorise address, which knows who holds the phone, and the page with the code to scan for a browser. */
export function addAuthorizePages(router: Router, wecom: Wecom): void {
  router.get('/connect/oauth2/authorize', (ctx: RouterContext) => authorize(wecom, ctx, true))
  router.get(['/wwlogin/sso/login', '/wwopen/sso/qrConnect'], (ctx: RouterContext) => authorize(wecom, ctx, false))
}

function authorize(wecom: Wecom, ctx: RouterContext, isOauth: boolean): void {
  const query = ctx.URL.searchParams
  const agentId = Number(query.get('agentid') ?? wecom.apps[0]?.agentId)
  const fault = faultOf(wecom, query, agentId, isOauth)
  if (fault) return turnAway(ctx, fault)
  const redirect = new URL(query.get('redirect_uri') ?? '')
  const person = wecom.people.get(query.get('person') ?? holderOf(redirect))
  if (!person && isOauth) return turnAway(ctx, '请在企业微信客户端打开链接')
  if (!person) {
    ctx.type = 'html'
    ctx.body = chooser(wecom, ctx.URL, agentId)
    return
  }
  const code = issueLoginCode(wecom, person.key, agentId, query.get('scope') === 'snsapi_privateinfo')
  redirect.searchParams.set('code', code)
  const state = query.get('state')
  if (state !== null) redirect.searchParams.set('state', state)
  ctx.redirect(redirect.href)
}

function turnAway(ctx: RouterContext, why: string): void {
  ctx.status = 400
  ctx.type = 'html'
  ctx.body = `<!doctype html><meta charset="utf-8"><title>企业微信</title><p>${escaped(why)}</p>`
}

/** The person whose phone an address is on: each has an origin of his own. */
function holderOf(address: URL): string {
  return address.hostname.endsWith('.localhost') ? address.hostname.slice(0, -'.localhost'.length) : ''
}

function faultOf(wecom: Wecom, query: URLSearchParams, agentId: number, isOauth: boolean): string | undefined {
  const redirectUri = query.get('redirect_uri') ?? ''
  if (query.get('appid') !== wecom.corpId) return '40013 invalid corpid'
  if (!appOf(wecom, agentId)) return '80001 invalid agentid'
  if (!URL.canParse(redirectUri)) return '50001 redirect_uri is missing or no address'
  const isTrusted = wecom.settings.trustedOrigins?.includes(new URL(redirectUri).origin) ?? true
  if (!isTrusted) return '50001 redirect_uri 与配置的授权完成回调域名不一致'
  if ((query.get('state') ?? '').length > STATE_LENGTH_MAX) return '40058 state is longer than 128'
  if (!isOauth) return undefined
  if (query.get('response_type') !== 'code') return '40058 response_type must be code'
  return SCOPES.includes(query.get('scope') ?? '') ? undefined : '40058 invalid scope'
}

/** Issues a code with which the app can find out, once, who this person is. */
export function issueLoginCode(wecom: Wecom, person: string, agentId: number, isPrivate: boolean): string {
  const code = randomBytes(32).toString('base64url')
  wecom.loginCodes.set(code, { agentId, person, isPrivate, used: false, expiresAt: wecom.clock.now() + CODE_LIFE_MS })
  return code
}

function chooser(wecom: Wecom, here: URL, agentId: number): string {
  const link = (person: Person) => {
    const to = new URL(here)
    to.searchParams.set('person', person.key)
    return `<li><a href="${escaped(to.pathname + to.search)}"><b>${escaped(person.name)}</b> ${escaped(person.title.zh)}</a></li>`
  }
  const present = [...wecom.people.values()].filter((person) => !wecom.left.has(person.key))
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>企业微信登录</title><style>body{font:16px/1.6 system-ui,sans-serif;max-width:420px;margin:8vh auto;padding:0 20px;color:#15253b}
ul{list-style:none;padding:0}a{display:block;padding:10px 14px;margin:6px 0;border:1px solid #dfe3ea;border-radius:8px;color:inherit;text-decoration:none}
a:hover{border-color:#2b7ce9}</style><h1>登录「${escaped(appOf(wecom, agentId)?.name ?? '')}」</h1><p>代替手机扫码：选择您是谁 · Instead of scanning with a phone: choose who you are</p><ul>${present.map(link).join('')}</ul></html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
