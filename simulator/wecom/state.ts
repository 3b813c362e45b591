import type { WebSocket } from 'ws'

import type { AskView, LiveEvent } from '../answers.ts'
import type { SimClock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { CallWindow } from '../rates.ts'
import type { WireLog } from '../log.ts'
import type { Department, Person } from '../people.ts'
import { isFields, jsonOf } from '../request-body.ts'
import type { Fields } from '../request-body.ts'

/** One self-built app of the company: every app has a secret and callback keys of its own. */
export type WecomApp = {
  agentId: number
  secret: string
  name: string
  /** Signs callbacks. */
  token: string
  /** EncodingAESKey: 43 characters. */
  aesKey: string
}

/** The AI bot, which talks over its long connection, also in groups. */
export type WecomBot = { botId: string; secret: string; name: string }

/** What an administrator could switch in the console. */
export type Settings = {
  appEnabled: boolean
  /** 企业可信IP; any address when absent. */
  trustedIps: string[] | undefined
  /** 可信域名: origins that may sign in and call JSAPIs; any when absent. */
  trustedOrigins: string[] | undefined
  /** Keys of those in the app's visible scope; everybody when absent. */
  visible: string[] | undefined
  /** Keys of those without a licence for the interfaces: messages to them get nowhere, and the call does not fail. */
  unlicensed: string[]
  /** Where messages, clicks and contact events are posted; without it nothing arrives. */
  callbackUrl: string | undefined
  /** Calls of one API that may be under way at the same time. */
  concurrencyMax: number
  /** Calls of one API in a minute. */
  callsPerMinuteMax: number
}

export type Chat = {
  chatId: string
  name: string
  kind: 'app' | 'bot' | 'group' | 'people'
  agentId: number | undefined
  members: string[]
  /** In a group: whether the AI bot is a member. */
  hasBot: boolean
}

/** A message as one person has it: WeCom redraws cards person by person. */
export type Copy = {
  /** What this person was shown, oldest first; the last one is shown now. */
  versions: string[]
  updatedAt: number
}

export type MessageKind = 'text' | 'markdown' | 'textcard' | 'template_card' | 'link'

export type Message = {
  messageId: string
  seq: number
  chatId: string
  kind: MessageKind
  /** The app that sent it; absent for the AI bot and for people. */
  agentId: number | undefined
  taskId: string | undefined
  from: { kind: 'bot' } | { kind: 'person'; key: string }
  sentAt: number
  isRecalled: boolean
  copies: Map<string, Copy>
}

/** Who holds a token: an app, or the contact synchronisation (通讯录同步). */
export type TokenHolder = { app: WecomApp } | { contacts: true }
export type Token = { holder: TokenHolder; expiresAt: number }
export type LoginCode = {
  agentId: number
  person: string
  expiresAt: number
  used: boolean
  isPrivate: boolean
}
export type Ticket = { kind: 'corp' | 'agent'; agentId: number; expiresAt: number }
export type ResponseCode = { agentId: number; messages: Message[]; expiresAt: number; used: boolean }
export type Question = AskView & { resolve: (value: string | string[] | null) => void }

/** One socket of the AI bot. A newer one that subscribes takes its place. */
export type Connection = { socket: WebSocket; isSubscribed: boolean; isFrozen: boolean }
/** Something that was told to the bot and that it may answer by its request id: a message, or a click on a card. */
export type BotRequest =
  | { kind: 'message'; chat: Chat; streams: Map<string, BotStream> }
  | { kind: 'click'; message: Message; at: number; answered: () => void }
export type BotStream = { message: Message; isFinished: boolean }

/** All that this WeCom remembers. It lives in memory and starts empty. */
export type Wecom = {
  corpId: string
  apps: WecomApp[]
  bot: WecomBot | undefined
  /** Secret of the contact synchronisation. */
  contactSecret: string | undefined
  people: Map<string, Person>
  left: Set<string>
  /** userids that were changed by an administrator, by key. */
  renamed: Map<string, string>
  departments: Map<string, Department>
  departmentIds: Map<string, number>
  settings: Settings
  clock: SimClock
  faults: Faults
  log: WireLog
  publish: (event: LiveEvent) => void

  tokens: Map<string, Token>
  loginCodes: Map<string, LoginCode>
  userTickets: Map<string, { person: string; expiresAt: number }>
  tickets: Map<string, Ticket>
  responseCodes: Map<string, ResponseCode>
  chats: Map<string, Chat>
  /** By message id. One call of message/send makes one message in each recipient's chat, all with the same id. */
  messages: Map<string, Message[]>
  /** What was sent lately, for the check of duplicates. */
  sentLately: Map<string, { msgid: string; at: number }>
  taskIds: Set<string>
  windows: Map<string, CallWindow>
  underWay: Map<string, number>
  questions: Map<string, Question>
  prepared: Map<string, (string | string[] | null)[]>
  watchers: Set<(message: Message) => void>
  /** What the page on a person's phone has configured: by identity, the JSAPIs. */
  jsapis: Map<string, { corp: string[]; agent: string[] }>
  connections: Set<Connection>
  botRequests: Map<string, BotRequest>
  /** Called once the next event has gone out, by a delivery that a fault holds back. */
  heldBack: (() => void)[]
  seq: number
}

export function appOf(wecom: Wecom, agentId: unknown): WecomApp | undefined {
  return wecom.apps.find((app) => app.agentId === agentId)
}

/** The app that the control interface means when it names none. */
export function mainApp(wecom: Wecom): WecomApp {
  const app = wecom.apps[0]
  if (!app) throw new Error('the simulated WeCom company has no app')
  return app
}

export function isVisible(wecom: Wecom, personKey: string): boolean {
  return wecom.settings.visible?.includes(personKey) ?? true
}

/** Somebody who is in the company and whom the app may see. */
export function isReachable(wecom: Wecom, personKey: string): boolean {
  return wecom.people.has(personKey) && !wecom.left.has(personKey) && isVisible(wecom, personKey)
}

/** The userid that a person has at first, such as `Xiaoli` for the key `xiaoli`. */
export function wecomUserId(personKey: string): string {
  return personKey.slice(0, 1).toUpperCase() + personKey.slice(1)
}

export function userIdOf(wecom: Wecom, personKey: string): string {
  return wecom.renamed.get(personKey) ?? wecomUserId(personKey)
}

/** Finds a person by userid, in whatever case it is written. */
export function personBy(wecom: Wecom, userId: string): Person | undefined {
  const wanted = userId.toLowerCase()
  return [...wecom.people.values()].find((person) => userIdOf(wecom, person.key).toLowerCase() === wanted)
}

/** What a copy shows now. */
export function shownCard(copy: Copy | undefined): Fields {
  const card = jsonOf(copy?.versions.at(-1) ?? '')
  return isFields(card) ? card : {}
}
