import type { Limits, Platform } from '../platform.ts'
import { feishuCallbacks } from './callbacks.ts'
import { feishuClient, messages } from './client.ts'
import { readFeishuDirectory } from './directory.ts'
import { listenToFeishu } from './long-connection.ts'
import type { FeishuSettings } from './settings.ts'
import { feishuSignIn } from './sign-in.ts'
import { pageSigner } from './sign-page.ts'

export { type FeishuSettings, feishuSettings } from './settings.ts'

/** Feishu takes 1,000 calls a minute and 50 a second of an app, and 5 messages a second to a person. A click is answered within 3 s. */
const limits: Limits = {
  person: { perMinute: 120, atOnce: 3 },
  app: { perMinute: 900, atOnce: 30 },
  pressMs: 2500,
}

/** Feishu, through the official client. */
export function feishu(settings: FeishuSettings): Platform {
  const client = feishuClient(settings)
  return {
    name: 'feishu',
    appId: settings.appId,
    tenant: settings.tenantKey,
    redraws: 'often',
    limits,
    signIn: { ...feishuSignIn(settings), signPage: pageSigner(client, settings) },
    listen: async (receive) =>
      settings.receive === 'long_connection' ? listenToFeishu(settings, receive) : async () => {},
    callbacks: (receive) => (settings.receive === 'http' ? feishuCallbacks(settings, receive, Date.now) : undefined),
    ...messages(client, settings),
    readDirectory: () => readFeishuDirectory(client, settings),
  }
}
