import type { WebSocket } from 'ws'

import type { AskView, LiveEvent } from '../answers.ts'
import type { SimClock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { WireLog } from '../log.ts'
import type { Department, Person } from '../people.ts'
import type { CallWindow } from '../rates.ts'

/** One self-built app of the tenant. */
export type FeishuApp = {
  /** `cli_` and 16 hex digits. */
  appId: string
  appSecret: string
  encryptKey: string
  verificationToken: string
  botName: string
}

/** What an administrator could switch in the consoles of app and tenant. */
export type Settings = {
  botEnabled: boolean
  /** Scopes granted to the app; all of them when absent. */
  scopes: string[] | undefined
  allowedIps: string[] | undefined
  /** Keys of those who may use the app; everybody when absent. */
  available: string[] | undefined
  /** False: the contact scope does not hold the root department. */
  contactScopeIsAll: boolean
  /** Calls left in this month; no end when absent. */
  quotaLeft: number | undefined
  /** Origins on which JSAPIs may be called; the phones' own origins when absent. */
  trustedOrigins: string[] | undefined
  /** HTTP addresses of the product; without one, the long connection is used. */
  eventUrl: string | undefined
  cardUrl: string | undefined
  /** Keys of those who have stopped the bot. */
  blockedBy: string[]
}

export type Chat = {
  chatId: string
  name: string
  isGroup: boolean
  appId: string
  members: string[]
  hasBot: boolean
}

export type Message = {
  messageId: string
  seq: number
  appId: string
  chatId: string
  kind: 'text' | 'interactive'
  /** What was sent, oldest first; the last one is shown. */
  versions: string[]
  from: { kind: 'bot' } | { kind: 'person'; key: string }
  parentId: string | undefined
  sentAt: number
  updatedAt: number
}

export type TenantToken = { app: FeishuApp; expiresAt: number }
export type UserToken = { app: FeishuApp; person: Person; expiresAt: number }
export type LoginCode = {
  appId: string
  person: string
  expiresAt: number
  used: boolean
  redirectUri: string | undefined
  challenge: string | undefined
}
export type ClickToken = { messageId: string; answered: boolean; expiresAt: number; usesLeft: number }
/** A task in the task list of its members. */
export type Task = {
  guid: string
  appId: string
  clientToken: string
  summary: string
  description: string
  members: { person: string; role: string }[]
  link: string
  completedAt: number | undefined
}
export type Ticket = { appId: string; expiresAt: number }
/** What the platform tells a long connection about pinging and reconnecting; seconds. */
export type ClientConfig = {
  ReconnectCount: number
  ReconnectInterval: number
  ReconnectNonce: number
  PingInterval: number
}
export type Connection = { appId: string; socket: WebSocket; serviceId: number; isReady: boolean; isFrozen: boolean }
export type Ack = { code: number; data?: string }
export type WaitingEvent = { appId: string; tryNow: () => void }
export type Question = AskView & { resolve: (value: string | string[] | null) => void }

/** All that this Feishu remembers. It lives in memory and starts empty. */
export type Feishu = {
  tenantKey: string
  apps: FeishuApp[]
  people: Map<string, Person>
  left: Set<string>
  departments: Map<string, Department>
  settings: Settings
  clock: SimClock
  faults: Faults
  log: WireLog
  publish: (event: LiveEvent) => void
  random: () => number

  tenantTokens: Map<string, TenantToken>
  userTokens: Map<string, UserToken>
  loginCodes: Map<string, LoginCode>
  tickets: Map<string, Ticket>
  usedSignatures: Set<string>
  clickTokens: Map<string, ClickToken>
  chats: Map<string, Chat>
  messages: Map<string, Message>
  sentByUuid: Map<string, { messageId: string; until: number }>
  windows: Map<string, CallWindow>
  questions: Map<string, Question>
  /** Told of each message that is posted or replaced. */
  watchers: Set<(message: Message) => void>
  /** The JSAPIs that the page on a person's phone has configured. */
  jsapis: Map<string, string[]>
  tasks: Map<string, Task>
  connectionTickets: Map<string, { appId: string; expiresAt: number }>
  connections: Set<Connection>
  /** Acks that are waited for, by the id of the frame. */
  acks: Map<string, (ack: Ack) => void>
  /** Events that are still to be delivered, oldest first. */
  waiting: Set<WaitingEvent>
  /** Called once the next event has gone out, by a delivery that a fault holds back. */
  heldBack: (() => void)[]
  clientConfig: ClientConfig
  /** Payloads above this size go out in several frames. */
  fragmentBytes: number
  /** Where this server is reached, such as http://127.0.0.1:3001. */
  origin: string
  /** Answers that were given before the client asked, by person and question. */
  prepared: Map<string, (string | string[] | null)[]>
  seq: number
}

export function appOf(feishu: Feishu, appId: string): FeishuApp | undefined {
  return feishu.apps.find((app) => app.appId === appId)
}

/** The app that the control interface means when it names none. */
export function mainApp(feishu: Feishu): FeishuApp {
  const app = feishu.apps[0]
  if (!app) throw new Error('the simulated Feishu tenant has no app')
  return app
}

export function isAvailable(feishu: Feishu, personKey: string): boolean {
  return feishu.settings.available?.includes(personKey) ?? true
}
