import type { Caller } from '#kernel/caller'

/** What the middleware in front has found out about a request. */
export type RequestState = { caller?: Caller }
