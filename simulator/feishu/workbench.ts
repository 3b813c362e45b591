import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'

import type Koa from 'koa'

import type { AskView } from '../answers.ts'
import type { Person } from '../people.ts'
import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, rawBody, textOf } from '../request-body.ts'
import { Call } from './call.ts'
import { checkCard } from './card-check.ts'
import { directChat, post } from './chats.ts'
import { idsOf } from './events.ts'
import { codeLifeMs, issueLoginCode } from './login.ts'
import { Refused } from './refusals.ts'
import { appOf, mainApp } from './state.ts'
import type { Feishu } from './state.ts'
import { checkJsapiConfig } from './tickets.ts'

const BODY_BYTES_MAX = 100_000
const ANSWER_WITHIN_MS = 5 * 60_000
/** What the client answers when its version has no such API, or the person dismissed the question. */
const NOT_SUPPORTED = { errno: 103, errString: 'not supported by this client' }
const DISMISSED = { errno: 2, errString: 'cancelled by the user' }

export const clientFolder = '/__feishu/'
export const userAgent = 'Lark/7.30 LarkLocale/zh_CN ChannelName/Feishu'

type Asked = { feishu: Feishu; person: Person; call: Call; body: Fields; origin: string }

const answers: Record<string, (asked: Asked) => Fields | Promise<Fields>> = {
  code: loginCode,
  config: configure,
  'ask/scan': scan,
  'ask/contact': chooseContact,
  share: shareCard,
  toast: ({ feishu, person, body }) => {
    feishu.publish({
      kind: 'toast',
      platform: 'feishu',
      person: person.key,
      content: textOf(body['title']) || textOf(body['content']),
    })
    return {}
  },
  close: ({ feishu, person }) => {
    feishu.publish({ kind: 'close', platform: 'feishu', person: person.key })
    return {}
  },
}

/** Answers the client of one person: its script, and each JSAPI that the app calls through it. */
export async function serveClient(feishu: Feishu, person: Person, ctx: Koa.Context): Promise<void> {
  const path = ctx.path.slice(clientFolder.length)
  if (ctx.method === 'GET' && path === 'h5-js-sdk.js') {
    // A page that loads anew has configured nothing yet.
    feishu.jsapis.delete(person.key)
    ctx.type = 'text/javascript'
    ctx.set('cache-control', 'no-store')
    ctx.body = await readFile(new URL('h5-js-sdk.js', import.meta.url), 'utf8')
    return
  }
  const answer = Object.hasOwn(answers, path) ? answers[path] : undefined
  if (!answer || ctx.method !== 'POST') return
  const body = jsonOf((await rawBody(ctx.req, BODY_BYTES_MAX))?.toString('utf8') ?? '')
  const asked = isFields(body) ? body : {}
  const call = new Call(feishu, {}, new URLSearchParams(), asked)
  ctx.body = await answered(
    feishu,
    { feishu, person, call, body: asked, origin: `${ctx.protocol}://${ctx.host}` },
    answer,
  )
  feishu.log.add({
    at: new Date(feishu.clock.now()).toISOString(),
    way: 'client',
    by: 'http',
    title: `${textOf(asked['api']) || path} · ${person.key}`,
    status: 200,
    tookMs: 0,
    checks: call.checks.list,
    request: asked,
    answer: ctx.body,
  })
}

async function answered(
  feishu: Feishu,
  asked: Asked,
  answer: (asked: Asked) => Fields | Promise<Fields>,
): Promise<Fields> {
  const fault = feishu.faults.take('client', textOf(asked.body['api']))
  if (fault?.code !== undefined) return { errno: fault.code, errString: NOT_SUPPORTED.errString }
  try {
    return await answer(asked)
  } catch (error) {
    if (error instanceof Refused) return { errno: error.code, errString: error.message }
    throw error
  }
}

/** requestAccess spells it appID, the older requestAuthCode appId. */
function loginCode({ feishu, person, body }: Asked): Fields {
  const isOld = body['api'] === 'requestAuthCode'
  const app = appOf(feishu, textOf(isOld ? body['appId'] : body['appID']))
  if (!app) return { errno: 104, errString: `unknown ${isOld ? 'appId' : 'appID'}` }
  const code = issueLoginCode(
    feishu,
    { appId: app.appId, person: person.key },
    isOld ? codeLifeMs.requestAuthCode : codeLifeMs.requestAccess,
  )
  return { code, state: textOf(body['state']) }
}

function configure({ feishu, person, call, body, origin }: Asked): Fields {
  const url = textOf(body['url'])
  checkJsapiConfig(call, URL.canParse(url) ? url : origin)
  feishu.jsapis.set(person.key, Array.isArray(body['jsApiList']) ? body['jsApiList'].map(textOf) : [])
  return {}
}

async function scan(asked: Asked): Promise<Fields> {
  requireListed(asked, 'scanCode')
  const value = await question(asked, 'scan', false)
  return typeof value === 'string' ? { value } : DISMISSED
}

async function chooseContact(asked: Asked): Promise<Fields> {
  requireListed(asked, 'chooseContact')
  const chosen = await question(asked, 'contact', asked.body['multi'] === true)
  if (chosen === null) return DISMISSED
  const app = mainApp(asked.feishu)
  const people = [chosen].flat().flatMap((key) => asked.feishu.people.get(key) ?? [])
  return {
    people: people.map((person) => {
      const ids = idsOf(asked.feishu, app, person.key)
      return { openId: ids['open_id'], unionId: ids['union_id'], name: person.name, avatarUrls: [] }
    }),
  }
}

/** Sends a card from the app into the chats of chosen people, in the name of the person himself. */
async function shareCard(asked: Asked): Promise<Fields> {
  const { feishu, person, body } = asked
  const call: Call = asked.call
  const fault = checkCard(body['cardContent'])
  call.require('shared_card_malformed', !fault, fault)
  const chosen = await question(asked, 'contact', true)
  if (chosen === null) return DISMISSED
  const sent = [chosen].flat().map((key) => {
    const chat = directChat(feishu, mainApp(feishu).appId, key)
    const content = JSON.stringify(body['cardContent'])
    const message = post(feishu, chat, { kind: 'interactive', content, from: { kind: 'person', key: person.key } })
    return { status: 0, openChatId: chat.chatId, openMessageId: message.messageId }
  })
  return { sendCardInfo: sent }
}

function requireListed({ feishu, person, ...asked }: Asked, api: string): void {
  const call: Call = asked.call
  call.require('jsapi_not_listed', feishu.jsapis.get(person.key)?.includes(api), api)
}

/** Waits for the person: his answer may be prepared, comes from the page, or never comes. */
function question({ feishu, person }: Asked, ask: AskView['ask'], multi: boolean): Promise<string | string[] | null> {
  const prepared = feishu.prepared.get(`${person.key} ${ask}`)?.shift()
  if (prepared !== undefined) return Promise.resolve(prepared)
  const id = randomUUID()
  return new Promise((resolve) => {
    const settle = (value: string | string[] | null) => {
      feishu.questions.delete(id)
      feishu.publish({ kind: 'answered', platform: 'feishu', id })
      resolve(value)
    }
    feishu.clock.at(feishu.clock.now() + ANSWER_WITHIN_MS, () => settle(null))
    feishu.questions.set(id, { id, person: person.key, ask, multi, resolve: settle })
    feishu.publish({ kind: 'ask', platform: 'feishu', question: { id, person: person.key, ask, multi } })
  })
}

/** Answers the oldest open question of a person, or keeps the answer for the next one. */
export function answerQuestion(
  feishu: Feishu,
  personKey: string,
  ask: AskView['ask'],
  value: string | string[] | null,
): void {
  const open = [...feishu.questions.values()].find((each) => each.person === personKey && each.ask === ask)
  if (open) return open.resolve(value)
  const key = `${personKey} ${ask}`
  feishu.prepared.set(key, [...(feishu.prepared.get(key) ?? []), value])
}
