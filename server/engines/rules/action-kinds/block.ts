import { Text } from '#contract'
import { z } from 'zod'
import { actionKind } from './action-kind.ts'

/** The move is refused with these words. */
export const block = actionKind({ do: 'block', schema: z.strictObject({ do: z.literal('block'), words: Text }) })
