import { z } from 'zod'
import { DefinitionKey } from '#contract/engines/definitions'
import { publishedDefinition } from '#server/engines/definitions'
import { actionKind } from './action-kind.ts'

/** The move waits until the flow's approvers have agreed. */
export const requireApproval = actionKind({
  do: 'require_approval',
  schema: z.strictObject({ do: z.literal('require_approval'), flow: DefinitionKey }),
  readyIssues: async (tx, { document, event }, { flow: key }, path) => {
    const flow = await publishedDefinition(tx, 'flow', key)
    if (flow?.document === document && flow.event === event) return []
    return [
      {
        field: `${path}.flow`,
        message: `这张单据的这一步没有已发布的流程 ${key} / there is no published flow ${key} for this move of the document`,
      },
    ]
  },
})
