import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { Reason } from '#server/engines/rules'
import { type Approval, flowsBehind, showFacts, vote, voteUnneeded } from './approval.model.ts'
import { lockApproval } from './approval-store.ts'
import type { Choice, VoteAnswer } from './contract.ts'
import { decided } from './decided.ts'
import { factChanges } from './fact-changes.ts'
import { changedRules, isDecisive } from './facts-change.model.ts'
import { keep } from './keep.ts'
import { wantedFlows } from './open-approval.ts'
import { maySee } from './see-approval.ts'
import { subjectOf } from './subjects.ts'
import { approvalView } from './view.ts'
import { withDeputiesNow } from './with-deputies.ts'

type Decision = { id: string; step: number; choice: Choice; comment: string; factsVersion?: number | undefined }

/**
 * A decision counts only on the facts of this moment. No rule asks those any more who are still to be asked: an agreement settles it, whoever
 * else was waited for. Something has become worse, or he has looked at an older card, or he says no where nobody need be asked:
 * the new facts are stored and he is asked again.
 */
export async function castBallot(
  tx: Tx,
  caller: Caller,
  { id, factsVersion, ...decision }: Decision,
): Promise<VoteAnswer> {
  const at = caller.at.toISOString()
  const by = caller.personId
  const ballot = { ...decision, via: caller.via }
  const before = await approvalAsked(tx, caller, id)
  const present = await withDeputiesNow(tx, before, caller.at)
  const voted = await decided(tx, () => vote(present, by, ballot, at))
  if (voted === present) return answer(tx, caller, before, 'repeated')
  if (factsVersion !== undefined && factsVersion !== before.factsVersion)
    return answer(tx, caller, before, 'facts_changed')

  const now = await needNow(tx, caller, before)
  const seen = before.facts
  if (!now.needed && ballot.choice === 'approve') {
    const settled = await keep(tx, caller, before, voteUnneeded(present, by, ballot, at))
    return answer(tx, caller, settled, 'no_longer_needed', seen, now.facts)
  }
  if (isDecisive(seen, now.facts) || (!now.needed && changedRules(seen, now.facts).length > 0)) {
    const asked = await keep(tx, caller, before, showFacts(present, now.facts))
    return answer(tx, caller, asked, 'facts_changed', seen, now.facts)
  }
  // The step that begins now has absences of its own.
  const kept = await keep(tx, caller, before, await withDeputiesNow(tx, voted, caller.at))
  return answer(tx, caller, kept, kept.settled ? 'settled' : 'counted')
}

/** A card may have been passed on: whoever was never asked learns nothing from it, not even whether there is such an approval. */
async function approvalAsked(tx: Tx, caller: Caller, id: string): Promise<Approval> {
  const approval = await lockApproval(tx, id)
  if (!approval) throw new Refusal('not_your_turn')
  const present = await withDeputiesNow(tx, approval, caller.at)
  if (!(await maySee(tx, caller, present))) throw new Refusal('not_your_turn')
  return approval
}

/**
 * Whether a rule that fires now wants somebody who is still to be asked, or has become worse than it was when others agreed to it. A flow that
 * always stands in front of the move asks whatever the rules say.
 */
async function needNow(tx: Tx, caller: Caller, approval: Approval): Promise<{ needed: boolean; facts: Reason[] }> {
  const { needed, facts } = await subjectOf(approval.document).reassess(tx, caller, approval.documentId)
  const behind = flowsBehind(approval)
  const isAhead = (flow: string): boolean => !behind.has(flow)
  const asking = facts.filter((rule) => wantedFlows([rule]).length > 0)
  return {
    needed:
      approval.flows.some((flow) => flow.always && isAhead(flow.key)) ||
      (needed && (wantedFlows(asking).some(isAhead) || isDecisive(approval.facts, asking))),
    facts: facts.map(({ rule, version, name, because }) => ({ rule, version, name, because })),
  }
}

async function answer(
  tx: Tx,
  caller: Caller,
  approval: Approval,
  outcome: VoteAnswer['outcome'],
  seen: readonly Reason[] = [],
  now: readonly Reason[] = [],
): Promise<VoteAnswer> {
  const changes = await factChanges(tx, caller, approval, seen, now)
  return { approval: await approvalView(tx, caller, approval), outcome, changes }
}
