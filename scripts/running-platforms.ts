import { isDeepStrictEqual } from 'node:util'
import type { Platform } from '../bot/index.ts'
import { type AppState, type PlatformApp, platformApps, platformAppVersions } from '#server/modules/connections'
import { useOfApps } from '#server/outbox'
import { systemCaller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { log } from '#kernel/log'
import { ask } from '#kernel/perform'
import { wordsOf } from './platform-advice.ts'
import { environmentPlatforms, platformOf } from './platform-makers.ts'
import { errorView, type KnownState, type RunningApp, watched } from './watched-platform.ts'

/** The platforms that a change of what is stored brings, and those that it ends. */
export type Exchange = { came: Platform[]; left: Platform[] }

/** The apps that this process runs. */
export type RunningApps = {
  /** One list for everybody who sends, receives or signs in: what is exchanged is exchanged in it. */
  platforms: Platform[]
  /** Looks at what is stored now, and has the list as it is to be; nothing when nothing has changed. */
  look: () => Promise<Exchange | undefined>
  state: (tx: Tx, at: Date) => Promise<AppState[]>
}

/** A stored app, running, or with what keeps it from that. */
type Stored = { app: PlatformApp; running?: RunningApp; state: () => KnownState }

/** The apps that the environment sets up, then those that an administrator has; an app that is in both is the environment's. */
export async function runningApps(): Promise<RunningApps> {
  const ofEnvironment = (await environmentPlatforms()).map((one) =>
    watched(one, { source: 'environment', version: null }),
  )
  const platforms = ofEnvironment.map(({ platform }) => platform)
  let stored: Stored[] = []
  let seen: string | undefined

  const isOfEnvironment = ({ platform, appId }: PlatformApp): boolean =>
    ofEnvironment.some((other) => other.platform.name === platform && other.platform.appId === appId)

  const look = async (): Promise<Exchange | undefined> => {
    const caller = systemCaller(new Date())
    const versions = await ask(caller, (tx) => platformAppVersions(tx), undefined)
    if (versions === seen) return undefined
    const apps = (await ask(caller, (tx) => platformApps(tx), undefined)).filter((app) => !isOfEnvironment(app))
    const before = stored
    stored = await Promise.all(apps.map(async (app) => asBefore(before, app) ?? (await started(app))))
    seen = versions
    const came = platformsOf(stored.filter((one) => !before.includes(one)))
    const left = platformsOf(before.filter((one) => !stored.includes(one)))
    platforms.splice(ofEnvironment.length, Infinity, ...platformsOf(stored))
    return came.length + left.length > 0 ? { came, left } : undefined
  }
  await look()
  return {
    platforms,
    look,
    state: async (tx, at) => {
      const { apps } = await useOfApps(tx, at)
      return [...ofEnvironment, ...stored].map((one) => {
        const known = one.state()
        const used = apps.find(({ platform, appId }) => platform === known.platform && appId === known.appId)
        return { ...known, use: used ?? null }
      })
    },
  }
}

const platformsOf = (apps: { running?: RunningApp }[]): Platform[] =>
  apps.flatMap(({ running }) => running?.platform ?? [])

/** The app as it runs already, when only its name or something else has changed that it does not run by. */
function asBefore(before: Stored[], app: PlatformApp): Stored | undefined {
  const same = before.find(
    (one) =>
      one.app.platform === app.platform && isDeepStrictEqual(one.app.values, app.values) && one.app.id === app.id,
  )
  if (same?.running) same.running.source.version = app.version
  return same?.running && same
}

async function started(app: PlatformApp): Promise<Stored> {
  const source = { source: 'settings' as const, version: app.version }
  try {
    const running = watched(await platformOf(app), source)
    return { app, running, state: running.state }
  } catch (error) {
    log.error({ err: error, app: app.name }, 'a stored app cannot run')
    const failure = { at: new Date(), words: wordsOf(error) }
    return { app, state: () => brokenState(app, failure) }
  }
}

const brokenState = (
  { platform, tenant, appId, version }: PlatformApp,
  failure: { at: Date; words: string },
): KnownState => ({
  source: 'settings',
  version,
  platform,
  tenant,
  appId,
  connection: 'lost',
  since: failure.at.toISOString(),
  bot: null,
  token: null,
  lastReceivedAt: null,
  lastSentAt: null,
  lastError: errorView(failure),
})
