import type { PlatformName } from '#contract/modules/org'
import { openedApp, returnAddress } from '../../opened-app.ts'
import { signInApi } from './api.ts'
import { placeWanted } from './place-wanted.ts'

/** Sends the browser to a platform to sign in; it comes back by way of the return page. Never settles: this page is gone by then. */
export async function leaveForPlatform(platform: PlatformName, to: string): Promise<never> {
  placeWanted.keep(to)
  const { url } = await signInApi.address({ platform, appId: openedApp, redirectUri: returnAddress(platform) })
  location.assign(url)
  return new Promise(() => {})
}
