/** What the control interface answers. Types only: the simulator's page reads them too. */

export type PersonView = {
  key: string
  name: string
  en: string
  role: { zh: string; en: string }
  department: { zh: string; en: string }
  platforms: Partial<Record<string, { openId: string; unionId: string; userId: string }>>
  hasLeft: boolean
}

export type PlatformView = { name: string; label: { zh: string; en: string }; isHere: boolean; botName: string }

export type MessageView = {
  seq: number
  messageId: string
  chatId: string
  kind: 'text' | 'card'
  /** The text, or the card as it is now. */
  content: unknown
  /** How a text is written; plain unless told. */
  format?: 'markdown'
  sentAt: string
  updatedAt: string
  /** How often the card has been replaced. */
  version: number
  from: { kind: 'bot' } | { kind: 'person'; key: string }
}

export type ChatView = {
  chatId: string
  name: string
  isGroup: boolean
  /** Who is at the other end: a bot unless told. */
  talksTo?: 'app' | 'people'
  /** The name by which a group mentions the bot; the platform's bot unless told. */
  mention?: string
  messages: MessageView[]
}

/** What the person sees after a click. `code` is the platform's own error, when there was one. */
export type ClickView = {
  toast?: { type: string; content: string }
  card?: unknown
  openUrl?: string
  code?: number
  /** The app did not answer as it should: the words are the platform's own. */
  isUnanswered?: true
}

export type CheckView = { what: string; holds: boolean; code?: number; detail?: string }

/** One exchange on the wire, with everything that was checked about it. */
export type WireView = {
  seq: number
  at: string
  /** `call`: the product calls the platform. `callback`: the platform calls the product. `client`: the app asks its client. */
  way: 'call' | 'callback' | 'client'
  by: 'http' | 'socket'
  title: string
  status: number
  code?: number
  tookMs: number
  checks: CheckView[]
  request: unknown
  answer: unknown
}

/** What the client of a person is waiting for: the page answers in his place. */
export type AskView = { id: string; person: string; ask: 'scan' | 'contact'; multi: boolean }

export type LiveEvent =
  | { kind: 'message'; platform: string; people: string[]; message: MessageView }
  | { kind: 'wire'; platform: string; entry: WireView }
  | { kind: 'ask'; platform: string; question: AskView }
  | { kind: 'answered'; platform: string; id: string }
  | { kind: 'toast'; platform: string; person: string; content: string }
  | { kind: 'close'; platform: string; person: string }
  | { kind: 'title'; platform: string; person: string; title: string }
  | { kind: 'people'; platform: string }
  | { kind: 'clock'; now: string }
