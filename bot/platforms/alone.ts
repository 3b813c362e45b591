/** Ends what was begun, once what is under way has been answered. */
export type HangUp = () => Promise<void>

/**
 * Does what a platform allows one process only: `begin` is called when this process is the one, what it answers when it no longer is. Resolves
 * when that is known, and what was begun stands.
 */
export type Alone = (key: string, begin: () => Promise<HangUp>) => Promise<HangUp>

/** Where there is one process only, it is always the one. */
export const theOnlyProcess: Alone = (_key, begin) => begin()
