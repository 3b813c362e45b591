import { forget, onceIn, type Tx } from './db.ts'
import { remembers } from './memory.ts'

/** Read under a stamp of the database: true for as long as the stamp stands. */
const known = new Map<string, { stamp: string; value: unknown }>()
remembers(() => known.clear())

/** One look at what is set up: all that a transaction sees of it is of one moment. */
type Look = { stamp: string; seen: Map<string, Promise<unknown>> }
const memo = 'look at what is set up'

/** Triggers move the stamp with every change of the tables that count as set up: see their migration. */
const lookOf = (tx: Tx): Promise<Look> =>
  onceIn(tx, memo, async () => {
    const [row] = await tx.$queryRaw<{ stamp: string }[]>`select stamp::text from set_up_stamp`
    return { stamp: row!.stamp, seen: new Map<string, Promise<unknown>>() } // there is always one
  })

/**
 * What a company sets up changes seldom, and nearly everything looks at it: it is read anew only when any of it has changed, in whichever process.
 * What is answered is everybody's: nobody may change it.
 */
export async function asSetUp<T>(tx: Tx, key: string, read: () => Promise<T>): Promise<T> {
  const { stamp, seen } = await lookOf(tx)
  const value = seen.get(key) ?? knownUnder(stamp, key, read)
  seen.set(key, value)
  return value as Promise<T> // whoever asks under this key reads the same
}

async function knownUnder(stamp: string, key: string, read: () => Promise<unknown>): Promise<unknown> {
  const earlier = known.get(key)
  if (earlier?.stamp === stamp) return earlier.value
  const value = await read()
  known.set(key, { stamp, value })
  return value
}

/** For whoever has changed some of it, or has waited for others to: what follows in this transaction looks again. */
export const lookAgain = (tx: Tx): void => forget(tx, memo)
