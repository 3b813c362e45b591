import { randomBytes } from 'node:crypto'

import { WebSocket } from 'ws'

import type { ClickView, MessageView, WireView } from '../answers.ts'
import { SimClock } from '../clock.ts'
import { anApp as aFeishuApp } from '../feishu/test-tenant.ts'
import { onOrigin } from '../test-origin.ts'
import { startSimulator } from '../index.ts'
import type { Person, SimulatorOptions } from '../index.ts'
import { isFields, jsonOf, textOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'
import { dingtalkIds } from './ids.ts'
import type { DingtalkApp, DingtalkOptions } from './index.ts'
import { aTemplate, templateId } from './test-template.ts'

export const corpId = 'ding-company-of-tests'

const mobiles: Record<string, string> = { xiaoli: '13800000006', wangjie: '13800000007', laozhao: '13800000008' }

function aPerson(key: string, more: Partial<Person> = {}): Person {
  return {
    key,
    name: key,
    en: key,
    mobile: mobiles[key] ?? '13800000000',
    email: `${key}@example.com`,
    employeeNumber: `E-${key}`,
    department: 'sales',
    title: { zh: '销售', en: 'Seller' },
    platforms: ['dingtalk'],
    ...more,
  }
}

export function anApp(): DingtalkApp {
  const clientId = `ding${randomBytes(8).toString('hex')}`
  return {
    clientId,
    clientSecret: randomBytes(16).toString('hex'),
    agentId: String(randomBytes(4).readUInt32BE()),
    botName: '一单',
  }
}

/** A clock that goes only when it is moved. */
export function standingClock(): SimClock {
  const now = Date.now()
  return new SimClock(() => now)
}

export type Overrides = { dingtalk?: Partial<DingtalkOptions>; simulator?: Partial<SimulatorOptions> }

/** A running simulator with a small company on DingTalk, and short ways to call it. */
export async function aTenant({ dingtalk = {}, simulator = {} }: Overrides = {}) {
  const apps = dingtalk.apps ?? [anApp()]
  const app = apps[0] ?? anApp()
  const sim = await startSimulator({
    port: 0,
    people: [aPerson('xiaoli', { leader: 'wangjie' }), aPerson('wangjie'), aPerson('laozhao', { department: 'store' })],
    departments: [
      { key: 'sales', name: '销售部', en: 'Sales' },
      { key: 'counter', name: '门店', en: 'Counter', parent: 'sales' },
      { key: 'store', name: '仓储部', en: 'Store' },
    ],
    appUrl: 'http://127.0.0.1:9',
    feishu: { tenantKey: 'unused', apps: [aFeishuApp()] },
    ...simulator,
    dingtalk: { corpId, templates: [aTemplate()], ...dingtalk, apps },
  })

  const fetched = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const content = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(sim.url + path, { method, headers, ...(body !== undefined && { body: content }) })
    const raw = await response.text()
    const answer = jsonOf(raw)
    return { status: response.status, raw, body: isFields(answer) ? answer : {} }
  }
  const control = async (method: string, path: string, body?: unknown) =>
    (await fetched(method, `/sim${path}`, body)).body
  const token = async (of: DingtalkApp = app) => {
    const given = { appKey: of.clientId, appSecret: of.clientSecret }
    return textOf((await fetched('POST', '/v1.0/oauth2/accessToken', given)).body['accessToken'])
  }
  /** The new API. */
  const call = async (method: string, path: string, body?: unknown, of: DingtalkApp = app) =>
    fetched(method, path, body, { 'x-acs-dingtalk-access-token': await token(of) })
  /** The old API. */
  const oldCall = async (path: string, body: unknown = {}, of: DingtalkApp = app) =>
    fetched('POST', `${path}?access_token=${await token(of)}`, body)
  const idsOf = (key: string) => dingtalkIds(key, corpId)
  const sendText = (person: string, content: string, of: DingtalkApp = app) =>
    call('POST', '/v1.0/robot/oToMessages/batchSend', textTo(of, [idsOf(person).userId], content), of)
  const createCard = (person: string, more: Fields = {}, of: DingtalkApp = app) =>
    call('POST', '/v1.0/card/instances/createAndDeliver', cardTo(of, idsOf(person).userId, more), of)
  // The control interface answers what `answers.ts` says.
  const inbox = async (person: string) =>
    (await control('GET', `/dingtalk/people/${person}/inbox`))['messages'] as MessageView[]
  const log = async () => (await control('GET', '/dingtalk/log'))['log'] as WireView[]
  const click = async (messageId: string, person: string, action: string, more: Fields = {}) =>
    (await control('POST', `/dingtalk/cards/${messageId}/clicks`, { person, action, ...more })) as ClickView & Fields

  /** Writes to the robot without waiting for an answer. */
  const says = (person: string, words: string, more: Fields = {}) =>
    control('POST', `/dingtalk/people/${person}/messages`, { text: words, waitMs: 0, ...more })
  const originOf = (key: string) => `http://${key}.localhost:${new URL(sim.url).port}`
  const phone = async (key: string, name: string, body: unknown) => {
    const answer = await onOrigin(sim.url, originOf(key), `/__dingtalk/${name}`, JSON.stringify(body))
    const parsed = jsonOf(answer.text)
    return isFields(parsed) ? parsed : {}
  }
  const sockets: WebSocket[] = []
  const openSocket = (url: string, onText: (text: string, socket: WebSocket) => void = () => {}) =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(url)
      sockets.push(socket)
      socket.on('message', (bytes: Buffer) => onText(bytes.toString('utf8'), socket))
      socket.on('open', () => resolve(socket))
      socket.on('error', reject)
    })
  const close = async () => {
    for (const socket of sockets) socket.terminate()
    await sim.close()
  }
  return {
    ...{
      sim,
      url: sim.url,
      clock: sim.clock,
      app,
      fetched,
      control,
      token,
      call,
      oldCall,
      idsOf,
      sendText,
      createCard,
    },
    ...{ inbox, log, click, says, originOf, phone, openSocket, close },
  }
}
export type Tenant = Awaited<ReturnType<typeof aTenant>>

export function textTo(app: DingtalkApp, userIds: string[], content: string): Fields {
  return { robotCode: app.clientId, userIds, msgKey: 'sampleText', msgParam: JSON.stringify({ content }) }
}

export const cardValues = { title: '订单 SO1 待审批', status: '待审批', body: '**¥6,243.64**', isOpen: 'true' }

/** A card for one person, as a product asks for it. */
export function cardTo(app: DingtalkApp, userId: string, more: Fields = {}): Fields {
  return {
    cardTemplateId: templateId,
    outTrackId: 'card-1',
    callbackType: 'STREAM',
    userIdType: 1,
    cardData: { cardParamMap: cardValues },
    openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
    imRobotOpenSpaceModel: { supportForward: false },
    imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: app.clientId },
    ...more,
  }
}
