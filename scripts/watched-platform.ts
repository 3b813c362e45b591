import type { Platform, Receive } from '../bot/index.ts'
import type { AppState } from '#server/modules/connections'
import { adviceOn, wordsOf } from './platform-advice.ts'

/** Where the settings of an app come from; the version of the stored ones. */
export type Source = Pick<AppState, 'source' | 'version'>

/** What this process knows of an app that it runs; what was used of its month stands in the database. */
export type KnownState = Omit<AppState, 'use'>

/** An app in use, and how it is doing. */
export type RunningApp = { platform: Platform; source: Source; state: () => KnownState }

type Failure = { at: Date; words: string }
type Notes = { lastReceivedAt: Date | null; lastSentAt: Date | null; lastFailure: Failure | null }

/** The same platform, which keeps note of what comes in, what goes out, and what was wrong last. */
export function watched(platform: Platform, source: Source): RunningApp {
  const notes: Notes = { lastReceivedAt: null, lastSentAt: null, lastFailure: null }
  const noted =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      try {
        return await call(...args)
      } catch (error) {
        notes.lastFailure = { at: new Date(), words: wordsOf(error) }
        throw error
      }
    }
  const sent = <A extends unknown[], T>(send: (...args: A) => Promise<T>) =>
    noted(async (...args: A): Promise<T> => {
      const answer = await send(...args)
      notes.lastSentAt = new Date()
      return answer
    })
  const heard =
    (receive: Receive): Receive =>
    (inbound) => {
      notes.lastReceivedAt = new Date()
      return receive(inbound)
    }
  return {
    source,
    state: () => stateOf(platform, source, notes),
    platform: {
      ...platform,
      sendCard: sent(platform.sendCard),
      sendText: sent(platform.sendText),
      reply: sent(platform.reply),
      updateCard: sent(platform.updateCard),
      readDirectory: noted(platform.readDirectory),
      listen: (receive) => platform.listen(heard(receive)),
      callbacks: (receive) => platform.callbacks(heard(receive)),
    },
  }
}

function stateOf({ name, tenant, appId, standing }: Platform, source: Source, notes: Notes): KnownState {
  const { line, botLine, token } = standing()
  const failures = [notes.lastFailure, line.error, botLine?.error ?? null]
  return {
    ...source,
    platform: name,
    tenant,
    appId,
    connection: line.state,
    since: iso(line.since),
    bot: botLine && { connection: botLine.state, since: iso(botLine.since) },
    token: token && { since: token.since.toISOString(), until: token.until.toISOString() },
    lastReceivedAt: iso(notes.lastReceivedAt),
    lastSentAt: iso(notes.lastSentAt),
    lastError: errorView(failures.reduce((a, b) => (!a || (b && b.at > a.at) ? b : a))),
  }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

export const errorView = (failure: Failure | null): AppState['lastError'] =>
  failure && { at: failure.at.toISOString(), words: failure.words, advice: adviceOn(failure.words) }
