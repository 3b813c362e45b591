import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { shares, Sheet } from './contract.ts'
import { shareableOf } from './registry.ts'

/** A document as its customer sees it, for a colleague to print. */
export async function sheet(
  tx: Tx,
  caller: Caller,
  { document, documentId, from, to }: Input<(typeof shares)['endpoints']['sheet']>,
): Promise<Sheet> {
  const shareable = shareableOf(document)
  await shareable.mayRead(tx, caller, documentId)
  const seen = await shareable.sheet(tx, { id: documentId, at: caller.at, from, to })
  if (!seen) throw new Refusal('not_shareable', { document: shareable.label })
  return seen
}
