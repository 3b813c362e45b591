import { type FieldIssue, Refusal, type Text } from '#contract'
import { appIdOf, platformSetups, type SetupField } from './contract.ts'
import type { PlatformName } from '#contract/modules/org'

export type Values = Readonly<Record<string, string>>

/** What was entered, each value in its field and as that field wants it; an empty one is none. */
export function checked(platform: PlatformName, entered: Values, which: 'settings' | 'secrets'): Values {
  const fields = platformSetups[platform].fields.filter((field) => field.isSecret === (which === 'secrets'))
  const issues = Object.entries(entered).flatMap(([key, value]) => issueOf(fields, which, key, value))
  if (issues.length > 0) throw new Refusal('malformed', {}, issues)
  return Object.fromEntries(Object.entries(entered).filter(([, value]) => value !== ''))
}

function issueOf(fields: readonly SetupField[], which: string, key: string, value: string): FieldIssue[] {
  const field = fields.find((one) => one.key === key)
  if (field && (value === '' || field.pattern.test(value))) return []
  return [{ field: `${which}.${key}`, message: '格式不对，请从平台后台整段复制 / copy it whole from the console' }]
}

/** What is missing before an app can be switched on. */
export function missingOf(platform: PlatformName, settings: Values, kept: readonly string[]): Text[] {
  const has = ({ key, isSecret }: SetupField) => (isSecret ? kept.includes(key) : Boolean(settings[key]))
  return platformSetups[platform].fields.filter((field) => field.isRequired && !has(field)).map(({ label }) => label)
}

/** The company and the app that settings stand for. */
export const placeOf = (platform: PlatformName, settings: Values): { tenant: string; appId: string } => {
  const setup = platformSetups[platform]
  return { tenant: settings[setup.tenantKey] ?? '', appId: appIdOf(setup, settings) }
}
