import type { Actions } from '#kernel/perform'
import type { approvals } from './contract.ts'
import { documentApprovals } from './document-approvals.ts'
import { inbox } from './inbox.ts'
import { listFlows } from './list-flows.ts'
import { markRead } from './mark-read.ts'
import { publishFlow } from './publish-flow.ts'
import { readApproval } from './read-approval.ts'
import { readFlow } from './read-flow.ts'
import { remind } from './remind.ts'
import { retireFlow } from './retire-flow.ts'
import { returnToOpener } from './return-to-opener.ts'
import { saveFlow } from './save-flow.ts'
import { vote } from './vote.ts'
import { withdraw } from './withdraw.ts'

export const approvalsActions: Actions<typeof approvals> = {
  inbox,
  approval: readApproval,
  documentApprovals,
  vote,
  returnToOpener,
  withdraw,
  remind,
  markRead,
  flows: listFlows,
  flow: readFlow,
  saveFlow,
  publishFlow,
  retireFlow,
}
