import { type Input, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { draftOf, publishDraft } from '#server/engines/definitions'
import type { approvals, FlowVersion } from './contract.ts'
import { flowBodyOf, flowVersion } from './flow.ts'
import { allowDesign } from './policy.ts'
import { flowIssues } from './save-flow.ts'

/** Puts a flow into force. Checked again: an approver may have left since. What runs keeps the steps it was opened with. */
export async function publishFlow(
  tx: Tx,
  caller: Caller,
  { key, revision }: Input<(typeof approvals)['endpoints']['publishFlow']>,
): Promise<FlowVersion> {
  allowDesign(caller)
  const draft = await draftOf(tx, 'flow', key, revision)
  const issues = await flowIssues(tx, draft.document, flowBodyOf(draft).nodes)
  if (issues.length > 0) throw new Refusal('definition_unfit', {}, issues)
  return flowVersion(await publishDraft(tx, caller, 'flow', key, revision))
}
