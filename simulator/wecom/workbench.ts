import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'

import type Koa from 'koa'

import type { AskView } from '../answers.ts'
import type { Person } from '../people.ts'
import type { Fields } from '../request-body.ts'
import { isFields, jsonOf, rawBody, textOf } from '../request-body.ts'
import { Call } from './call.ts'
import { appChat, peopleChat, post } from './chats.ts'
import { Refused } from './refusals.ts'
import { mainApp, personBy, userIdOf } from './state.ts'
import type { Wecom } from './state.ts'
import { checkJsapiConfig } from './tickets.ts'

const BODY_BYTES_MAX = 100_000
const ANSWER_WITHIN_MS = 5 * 60_000
const DISMISSED = { errMsg: 'cancel' }

export const clientFolder = '/__wecom/'
export const userAgent = 'wxwork/4.1.36 MicroMessenger/7.0.1 Language/zh'

type Asked = { wecom: Wecom; person: Person; call: Call; body: Fields; origin: string }

/** The bridge's calls, by the name under which @wecom/jssdk asks the client. */
const answers: Record<string, (asked: Asked) => Fields | Promise<Fields>> = {
  preVerifyJSAPI: (asked) => configure(asked, 'corp'),
  agentConfig: (asked) => configure(asked, 'agent'),
  scanQRCode: scan,
  selectEnterpriseContact: chooseContact,
  shareAppMessage: share,
  sendChatMessage: share,
  openEnterpriseChat: openChat,
  closeWindow: ({ wecom, person }) => {
    wecom.publish({ kind: 'close', platform: 'wecom', person: person.key })
    return {}
  },
  // Not a call of the bridge: the client reads the title of each page by itself.
  title: ({ wecom, person, body }) => {
    wecom.publish({ kind: 'title', platform: 'wecom', person: person.key, title: textOf(body['title']) })
    return {}
  },
}

/** Answers the client of one person: its script, and each call that the app makes through its bridge. */
export async function serveClient(wecom: Wecom, person: Person, ctx: Koa.Context): Promise<void> {
  const name = ctx.path.slice(clientFolder.length)
  if (ctx.method === 'GET' && name === 'h5-js-sdk.js') {
    // A page that loads anew has configured nothing yet.
    wecom.jsapis.delete(person.key)
    ctx.type = 'text/javascript'
    ctx.set('cache-control', 'no-store')
    ctx.body = await readFile(new URL('bridge.js', import.meta.url), 'utf8')
    return
  }
  const answer = Object.hasOwn(answers, name) ? answers[name] : undefined
  if (ctx.method !== 'POST') return
  const given = jsonOf((await rawBody(ctx.req, BODY_BYTES_MAX))?.toString('utf8') ?? '')
  const body = isFields(given) ? given : {}
  const call = new Call(wecom, new URLSearchParams(), body)
  const asked = { wecom, person, call, body, origin: `${ctx.protocol}://${ctx.host}` }
  const said = answer ? await answered(asked, name, answer) : { errMsg: 'function not exist' }
  ctx.body = said
  if (name === 'title') return
  wecom.log.add({
    at: new Date(wecom.clock.now()).toISOString(),
    way: 'client',
    by: 'http',
    title: `${name} · ${person.key}`,
    status: 200,
    tookMs: 0,
    checks: call.checks.list,
    request: body,
    answer: said,
  })
}

async function answered(
  asked: Asked,
  name: string,
  answer: (asked: Asked) => Fields | Promise<Fields>,
): Promise<Fields> {
  const fault = asked.wecom.faults.take('client', name)
  if (fault?.code !== undefined) return { errMsg: 'function not exist', errCode: fault.code }
  try {
    return await answer(asked)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { errMsg: error.code === 40093 ? 'invalid signature' : 'permission denied', errCode: error.code }
  }
}

/** The address of the page is what the client itself knows, never what the page says. */
function configure({ wecom, person, call, body, origin }: Asked, kind: 'corp' | 'agent'): Fields {
  const url = textOf(body['pageUrl'])
  checkJsapiConfig(call, kind, url.startsWith(`${origin}/`) ? url : origin)
  const names = body[kind === 'corp' ? 'verifyJsApiList' : 'jsApiList']
  const known = wecom.jsapis.get(person.key) ?? { corp: [], agent: [] }
  wecom.jsapis.set(person.key, { ...known, [kind]: Array.isArray(names) ? names.map(textOf) : [] })
  return {}
}

async function scan(asked: Asked): Promise<Fields> {
  requireListed(asked, 'scanQRCode', 'either')
  const value = await question(asked, 'scan', false)
  if (typeof value !== 'string') return DISMISSED
  return asked.body['needResult'] === 1 ? { resultStr: value } : {}
}

/** Choosing people needs the app's own identity (agentConfig). */
async function chooseContact(asked: Asked): Promise<Fields> {
  requireListed(asked, 'selectEnterpriseContact', 'agent')
  const chosen = await question(asked, 'contact', asked.body['mode'] === 'multi')
  if (chosen === null) return DISMISSED
  const people = [chosen].flat().flatMap((key) => asked.wecom.people.get(key) ?? [])
  const userList = people.map(({ key, name }) => ({ id: userIdOf(asked.wecom, key), name, avatar: '' }))
  return { result: JSON.stringify({ selectAll: false, userList, departmentList: [] }) }
}

/** Sends a link into the chats of chosen people, in the name of the person himself. */
async function share(asked: Asked): Promise<Fields> {
  const { wecom, person, body } = asked
  requireListed(asked, asked.body['msgtype'] === undefined ? 'shareAppMessage' : 'sendChatMessage', 'either')
  const given = isFields(body['news']) ? body['news'] : body
  const chosen = await question(asked, 'contact', true)
  if (chosen === null) return DISMISSED
  const link = {
    card_type: 'link',
    title: textOf(given['title']),
    description: textOf(given['desc']),
    url: textOf(given['link']),
  }
  for (const key of [chosen].flat()) {
    const chat = key === person.key ? appChat(wecom, mainApp(wecom), key) : peopleChat(wecom, person.key, key)
    post(wecom, chat, { kind: 'link', content: JSON.stringify(link), from: { kind: 'person', key: person.key } })
  }
  return {}
}

/** Opens a chat with the people that are named. */
function openChat(asked: Asked): Fields {
  const { wecom, person, body } = asked
  requireListed(asked, 'openEnterpriseChat', 'either')
  const named = textOf(body['userIds']).split(';').filter(Boolean)
  const others = named.flatMap((id) => personBy(wecom, id)?.key ?? []).filter((key) => key !== person.key)
  for (const key of others) peopleChat(wecom, person.key, key)
  return others.length > 0 ? {} : { errMsg: 'fail' }
}

function requireListed({ wecom, person, ...asked }: Asked, api: string, by: 'agent' | 'either'): void {
  const call: Call = asked.call
  const { corp = [], agent = [] } = wecom.jsapis.get(person.key) ?? {}
  call.require('jsapi_not_listed', (by === 'agent' ? agent : [...corp, ...agent]).includes(api), api)
}

/** Waits for the person: his answer may be prepared, comes from the page, or never comes. */
function question({ wecom, person }: Asked, ask: AskView['ask'], multi: boolean): Promise<string | string[] | null> {
  const prepared = wecom.prepared.get(`${person.key} ${ask}`)?.shift()
  if (prepared !== undefined) return Promise.resolve(prepared)
  const id = randomUUID()
  return new Promise((resolve) => {
    const settle = (value: string | string[] | null) => {
      wecom.questions.delete(id)
      wecom.publish({ kind: 'answered', platform: 'wecom', id })
      resolve(value)
    }
    wecom.clock.at(wecom.clock.now() + ANSWER_WITHIN_MS, () => settle(null))
    wecom.questions.set(id, { id, person: person.key, ask, multi, resolve: settle })
    wecom.publish({ kind: 'ask', platform: 'wecom', question: { id, person: person.key, ask, multi } })
  })
}

/** Answers the oldest open question of a person, or keeps the answer for the next one. */
export function answerQuestion(
  wecom: Wecom,
  personKey: string,
  ask: AskView['ask'],
  value: string | string[] | null,
): void {
  const open = [...wecom.questions.values()].find((each) => each.person === personKey && each.ask === ask)
  if (open) return open.resolve(value)
  const key = `${personKey} ${ask}`
  wecom.prepared.set(key, [...(wecom.prepared.get(key) ?? []), value])
}
