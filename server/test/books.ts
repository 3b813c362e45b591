let reason: string | undefined

/**
 * For a test file that, on purpose, writes only one side of the books (a debt without its ledger line, credit without an order), and so
 * leaves nothing to prove. Says why.
 */
export const leaveBooksUnproven = (why: string): void => void (reason = why)

/** At the beginning of a file: what an earlier one said is no longer so. */
export const keepBooks = (): void => void (reason = undefined)

export const areBooksProven = (): boolean => reason === undefined
