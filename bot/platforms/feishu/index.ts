import { noted } from '../line.ts'
import type { Limits, Platform } from '../platform.ts'
import { withTodos } from '../todo.ts'
import { feishuCallbacks } from './callbacks.ts'
import { feishuClient, messages } from './client.ts'
import { readFeishuDirectory } from './directory.ts'
import { listenToFeishu } from './long-connection.ts'
import { tokenShelf } from './patient-http.ts'
import type { FeishuSettings } from './settings.ts'
import { feishuSignIn } from './sign-in.ts'
import { pageSigner } from './sign-page.ts'
import { feishuTasks } from './tasks.ts'

export { type FeishuSettings, feishuSettings } from './settings.ts'

/** Feishu takes 1,000 calls a minute and 50 a second of an app, and 5 messages a second to a person. A click is answered within 3 s. */
const limits: Limits = {
  person: { perMinute: 120, atOnce: 3 },
  app: { perMinute: 900, atOnce: 30 },
  pressMs: 2500,
}

/** Feishu, through the official client. */
export function feishu(settings: FeishuSettings): Platform {
  const tokens = tokenShelf()
  const client = feishuClient(settings, tokens)
  const talk = messages(client, settings)
  const isCalled = settings.receive === 'http'
  const line = noted(isCalled ? 'callbacks' : 'connecting')
  return {
    name: 'feishu',
    appId: settings.appId,
    tenant: settings.tenantKey,
    redraws: 'often',
    hasToasts: true,
    limits,
    signIn: { ...feishuSignIn(settings), signPage: pageSigner(client, settings) },
    listen: async (receive) => (isCalled ? async () => {} : listenToFeishu(settings, receive, line)),
    callbacks: (receive) => (isCalled ? feishuCallbacks(settings, receive, Date.now) : undefined),
    ...talk,
    ...(settings.hasTasks ? withTodos(talk, feishuTasks(client, settings)) : {}),
    answeredElsewhere: () => undefined,
    readDirectory: () => readFeishuDirectory(client, settings),
    standing: () => ({ line: line.line(), botLine: null, token: tokens.term() }),
  }
}
