import { noted } from '../line.ts'
import type { Limits, Platform } from '../platform.ts'
import { withTodos } from '../todo.ts'
import { readDingTalkDirectory } from './directory.ts'
import { dingtalkHttp } from './http.ts'
import { listenToDingTalk } from './listen.ts'
import { messages } from './messages.ts'
import type { DingTalkSettings } from './settings.ts'
import { dingtalkSignIn } from './sign-in.ts'
import { pageSigner } from './sign-page.ts'
import { dingtalkTodos } from './todos.ts'

export { type DingTalkSettings, dingtalkSettings } from './settings.ts'

/** DingTalk takes 20 calls a second of an app. A click is answered within 2 s, of which the way there and back takes a part. */
const limitsOf = ({ callsPerMonth }: DingTalkSettings): Limits => ({
  person: { perMinute: 60, atOnce: 3 },
  app: { perMinute: 900, atOnce: 15 },
  month:
    callsPerMonth === undefined
      ? undefined
      : { calls: callsPerMonth, deliveries: Math.round(callsPerMonth * deliveriesPerCall) },
  pressMs: 1600,
})
/** The free edition includes 5,000 calls and 3,000 deliveries; the others are taken to have them in the same proportion. */
const deliveriesPerCall = 0.6

/** DingTalk: calls over HTTP, everything that comes in over its stream. Its robot's callbacks over HTTP are not signed and stay off. */
export function dingtalk(settings: DingTalkSettings): Platform {
  const http = dingtalkHttp(settings)
  const talk = messages(settings, http)
  const line = noted('connecting')
  return {
    name: 'dingtalk',
    appId: settings.clientId,
    tenant: settings.corpId,
    redraws: 'often',
    hasToasts: true,
    limits: limitsOf(settings),
    signIn: { ...dingtalkSignIn(settings, http), signPage: pageSigner(settings, http) },
    listen: (receive) => listenToDingTalk(settings, http, receive, { line }),
    callbacks: () => undefined,
    ...talk,
    ...(settings.hasTodos ? withTodos(talk, dingtalkTodos(settings, http)) : {}),
    answeredElsewhere: () => undefined,
    readDirectory: () => readDingTalkDirectory(http, settings),
    standing: () => ({ line: line.line(), botLine: null, token: http.token() }),
  }
}
