import type { Input } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { approvals, VoteAnswer } from './contract.ts'
import { castBallot } from './cast-ballot.ts'

/** Approves or rejects, by the facts of this moment. */
export function vote(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof approvals)['endpoints']['vote']>,
): Promise<VoteAnswer> {
  allow(caller, 'approval.vote', { zh: '审批', en: 'decide on approvals' })
  return castBallot(tx, caller, input)
}
