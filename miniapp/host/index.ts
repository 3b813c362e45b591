import { browser } from './browser.ts'
import { dingtalk, isDingTalk } from './dingtalk.ts'
import { feishu, isFeishu } from './feishu.ts'
import type { Host } from './host.ts'
import { isWecom, wecom } from './wecom.ts'

export type { Host, Person, Shared } from './host.ts'

/** The program around the app, found out once. */
const platforms: [is: () => boolean, host: Host][] = [
  [isFeishu, feishu],
  [isDingTalk, dingtalk],
  [isWecom, wecom],
]

export const host: Host = platforms.find(([is]) => is())?.[1] ?? browser
