import type { Text } from '#contract'
import type { PageSignature, PlatformName } from './contract.ts'
import type { PlatformPerson } from './identity-store.ts'

/** How one platform vouches for a person. Each platform of the bot brings its own. */
export type SignIn = {
  platform: PlatformName
  name: Text
  appId: string
  /** The platform's script that a page in its client needs; null when there is none. */
  script: string | null
  /** Where a plain browser goes to sign in; it comes back to `redirectUri` with a code. */
  address: (redirectUri: string, state: string) => string
  /** Asks the platform whose code this is. Refuses with `sign_in_failed` or `wrong_tenant`. */
  exchange: (code: string, redirectUri: string | undefined) => Promise<PlatformPerson>
  /** Vouches to the platform's client for a page at this address. */
  signPage: (url: string) => Promise<PageSignature>
}
