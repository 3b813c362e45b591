import { type Caller, systemCaller } from '#kernel/caller'
import { ask, perform } from '#kernel/perform'
import { refreshCopies } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { dropProposal } from './acts.ts'
import { Proposal } from './deed.ts'
import { lastProposal } from './deed-store.ts'
import { isLapsed, proposalCard } from './proposal-card.ts'

/** 算了: what somebody was last asked to confirm is dropped, and its card says so. Answers whether there was anything to drop. */
export async function dropLast(caller: Caller, platform: Platform): Promise<boolean> {
  const found = await ask(caller, (tx) => lastProposal(tx, caller.personId, platform.name), undefined)
  const proposal = found && Proposal.parse(found.args)
  if (!found || !proposal || isLapsed(proposal, caller.at)) return false
  if (!(await dropProposal(caller, proposal.id))) return false
  const draw = async (holder: Caller) => ({ card: await proposalCard(holder, proposal), isFinal: true })
  await perform(
    systemCaller(caller.at),
    (tx, house) => refreshCopies(tx, house, [platform], found.about, draw),
    undefined,
  )
  return true
}
