import type { WebSocket } from 'ws'

import type { AskView, LiveEvent } from '../answers.ts'
import type { SimClock } from '../clock.ts'
import type { Faults } from '../faults.ts'
import type { CallWindow } from '../rates.ts'
import type { WireLog } from '../log.ts'
import type { Department, Person } from '../people.ts'
import type { Content } from './drawn.ts'
import type { Template } from './template.ts'

/** One internal app of the company, with its robot. */
export type DingtalkApp = {
  /** AppKey: begins with `ding`. Also the robot's code. */
  clientId: string
  clientSecret: string
  agentId: string
  botName: string
}

/** What an administrator could switch in the consoles of app and company. */
export type Settings = {
  /** Permission points granted to the app; all of them when absent. */
  scopes: string[] | undefined
  allowedIps: string[] | undefined
  /** Keys of those who may use the app; everybody when absent. */
  available: string[] | undefined
  /** Keys of those who have stopped the robot. */
  blockedBy: string[]
  /** Keys of those to whom the robot has said too much: for now it reaches them no more. */
  flowControlled: string[]
  /** Calls and pushes that the company's edition allows in a calendar month; no end when absent. The free edition has 5000 and 3000. */
  callsPerMonth: number | undefined
  pushesPerMonth: number | undefined
  /** Where somebody may be sent back to after he has signed in; anywhere when absent. */
  redirectOrigins: string[] | undefined
  /** After so long a connection is asked to go; never when absent. */
  connectionLifeMs: number | undefined
  /** Ids of card templates that are made but not published. */
  unpublished: string[]
}

export type Chat = {
  chatId: string
  name: string
  kind: 'direct' | 'group' | 'notices'
  appId: string
  members: string[]
  hasBot: boolean
}

export type Message = {
  messageId: string
  seq: number
  chatId: string
  content: Content
  from: { kind: 'bot' } | { kind: 'person'; key: string }
  /** Keys of those who see it, where it is not the whole chat. */
  onlyFor: string[] | undefined
  sentAt: number
  updatedAt: number
  version: number
}

/** The variables of a card at one moment: those of everybody, and those of single viewers by key. */
export type CardValues = { shared: Record<string, string>; own: Record<string, Record<string, string>> }

export type CardInstance = {
  outTrackId: string
  app: DingtalkApp
  template: Template
  /** False: what somebody presses is lost. */
  isOverStream: boolean
  supportsForward: boolean
  /** What was shown, oldest first; the last one is shown now. */
  versions: CardValues[]
  messageIds: string[]
}

export type Token = { app: DingtalkApp; expiresAt: number }
export type UserToken = { app: DingtalkApp; person: Person; expiresAt: number }
export type LoginCode = {
  app: DingtalkApp
  person: string
  /** Got by signing in with a browser; `corpid` when the scope asked for the company too. */
  web: 'openid' | 'corpid' | undefined
  expiresAt: number
  isUsed: boolean
}
export type Ticket = { app: DingtalkApp; expiresAt: number }
export type Session = { chatId: string; expiresAt: number }
export type Subscription = { type: 'EVENT' | 'CALLBACK'; topic: string }
export type Connection = {
  connectionId: string
  app: DingtalkApp
  socket: WebSocket
  subscriptions: Subscription[]
  openedAt: number
  isFrozen: boolean
  /** It was asked to go: nothing is delivered over it any more. */
  isLeaving: boolean
}
export type Ack = { code: number; value: unknown }
export type Waiting = { appId: string; tryNow: () => void }
export type Question = AskView & { resolve: (value: string | string[] | null) => void }
export type Notice = { person: string; day: string; content: string }
export type SentNotice = { invalid: string[]; forbidden: { code: number; userid: string }[] }
export type Todo = {
  id: string
  appId: string
  sourceId: string
  subject: string
  description: string
  creator: string
  executors: { person: string; isDone: boolean }[]
  isDone: boolean
  dueAt: number | undefined
  url: string
  messageIds: string[]
}

/** All that this DingTalk remembers. It lives in memory and starts empty. */
export type Dingtalk = {
  corpId: string
  apps: DingtalkApp[]
  people: Map<string, Person>
  left: Set<string>
  departments: Map<string, Department>
  templates: Map<string, Template>
  settings: Settings
  clock: SimClock
  faults: Faults
  log: WireLog
  publish: (event: LiveEvent) => void
  random: () => number

  tokens: Map<string, Token>
  userTokens: Map<string, UserToken>
  loginCodes: Map<string, LoginCode>
  tickets: Map<string, Ticket>
  sessions: Map<string, Session>
  chats: Map<string, Chat>
  messages: Map<string, Message>
  cards: Map<string, CardInstance>
  notices: Notice[]
  sentNotices: Map<string, SentNotice>
  todos: Map<string, Todo>
  windows: Map<string, CallWindow>
  /** Used in a calendar month, by month and kind. */
  used: Map<string, number>
  questions: Map<string, Question>
  /** Answers that were given before the client asked, by person and question. */
  prepared: Map<string, (string | string[] | null)[]>
  /** The JSAPIs that the page on a person's phone has configured. */
  jsapis: Map<string, string[]>
  /** Told of each message that is posted or redrawn. */
  watchers: Set<(message: Message) => void>
  connectionTickets: Map<string, { app: DingtalkApp; subscriptions: Subscription[]; expiresAt: number }>
  connections: Set<Connection>
  /** Acks that are waited for, by the id of the frame. */
  acks: Map<string, (ack: Ack) => void>
  /** Events that nobody has taken yet, oldest first. */
  waiting: Set<Waiting>
  /** Called once the next push has gone out, by a delivery that a fault holds back. */
  heldBack: (() => void)[]
  redeliveredAfterMs: number
  /** Where this server is reached, such as http://127.0.0.1:3001. */
  origin: string
  seq: number
}

/** The app that the control interface means when it names none. */
export function mainApp(dingtalk: Dingtalk): DingtalkApp {
  const app = dingtalk.apps[0]
  if (!app) throw new Error('the simulated DingTalk company has no app')
  return app
}

export function isAvailable(dingtalk: Dingtalk, personKey: string): boolean {
  return dingtalk.settings.available?.includes(personKey) ?? true
}

/** Whether the robot reaches somebody: he is here, may use the app, and has not stopped it. */
export function isReached(dingtalk: Dingtalk, personKey: string): boolean {
  return (
    !dingtalk.left.has(personKey) &&
    isAvailable(dingtalk, personKey) &&
    !dingtalk.settings.blockedBy.includes(personKey)
  )
}
