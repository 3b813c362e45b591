import type { Tx } from '#kernel/db'
import type { Day } from '#kernel/days'

/** Answers when there was last to do with customers: the latest day for each that there was anything with. */
export type LastDealings = (tx: Tx, customerIds: readonly string[]) => Promise<ReadonlyMap<string, Day>>

const askedModules: LastDealings[] = []

/** A module above whose documents are a customer's says so when it is loaded: whoever buys is not silent. */
export const registerDealings = (lastDealings: LastDealings): void => void askedModules.push(lastDealings)

export async function lastDealings(tx: Tx, customerIds: readonly string[]): Promise<Map<string, Day>> {
  const last = new Map<string, Day>()
  for (const asked of askedModules)
    for (const [id, day] of await asked(tx, customerIds)) if (day > (last.get(id) ?? '')) last.set(id, day)
  return last
}
