import type { Caller, Via } from '#kernel/caller'
import type { Tx } from '#kernel/db'

type CallerOf = (tx: Tx, personId: string, call: { via: Via; at: Date }) => Promise<Caller>
let connected: CallerOf | undefined

/** Who knows people says what somebody may do at this moment: called once, where the house is put together. */
export const connectImporters = (callerOf: CallerOf): void => void (connected = callerOf)

/** Whoever brought a table, with the rights that he has now. */
export function importer(tx: Tx, personId: string, at: Date): Promise<Caller> {
  if (!connected) throw new Error('Imports know nobody yet: connectImporters was not called.')
  return connected(tx, personId, { via: 'import', at })
}
