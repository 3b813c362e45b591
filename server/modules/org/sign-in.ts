import type { Text } from '#contract'
import type { PageSignature, PlatformName } from './contract.ts'
import type { PlatformPerson } from './identity-store.ts'

/** How one platform vouches for a person. Each platform of the bot brings its own. */
export type SignIn = {
  platform: PlatformName
  name: Text
  appId: string
  /** The company there, where its client asks for it when somebody signs in. */
  corpId?: string
  /** The platform's script that a page in its client needs; null when there is none. */
  script: string | null
  /** Where a browser goes to sign in; it comes back to `redirectUri` with a code. WeCom has one page for its client and one for all others. */
  address: (redirectUri: string, state: string, userAgent: string) => string
  /** Asks the platform whose code this is. Refuses with `sign_in_failed` or `wrong_tenant`. */
  exchange: (code: string, redirectUri: string | undefined) => Promise<PlatformPerson>
  /** Vouches to the platform's client for a page at this address. */
  signPage: (url: string) => Promise<PageSignature>
}
