import { type FieldIssue, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { moveIssues, saveDraft } from '#server/engines/definitions'
import { factFieldsOf } from '#server/engines/rules'
import type { FlowDraft, FlowNode, FlowVersion } from './contract.ts'
import { flowVersion } from './flow.ts'
import { nodeIssues } from './flow-check.ts'
import { allowDesign } from './policy.ts'
import { canBeApproved } from './subjects.ts'

/** Saves a flow that is being written. It is checked now, by those who can mend it, and not when it runs. */
export async function saveFlow(tx: Tx, caller: Caller, draft: FlowDraft): Promise<FlowVersion> {
  allowDesign(caller)
  const { nodes, always, move, ...about } = draft
  const issues = [
    ...(await moveIssues(tx, draft.document, move, 'move')),
    ...(await flowIssues(tx, draft.document, nodes)),
  ]
  if (issues.length > 0) throw new Refusal('definition_unfit', {}, issues)
  return flowVersion(await saveDraft(tx, caller, 'flow', { ...about, event: move, body: { always, nodes } }))
}

/** What keeps a flow of these nodes from working in front of this document. */
export async function flowIssues(tx: Tx, document: string, nodes: readonly FlowNode[]): Promise<FieldIssue[]> {
  if (!canBeApproved(document))
    return [{ field: 'document', message: '这种单据不能审批 / documents of this type cannot be approved' }]
  return nodeIssues(tx, nodes, await factFieldsOf(tx, document), 'nodes')
}
