import type { PlatformName } from '#contract/modules/org'
import type { Fact } from '#kernel/events'

/** Something came in from a platform and was stored; it waits to be worked. */
export type Received = Fact<`bot.received-${PlatformName}`, { platform: string; appId: string; eventKey: string }>
