import type { FieldIssue } from '#contract'
import type { z } from 'zod'
import type { Tx } from '#kernel/db'

/** One thing a rule can do: its own arguments, and what else must be so before a rule with it may be published. */
export type ActionKind<N extends string, A extends { do: N }> = {
  do: N
  schema: z.ZodType<A>
  /** What keeps it from working now; `rule` is the one it belongs to, `path` where it stands in it. */
  readyIssues?: (tx: Tx, rule: { document: string; event: string }, action: A, path: string) => Promise<FieldIssue[]>
}

export const actionKind = <const N extends string, A extends { do: N }>(kind: ActionKind<N, A>): ActionKind<N, A> =>
  kind
