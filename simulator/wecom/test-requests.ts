import { createHash } from 'node:crypto'

import { WebSocket } from 'ws'

import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { aCard, bot, cardMessage, corpId, textMessage } from './test-company.ts'
import type { Company } from './test-company.ts'

// Requests as a product makes them, for the tests that need many.

export async function codeOf(answer: Promise<Fields>): Promise<unknown> {
  return (await answer)['errcode']
}

export async function settings(of: Company, changes: Fields): Promise<void> {
  await of.control('PATCH', '/wecom/settings', changes)
}

export function getToken(of: Company, query: Record<string, string>): Promise<unknown> {
  return codeOf(of.fetched('GET', `/cgi-bin/gettoken?${new URLSearchParams(query).toString()}`))
}

/** Any call that needs the token of an app. */
export function anyCall(of: Company): Promise<unknown> {
  return codeOf(of.call('GET', 'user/get?userid=xiaoli'))
}

export async function loginCode(of: Company, more: Record<string, string> = {}): Promise<string> {
  const query = new URLSearchParams({
    ...{ appid: corpId, redirect_uri: `${of.originOf('xiaoli')}/`, response_type: 'code' },
    ...{ scope: 'snsapi_base', agentid: String(of.app.agentId), ...more },
  })
  const response = await fetch(`${of.url}/connect/oauth2/authorize?${query.toString()}`, { redirect: 'manual' })
  return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? ''
}

export function whoHas(of: Company, code: string): Promise<unknown> {
  return codeOf(of.call('GET', `auth/getuserinfo?code=${code}`))
}

export async function userTicket(of: Company): Promise<string> {
  const code = await loginCode(of, { scope: 'snsapi_privateinfo' })
  return textOf((await of.call('GET', `auth/getuserinfo?code=${code}`))['user_ticket'])
}

export function sentWith(of: Company, more: Fields): Promise<unknown> {
  return codeOf(
    of.call('POST', 'message/send', { touser: 'xiaoli', agentid: of.app.agentId, ...textMessage('hello'), ...more }),
  )
}

export function sentCard(of: Company, more: Fields): Promise<unknown> {
  return codeOf(of.send(cardMessage(aCard(more))))
}

/** Redraws with the code of a card that was just sent, in a way that is right but for what is given. */
export async function updatedWith(of: Company, more: Fields, code?: string): Promise<unknown> {
  const response_code = code ?? (await aResponseCode(of))
  const right = { userids: ['xiaoli'], agentid: of.app.agentId, button: { replace_name: '已同意' } }
  return codeOf(of.call('POST', 'message/update_template_card', { response_code, ...right, ...more }))
}

export async function aResponseCode(of: Company): Promise<string> {
  return textOf((await of.send(cardMessage(aCard())))['response_code'])
}

type Signing = { kind?: 'corp' | 'agent'; signedUrl?: string; jsApiList?: string[]; more?: Fields }

/** Calls `config` or `agentConfig` on xiaoli's phone, signed as the official documentation says. */
export async function configured(of: Company, { kind = 'agent', signedUrl, jsApiList = [], more = {} }: Signing = {}) {
  const path = kind === 'agent' ? 'ticket/get?type=agent_config' : 'get_jsapi_ticket'
  const ticket = textOf((await of.call('GET', path))['ticket'])
  const pageUrl = `${of.originOf('xiaoli')}/orders`
  const text = `jsapi_ticket=${ticket}&noncestr=n&timestamp=1763780000&url=${signedUrl ?? pageUrl}`
  const signature = createHash('sha1').update(text).digest('hex')
  const agent = {
    corpid: corpId,
    agentid: String(of.app.agentId),
    timestamp: '1763780000',
    nonceStr: 'n',
    signature,
    jsApiList,
  }
  const verify = { verifyTimestamp: '1763780000', verifyNonceStr: 'n', verifySignature: signature }
  const corp = { verifyAppId: corpId, ...verify, verifyJsApiList: jsApiList }
  const [name, asked] = kind === 'agent' ? ['agentConfig', agent] : ['preVerifyJSAPI', corp]
  return of.phone('xiaoli', name, { ...asked, pageUrl, ...more })
}

export async function phoneCode(answer: Promise<Fields>): Promise<unknown> {
  return (await answer)['errCode']
}

/** A raw socket of the AI bot, for what the official client never does. */
export async function aBotSocket(of: Company, isSubscribed = true) {
  const socket = new WebSocket(of.botUrl)
  await new Promise<void>((resolve) => socket.on('open', () => resolve()))
  const frames: Fields[] = []
  const waiting: ((frame: Fields) => void)[] = []
  socket.on('message', (bytes) => {
    const frame = jsonOf(String(bytes))
    if (!isFields(frame)) return
    const next = waiting.shift()
    if (next) next(frame)
    else frames.push(frame)
  })
  const next = () => {
    const frame = frames.shift()
    return frame ? Promise.resolve(frame) : new Promise<Fields>((resolve) => waiting.push(resolve))
  }
  const ask = async (cmd: string, body: Fields, requestId = 'r1') => {
    socket.send(JSON.stringify({ cmd, headers: { req_id: requestId }, body }))
    return (await next())['errcode']
  }
  if (isSubscribed) await ask('aibot_subscribe', { bot_id: bot.botId, secret: bot.secret })
  return { ask, next, close: () => socket.terminate() }
}
export type BotSocket = Awaited<ReturnType<typeof aBotSocket>>

/** Subscribes, does something with the socket, and closes it. */
export async function overBot(of: Company, deed: (bot: BotSocket) => Promise<unknown>): Promise<unknown> {
  const socket = await aBotSocket(of)
  const outcome = await deed(socket)
  socket.close()
  return outcome
}

/** The request id under which the bot may answer what xiaoli has just written. */
export async function messageRequest(of: Company, socket: BotSocket): Promise<string> {
  await of.control('GET', '/wecom/people/xiaoli/chats')
  await of.says('xiaoli', 'hello', { chat: 'bot-xiaoli' })
  return requestIdOf(await socket.next())
}

/** The request id of a click on a card of the bot under task t1. */
export async function clickRequest(of: Company, socket: BotSocket): Promise<string> {
  const card = aCard({ task_id: 't1' })
  await socket.ask('aibot_send_msg', { chatid: 'xiaoli', msgtype: 'template_card', template_card: card })
  const { messageId } = (await of.inbox('xiaoli')).at(-1) ?? {}
  void of.click(messageId, 'xiaoli', 'approve').catch(() => undefined)
  return requestIdOf(await socket.next())
}

function requestIdOf(frame: Fields): string {
  return isFields(frame['headers']) ? textOf(frame['headers']['req_id']) : ''
}
