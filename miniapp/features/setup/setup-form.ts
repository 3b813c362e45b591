import { platformSetups, type PlatformAppView } from '#contract/modules/connections'
import type { PlatformName } from '#contract/modules/org'

/** What is typed into the form of an app: its name, and a text for each field; a secret begins empty, whatever is kept. */
export type SetupEntry = { name: string; values: Record<string, string> }

export function entryFor(platform: PlatformName, app?: PlatformAppView): SetupEntry {
  const { fields } = platformSetups[platform]
  const first = (key: string) => fields.find((field) => field.key === key)?.options?.[0]?.value ?? ''
  return {
    name: app?.name ?? '',
    values: Object.fromEntries(fields.map(({ key }) => [key, app?.settings[key] ?? first(key)])),
  }
}

/** As the server takes it: a secret that was left empty is not sent, and so stays what it is. */
export function sentOf(platform: PlatformName, { values }: SetupEntry) {
  const typed = platformSetups[platform].fields.map(({ key, isSecret }) => ({
    key,
    isSecret,
    value: values[key]?.trim() ?? '',
  }))
  const pairs = (list: typeof typed) => Object.fromEntries(list.map(({ key, value }) => [key, value]))
  return {
    settings: pairs(typed.filter(({ isSecret, value }) => !isSecret && value !== '')),
    secrets: pairs(typed.filter(({ isSecret, value }) => isSecret && value !== '')),
  }
}
