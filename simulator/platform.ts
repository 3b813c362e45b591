import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type Router from '@koa/router'
import type Koa from 'koa'

import type { AskView, ChatView, ClickView, MessageView } from './answers.ts'
import type { Faults } from './faults.ts'
import type { WireLog } from './log.ts'
import type { Department, Person, PlatformName } from './people.ts'
import type { Fields } from './request-body.ts'

/** A control call that cannot be done as asked; the words go to whoever asked. */
export class Unable extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export type Click = {
  person: string
  action: string
  form?: Fields | undefined
  /** An earlier version of the card, as somebody still sees it whose client lags behind. */
  version?: number | undefined
  /** The person clicks a forwarded copy. */
  forwarded?: boolean | undefined
}

/** What every simulated platform can do. One folder per platform makes one of these. */
export type Platform = {
  name: PlatformName
  botName: string
  faults: Faults
  log: WireLog
  /** The platform's Open API; hands on what is not its own. */
  api: Router
  /** Takes over a socket that asks for one of the platform's own addresses; false: not mine. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean
  idsOf(person: Person): { openId: string; unionId: string; userId: string }
  hasLeft(personKey: string): boolean

  write(personKey: string, text: string, options: { chat?: string | undefined; waitMs: number }): Promise<MessageView[]>
  inbox(personKey: string, after: number): MessageView[]
  chats(personKey: string): ChatView[]
  click(messageId: string, click: Click): Promise<ClickView>
  createChat(name: string, members: string[], withBot: boolean): { chatId: string }

  join(person: Person): void
  change(personKey: string, changes: Partial<Person>): void
  leave(personKey: string): void
  setDepartment(department: Department): void
  removeDepartment(key: string): void
  /** Switches of the app and of the tenant, such as bot ability or the list of allowed addresses. */
  configure(changes: Fields): Promise<Fields>
  disturb(deed: 'cut' | 'freeze' | 'revoke-tokens'): void

  /** Name of the folder below each person's origin under which the client's script and its calls live. */
  clientFolder: string
  userAgent: string
  /** Answers the client of one person: the script itself, and what the script asks. */
  client(person: Person, ctx: Koa.Context): Promise<void>
  questions(): AskView[]
  answer(personKey: string, ask: AskView['ask'], value: string | string[] | null): void

  close(): void
}
