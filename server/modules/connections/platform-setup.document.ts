import type { PlatformName } from '#contract/modules/org'
import { dingtalkSetup } from './dingtalk-setup.document.ts'
import { feishuSetup } from './feishu-setup.document.ts'
import type { PlatformSetup } from './setup-field.document.ts'
import { wecomSetup } from './wecom-setup.document.ts'

export { appIdOf, type SetupField } from './setup-field.document.ts'

/** What an administrator has to do on each platform, and what he enters here. */
export const platformSetups: Record<PlatformName, PlatformSetup> = {
  feishu: feishuSetup,
  dingtalk: dingtalkSetup,
  wecom: wecomSetup,
}
