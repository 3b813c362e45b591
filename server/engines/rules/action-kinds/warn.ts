import { Text } from '#contract'
import { z } from 'zod'
import { actionKind } from './action-kind.ts'

/** Whoever makes the move is told, and may go on. */
export const warn = actionKind({ do: 'warn', schema: z.strictObject({ do: z.literal('warn'), words: Text }) })
