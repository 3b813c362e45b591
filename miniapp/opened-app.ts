import type { Output } from '#contract'
import type { PlatformName, signIn } from '#contract/modules/org'

type Way = Output<(typeof signIn)['endpoints']['platforms']>['platforms'][number]

const pathname = typeof location === 'undefined' ? '/' : location.pathname

/** An app that an administrator has added to a platform is opened under `/in/` and its id there. */
const [ofApp, named] = /^\/in\/([\w-]+)(?=\/|$)/.exec(pathname) ?? []

/** Where the app's own paths begin. */
export const basePath = ofApp ?? '/'

/** The platform's id of the app under whose address we were opened; none where the platform has one app, or we are its first. */
export const openedApp = named

/** The ways to sign in from here: those of the app that was opened, or the first of each platform. */
export function waysHere(ways: readonly Way[], app: string | undefined = openedApp): Way[] {
  if (app !== undefined) return ways.filter(({ appId }) => appId === app)
  return ways.filter((way, at) => ways.findIndex(({ platform }) => platform === way.platform) === at)
}

/** The way of this platform from here; nothing when it is not switched on. */
export const wayHere = (ways: readonly Way[], platform: string): Way | undefined =>
  waysHere(ways).find((way) => way.platform === platform)

/** Where a platform sends a plain browser back to. */
export const returnAddress = (platform: PlatformName): string => `${location.origin}${ofApp ?? ''}/sign-in/${platform}`
