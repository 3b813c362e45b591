import type { PlatformName } from '#contract/modules/org'
import type { Fact } from '#kernel/events'

/** Something was written down that is to be sent on this platform, or to be shown anew. */
export type OutboxWritten = Fact<`outbox.written-${PlatformName}`>
