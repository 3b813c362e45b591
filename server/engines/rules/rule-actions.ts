import type { FieldIssue } from '#contract'
import type { z } from 'zod'
import type { Tx } from '#kernel/db'
import type { ActionKind } from './action-kinds/action-kind.ts'
import { block } from './action-kinds/block.ts'
import { notify } from './action-kinds/notify.ts'
import { requireApproval } from './action-kinds/require-approval.ts'
import { warn } from './action-kinds/warn.ts'

const kinds = [requireApproval, block, warn, notify]
/** What rules can do. */
export type RuleAction = z.output<(typeof kinds)[number]['schema']>

// Indexed by the action's own name, so that a kind is only ever given its own actions.
const kindOf = (name: string) => kinds.find((kind) => kind.do === name) as ActionKind<string, RuleAction> | undefined

/** Parses each action by its own kind's schema; what does not fit is said at its place in the rule. */
export function parseActions(sent: readonly { do: string }[]): { actions: RuleAction[]; issues: FieldIssue[] } {
  const actions: RuleAction[] = []
  const issues: FieldIssue[] = []
  for (const [i, action] of sent.entries()) {
    const parsed = kindOf(action.do)?.schema.safeParse(action)
    if (!parsed)
      issues.push({ field: `actions.${i}.do`, message: `没有动作 ${action.do} / there is no action ${action.do}` })
    else if (parsed.success) actions.push(parsed.data)
    else
      issues.push(
        ...parsed.error.issues.map(({ path, message }) => ({ field: ['actions', i, ...path].join('.'), message })),
      )
  }
  return { actions, issues }
}

/** What else keeps a rule's actions from working, looked up when it is published. */
export async function actionsReadyIssues(
  tx: Tx,
  rule: { document: string; event: string; actions: readonly RuleAction[] },
): Promise<FieldIssue[]> {
  const issues: FieldIssue[] = []
  for (const [i, action] of rule.actions.entries())
    issues.push(...((await kindOf(action.do)?.readyIssues?.(tx, rule, action, `actions.${i}`)) ?? []))
  return issues
}
