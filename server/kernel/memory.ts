const forgets: (() => void)[] = []

/** For whoever remembers something from one request to the next: says how it is forgotten. */
export const remembers = (forget: () => void): void => void forgets.push(forget)

/** For a process that turns to another database: nothing of the former one may be taken for what is there. */
export const forgetAll = (): void => forgets.forEach((forget) => forget())
