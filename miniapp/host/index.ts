import { browser } from './browser.ts'
import { feishu, isFeishu } from './feishu.ts'
import type { Host } from './host.ts'

export type { Host, Person, Shared } from './host.ts'

/** The program around the app, found out once. The other platforms take their places in this list. */
const platforms: [is: () => boolean, host: Host][] = [[isFeishu, feishu]]

export const host: Host = platforms.find(([is]) => is())?.[1] ?? browser
