import type Router from '@koa/router'
import type { PlatformName } from '#contract/modules/org'
import type { Directory, DirectoryPerson, SignIn } from '#server/modules/org'
import type { TokenCard } from '../card.ts'
import type { HangUp } from './alone.ts'
import type { Term } from './held.ts'
import type { Line } from './line.ts'

/** What came in from a platform, verified and parsed. Whatever we do not know is a case of its own. */
export type Inbound =
  | {
      kind: 'message'
      eventKey: string
      openId: string
      chat: string
      isGroup: boolean
      messageId: string
      text: string
      at: Date
    }
  | {
      kind: 'press'
      eventKey: string
      openId: string
      chat: string
      messageId: string
      token: string
      form: Record<string, string>
      /** What this press brought to change its card with, where each press brings a new means. Kept with the copy before the act runs. */
      handle?: Handle
    }
  | { kind: 'person'; eventKey: string; person: DirectoryPerson }
  | { kind: 'left'; eventKey: string; stableId: string }
  | { kind: 'directory'; eventKey: string }
  | { kind: 'unknown'; eventKey: string; type: string }

export type Press = Extract<Inbound, { kind: 'press' }>
export type Message = Extract<Inbound, { kind: 'message' }>

/** What a person sees who pressed a button: a word, and the card as it is for him now. */
export type PressAnswer = { toast: { look: 'success' | 'info' | 'error'; text: string }; card?: TokenCard }

/** Takes in what a platform sends. A press is answered at once; all else is stored and acknowledged. */
export type Receive = (inbound: Inbound) => Promise<PressAnswer | undefined>

/** Where a sent message can be found again; only its own platform reads it. */
export type Handle = Record<string, string>

/** Routes that see the raw body, for callbacks. */
export type Routes = (router: Router) => void

/** So many a minute, of which a few may go at once. */
export type Pace = { perMinute: number; atOnce: number }

/** What a platform lets through. Sending keeps clear of it, so that nothing is refused, or dropped without a word. */
export type Limits = {
  /** Messages to one person. */
  person: Pace
  /** Calls of the whole app. */
  app: Pace
  /** What the edition includes in a calendar month: calls to the platform, and deliveries from it. */
  month?: { calls: number; deliveries: number }
  /** A press is answered within this; what takes longer shows on the card afterwards. */
  pressMs: number
}

/**
 * The platform was reached, and said no: `afterMs` when it asks to wait, `forGood` when trying again is of no use (gone, blocked, malformed).
 * Any other error means that it was not reached or talked nonsense.
 */
export class PlatformRefusal extends Error {
  readonly afterMs: number | undefined
  readonly forGood: boolean
  constructor(message: string, more: { afterMs?: number; forGood?: boolean } = {}) {
    super(message)
    this.afterMs = more.afterMs
    this.forGood = more.forGood ?? false
  }
}

/** How an app is doing, as its adapter knows: nothing of it is secret. */
export type Standing = {
  line: Line
  /** The line of a second bot beside the app, where there is one. */
  botLine: Line | null
  /** The app's token: since when, until when. Null when none was needed yet. */
  token: Term | null
}

/** A chat platform, all of it. Everything that knows its wire is in its folder. */
export type Platform = {
  name: PlatformName
  appId: string
  /** The company on this platform. */
  tenant: string
  /** How often a sent copy can be redrawn: where it is once, it is redrawn only for its final state. */
  redraws: 'often' | 'once'
  /** Whether whoever presses can be told a word where the card stays as it is. Where not, the word goes to him as a message. */
  hasToasts: boolean
  limits: Limits
  signIn: SignIn
  /** Begins to receive (long connection); answers how to stop, which lets what is being answered be answered. */
  listen: (receive: Receive) => Promise<HangUp>
  /** Routes for callbacks over HTTP, where the platform is set to use them. */
  callbacks: (receive: Receive) => Routes | undefined
  /** Sends to one person. The same `sendKey` again is dropped by the platform where it can. One call each, which throws when it was not taken. */
  sendCard: (openId: string, card: TokenCard, sendKey: string) => Promise<Handle>
  sendText: (openId: string, text: string, sendKey: string) => Promise<Handle>
  /** Answers in the chat that a message came from. */
  reply: (messageId: string, message: { card: TokenCard } | { text: string }, sendKey: string) => Promise<Handle>
  /** How the ids of messages begin that only another process can answer now, since it holds the line that they came over. */
  answeredElsewhere: () => string | undefined
  /** Redraws a sent card for everyone who has it. False when this copy can no longer be changed. */
  updateCard: (handle: Handle, card: TokenCard) => Promise<boolean>
  readDirectory: () => Promise<Directory>
  standing: () => Standing
}
