import { deedActs } from '../deeds/acts.ts'
import type { Acts } from '../press.ts'
import { choose } from './choose.ts'
import { voteOnApproval } from './vote-on-approval.ts'

/** Everything a button on a card can do, by the name that its token stands for. */
export const acts: Acts = {
  'approvals.vote': voteOnApproval,
  'bot.choose': choose,
  ...deedActs,
}
