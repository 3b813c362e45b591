import { Text } from '#contract'
import { z } from 'zod'
import { ApproverSpec } from '../contract.ts'
import { actionKind } from './action-kind.ts'

/** Somebody is told by card; the move goes on. */
export const notify = actionKind({
  do: 'notify',
  schema: z.strictObject({ do: z.literal('notify'), to: z.array(ApproverSpec).min(1).max(20), words: Text }),
})
