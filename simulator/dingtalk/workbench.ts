import { readFile } from 'node:fs/promises'

import type Koa from 'koa'

import type { Person } from '../people.ts'
import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, rawBody, textOf } from '../request-body.ts'
import { Call } from './call.ts'
import { directChat, post } from './chats.ts'
import { dingtalkIds } from './ids.ts'
import { issueLoginCode } from './login.ts'
import { question } from './questions.ts'
import { Refused } from './refusals.ts'
import { mainApp } from './state.ts'
import type { Dingtalk } from './state.ts'
import { checkJsapiConfig } from './tickets.ts'

const BODY_BYTES_MAX = 100_000
/** What the client answers when the person dismissed the question, or when its version has no such API. */
const DISMISSED = { errorCode: '-1', errorMessage: 'user cancelled' }
const NOT_SUPPORTED = { errorCode: '1', errorMessage: 'not supported by this client' }

export const clientFolder = '/__dingtalk/'
export const userAgent = 'iPhone AliApp(DingTalk/7.6.60) com.laiwang.DingTalk language/zh-Hans-CN'

type Asked = { dingtalk: Dingtalk; person: Person; call: Call; body: Fields; origin: string }

/** The functions of the client, by the names that they have on its bridge. */
const answers: Record<string, (asked: Asked) => Fields | Promise<Fields>> = {
  'runtime.permission.requestAuthCode': loginCode,
  'runtime.permission.requestAuthCodeV2': loginCode,
  'runtime.permission.requestJsApis': configure,
  'biz.util.scan': scan,
  'biz.contact.choose': chooseContact,
  'biz.contact.complexPicker': pickPeople,
  'biz.util.share': share,
  'device.notification.toast': toast,
  'biz.navigation.setTitle': setTitle,
  'biz.navigation.close': close,
  'biz.navigation.quit': close,
}

/** Answers the client of one person: its script, and each JSAPI that the app calls through it. */
export async function serveClient(dingtalk: Dingtalk, person: Person, ctx: Koa.Context): Promise<void> {
  const path = ctx.path.slice(clientFolder.length)
  if (ctx.method === 'GET' && path === 'h5-js-sdk.js') {
    // A page that loads anew has configured nothing yet.
    dingtalk.jsapis.delete(person.key)
    ctx.type = 'text/javascript'
    ctx.set('cache-control', 'no-store')
    ctx.body = await readFile(new URL('h5-js-sdk.js', import.meta.url), 'utf8')
    return
  }
  const answer = Object.hasOwn(answers, path) ? answers[path] : undefined
  if (!answer || ctx.method !== 'POST') return
  const body = jsonOf((await rawBody(ctx.req, BODY_BYTES_MAX))?.toString('utf8') ?? '')
  const asked = isFields(body) ? body : {}
  const call = new Call(dingtalk, {}, new URLSearchParams(), asked)
  const origin = `${ctx.protocol}://${ctx.host}`
  ctx.body = await answered(path, { dingtalk, person, call, body: asked, origin }, answer)
  dingtalk.log.add({
    at: new Date(dingtalk.clock.now()).toISOString(),
    way: 'client',
    by: 'http',
    title: `${path} · ${person.key}`,
    status: 200,
    tookMs: 0,
    checks: call.checks.list,
    request: asked,
    answer: ctx.body,
  })
}

type Answered = { errorCode: '0'; result: Fields } | { errorCode: string; errorMessage: string }

async function answered(
  name: string,
  asked: Asked,
  answer: (asked: Asked) => Fields | Promise<Fields>,
): Promise<Answered> {
  const fault = asked.dingtalk.faults.take('client', name)
  if (fault?.code !== undefined) return { ...NOT_SUPPORTED, errorCode: String(fault.code) }
  try {
    const result = await answer(asked)
    return result === DISMISSED ? DISMISSED : { errorCode: '0', result }
  } catch (error) {
    if (error instanceof Refused) return { errorCode: String(error.code), errorMessage: error.message }
    throw error
  }
}

/** The older call answers a code for the app of the page, the newer one for the client id that it names. */
function loginCode({ dingtalk, person, body, ...asked }: Asked): Fields {
  const call: Call = asked.call
  call.require('jsapi_corp_of_code_wrong', call.text('corpId') === dingtalk.corpId)
  const app = dingtalk.apps.find((each) => each.clientId === textOf(body['clientId'])) ?? mainApp(dingtalk)
  return { code: issueLoginCode(dingtalk, app, person.key) }
}

function configure({ dingtalk, person, call, body, origin }: Asked): Fields {
  const pages = [body['url'], body['entryUrl']].map(textOf).filter((url) => URL.canParse(url))
  checkJsapiConfig(call, pages.length > 0 ? pages : [origin])
  dingtalk.jsapis.set(person.key, Array.isArray(body['jsApiList']) ? body['jsApiList'].map(textOf) : [])
  return {}
}

async function scan(asked: Asked): Promise<Fields> {
  const value = await question(asked.dingtalk, asked.person, 'scan', false)
  return typeof value === 'string' ? { text: value } : DISMISSED
}

async function chosenPeople({ dingtalk, person, body }: Asked): Promise<Fields[] | undefined> {
  const chosen = await question(dingtalk, person, 'contact', body['multiple'] === true)
  if (chosen === null) return undefined
  const people = [chosen].flat().flatMap((key) => dingtalk.people.get(key) ?? [])
  return people.map(({ key, name }) => ({ emplId: dingtalkIds(key, dingtalk.corpId).userId, name, avatar: '' }))
}

/** The older picker answers a bare list, whose length is its own; a list is handed on as `list`. */
async function chooseContact(asked: Asked): Promise<Fields> {
  requireListed(asked, 'biz.contact.choose')
  const users = await chosenPeople(asked)
  return users ? { list: users } : DISMISSED
}

async function pickPeople(asked: Asked): Promise<Fields> {
  requireListed(asked, 'biz.contact.complexPicker')
  const users = await chosenPeople(asked)
  return users ? { users, departments: [], selectedCount: users.length } : DISMISSED
}

/** Sends a link from the app into the chats of chosen people, in the name of the person himself. */
async function share({ dingtalk, person, body }: Asked): Promise<Fields> {
  const chosen = await question(dingtalk, person, 'contact', true)
  if (chosen === null) return DISMISSED
  const content = {
    ...{ kind: 'link' as const, title: textOf(body['title']), text: textOf(body['content']) },
    ...{ url: textOf(body['url']), image: textOf(body['image']) },
  }
  for (const key of [chosen].flat()) {
    post(dingtalk, directChat(dingtalk, mainApp(dingtalk), key), content, { from: { kind: 'person', key: person.key } })
  }
  return {}
}

function toast({ dingtalk, person, body }: Asked): Fields {
  const content = textOf(body['text']) || textOf(body['content'])
  dingtalk.publish({ kind: 'toast', platform: 'dingtalk', person: person.key, content })
  return {}
}

/** The title bar is the client's own, above the page. */
function setTitle({ dingtalk, person, body }: Asked): Fields {
  dingtalk.publish({ kind: 'title', platform: 'dingtalk', person: person.key, title: textOf(body['title']) })
  return {}
}

function close({ dingtalk, person }: Asked): Fields {
  dingtalk.publish({ kind: 'close', platform: 'dingtalk', person: person.key })
  return {}
}

function requireListed({ dingtalk, person, ...asked }: Asked, api: string): void {
  const call: Call = asked.call
  call.require('jsapi_not_listed', dingtalk.jsapis.get(person.key)?.includes(api), api)
}
