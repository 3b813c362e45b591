import type { Tx } from '#kernel/db'

/** Answers the units in which documents of a module speak of an item: the base unit when it has stock or stock moves. */
export type UsedUnits = (tx: Tx, itemId: string) => Promise<string[]>

const askedModules: UsedUnits[] = []

/** A module above whose documents hold items says so when it is loaded: what they use of an item can then not change. */
export const registerItemUse = (usedUnits: UsedUnits): void => void askedModules.push(usedUnits)

export async function unitsInUse(tx: Tx, itemId: string): Promise<Set<string>> {
  const used = new Set<string>()
  for (const usedUnits of askedModules) for (const unit of await usedUnits(tx, itemId)) used.add(unit)
  return used
}
