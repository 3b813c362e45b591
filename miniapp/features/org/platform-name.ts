import { platforms } from '#contract/modules/org'
import { t } from './messages.ts'

/** The name of a chat platform in the reader's language. */
export function platformName(platform: string): string {
  const known = platforms.find((one) => one === platform)
  return known ? t(known) : platform
}
