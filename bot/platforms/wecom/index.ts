import { type Alone, theOnlyProcess } from '../alone.ts'
import { noted } from '../line.ts'
import type { Limits, Platform } from '../platform.ts'
import { aiBot } from './ai-bot.ts'
import { redrawnCardXml } from './answer.ts'
import { wecomApi } from './api.ts'
import { wecomCallbacks } from './callbacks.ts'
import { messages } from './client.ts'
import { changedPerson, readWecomDirectory } from './directory.ts'
import { appIdOf, type WecomSettings } from './settings.ts'
import { wecomSignIn } from './sign-in.ts'
import { pageSigner } from './sign-page.ts'
import { botPlaces } from './wire.ts'

export { type WecomSettings, wecomSettings } from './settings.ts'

/** WeCom drops without a word what goes beyond 30 a minute or 1,000 an hour to one member, and takes 10,000 calls a minute. A click is answered within 5 s. */
const limits: Limits = {
  person: { perMinute: 16, atOnce: 4 },
  app: { perMinute: 6000, atOnce: 50 },
  pressMs: 4000,
}

/** WeCom: its app, which writes to people and is pressed by them, and its AI bot for groups, whose one line `alone` gives to one process. */
export function wecom(settings: WecomSettings, alone: Alone = theOnlyProcess): Platform {
  const api = wecomApi(settings)
  const bot = settings.bot && aiBot(settings, settings.bot, alone)
  const sending = messages(api, settings, bot)
  const { line } = noted('callbacks')
  return {
    name: 'wecom',
    appId: appIdOf(settings),
    tenant: settings.corpId,
    redraws: 'once',
    hasToasts: false,
    limits,
    signIn: { ...wecomSignIn(api, settings), signPage: pageSigner(api, settings) },
    listen: async (receive) => bot?.listen(receive) ?? (async () => {}),
    callbacks: (receive) =>
      wecomCallbacks(settings, {
        receive,
        personOf: changedPerson(api, settings),
        answerXml: (press, { toast, card }) =>
          card ? redrawnCardXml(settings, press, { toast, card }, Date.now()) : '',
        now: () => Date.now(),
      }),
    ...sending,
    answeredElsewhere: () => (bot?.line().state === 'elsewhere' ? botPlaces : undefined),
    readDirectory: () => readWecomDirectory(api, settings),
    standing: () => ({ line: line(), botLine: bot?.line() ?? null, token: api.token() }),
  }
}
