import type { Input } from '#contract'
import { allow, type Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { approvals, VoteAnswer } from './contract.ts'
import { castBallot } from './cast-ballot.ts'

/** Gives it back to the opener, who may mend the document and ask again. */
export function returnToOpener(
  tx: Tx,
  caller: Caller,
  input: Input<(typeof approvals)['endpoints']['returnToOpener']>,
): Promise<VoteAnswer> {
  allow(caller, 'approval.vote', { zh: '审批', en: 'decide on approvals' })
  return castBallot(tx, caller, { ...input, choice: 'return' })
}
