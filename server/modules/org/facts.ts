import type { Fact } from '#kernel/events'

/** Somebody is no longer in the directory of a platform. */
export type PersonLeft = Fact<'org.person-left', { personId: string; platform: string }>
