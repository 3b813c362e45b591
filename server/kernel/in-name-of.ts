import type { Lang } from '#contract'
import type { Caller, Via } from './caller.ts'
import type { Tx } from './db.ts'

type CallerOf = (tx: Tx, personId: string, call: { via: Via; at: Date; lang?: Lang }) => Promise<Caller>
let connected: CallerOf | undefined

/** Who knows people says what somebody may do at this moment: called once, where the house is put together. */
export const connectCallers = (callerOf: CallerOf): void => void (connected = callerOf)

/** Whoever asked for what is done behind a request, with the rights that he has now. */
export const inNameOf: CallerOf = (tx, personId, call) => {
  if (!connected) throw new Error('Nobody is known yet: connectCallers was not called.')
  return connected(tx, personId, call)
}
