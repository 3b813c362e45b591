import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Sheet } from './contract.ts'
import { shareableOf } from './registry.ts'
import { countOpening } from './share-link-store.ts'
import { tell } from './share-links.ts'

/**
 * What whoever has the address may see. A link that never was, has ended, was withdrawn, or whose document is not meant for customers at
 * this moment: all answer alike, so that nothing can be told from trying. The first opening stands on the document's timeline.
 */
export async function openShareLink(tx: Tx, caller: Caller, { token }: { token: string }): Promise<Sheet> {
  const link = await countOpening(tx, token, caller.at)
  const seen =
    link && (await shareableOf(link.document).sheet(tx, { id: link.documentId, at: caller.at, ...link.arguments }))
  if (!link || !seen) throw new Refusal('share_closed')
  if (link.opens === 1) await tell(tx, caller, link, 'open_link')
  return seen
}
