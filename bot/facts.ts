import type { Fact } from '#kernel/events'

/** Something was received from a platform and waits in the inbox. */
export type Received = Fact<'bot.received', { platform: string; appId: string; eventKey: string }>
