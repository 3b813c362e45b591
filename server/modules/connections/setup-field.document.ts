import type { Text } from '#contract'

/** One thing that an app on a platform is made of; the page's form and the check of what was entered come from it. */
export type SetupField = {
  key: string
  label: Text
  /** Where its console shows it. */
  hint: Text
  /** Kept sealed and never shown again. */
  isSecret: boolean
  isRequired: boolean
  /** The whole value. */
  pattern: RegExp
  options?: { value: string; label: Text }[]
}

/** A step in the platform's console; `{url}` and `{host}` in what is copied are our own address, `{app}` is the app's id there. */
export type SetupStep = { title: Text; words: Text; copies: { label: Text; value: string }[] }

export type PlatformSetup = {
  name: Text
  console: string
  /** The fields that say which company and which app it is. */
  tenantKey: string
  /** Several where only together they name one app in the world. */
  appKeys: string[]
  fields: SetupField[]
  steps: SetupStep[]
}

/** What the settings of an app say that its id is; nothing while a part of it is missing. */
export const appIdOf = ({ appKeys }: PlatformSetup, settings: Readonly<Record<string, string>>): string =>
  appKeys.every((key) => settings[key]) ? appKeys.map((key) => settings[key]).join('-') : ''

const anything = /^\S{1,200}$/
export const secret = /^\S{16,400}$/
export const field = (key: string, label: Text, hint: Text, more: Partial<SetupField> = {}): SetupField => ({
  key,
  label,
  hint,
  isSecret: false,
  isRequired: true,
  pattern: anything,
  ...more,
})
export const copy = (zh: string, en: string, value: string) => ({ label: { zh, en }, value })
