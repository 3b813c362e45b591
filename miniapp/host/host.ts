import type { PlatformName } from '#contract/modules/org'

export type Person = { platformId: string; name: string }
export type Shared = { title: string; words: string; address: string }

/** What the program around the app can do for it. One file for each; the app knows nothing else of where it runs. */
export type Host = {
  name: PlatformName | 'browser'
  /** Whether it draws a title bar with a way back, so that the app draws none on the phone. */
  drawsTitleBar: boolean
  /** The code with which the server asks the platform who this is; null where the person has to choose a way first. */
  signInCode: (app: { appId: string; corpId?: string; script: string | null }) => Promise<string | null>
  /** The text of a barcode or QR code; null when the person gave up. */
  scan: () => Promise<string | null>
  /** People of the company, chosen in the platform's own list; null where there is none. */
  choosePeople: (options: { many: boolean }) => Promise<Person[] | null>
  share: (what: Shared) => Promise<void>
  toast: (words: string) => void
  setTitle: (title: string) => void
  /** Leaves the app. */
  close: () => void
}
