import type { Output } from '#contract'
import { type Caller, has } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { exports } from './contract.ts'
import { registeredExports, shapeOf } from './registry.ts'

/** The lists that this caller may export, as far as he may read them; none for who may export nothing. */
export async function exportLists(
  tx: Tx,
  caller: Caller,
): Promise<Output<(typeof exports)['endpoints']['exportLists']>> {
  if (!has(caller, 'exports.create')) return { lists: [] }
  const lists = registeredExports().map(async ({ list, exportable }) => ({
    list,
    label: (await shapeOf(tx, exportable)).label,
  }))
  return { lists: await Promise.all(lists) }
}
