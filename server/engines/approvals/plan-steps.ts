import type { Decided, Facts } from '#contract'
import type { Tx } from '#kernel/db'
import { kept } from '#server/engines/rules'
import type { Fields } from '#contract'
import { approversOf, type Asking, managersOf, peopleOf } from './approvers.ts'
import type { FlowNode } from './contract.ts'
import { planned, type PlannedNode, withoutRepeats } from './flow.model.ts'
import { type Limit, seatFor, type Step } from './step.model.ts'

/** The steps of these flows for this document, with the people they mean now: what an approval is opened with and keeps. */
export async function planSteps(
  tx: Tx,
  flows: readonly { key: string; nodes: FlowNode[] }[],
  asking: Asking,
  facts: Facts,
  fields: Fields,
): Promise<Step[]> {
  const steps: Step[] = []
  for (const { key, nodes } of flows)
    for (const node of planned(nodes, facts)) {
      const because = node.because.map((clause) => kept(fields, clause))
      steps.push(await stepOf(tx, key, node, because, asking))
    }
  return withoutRepeats(steps)
}

async function stepOf(tx: Tx, flow: string, node: PlannedNode, because: Decided[], asking: Asking): Promise<Step> {
  if (node.kind === 'copy') return { kind: 'copy', to: await peopleOf(tx, node.to, asking), because, startedAt: null }
  const approvers = await approversOf(tx, node.approvers, asking)
  return {
    kind: 'approve',
    flows: [flow],
    name: node.name,
    sign: node.sign,
    seats: approvers.map(seatFor),
    votes: [],
    limit: node.limit ? await limitOf(tx, node.limit, approvers, asking) : null,
    because,
    startedAt: null,
    remindedAt: null,
    escalatedAt: null,
    passedBy: null,
  }
}

type LimitNode = NonNullable<Extract<PlannedNode, { kind: 'approve' }>['limit']>

async function limitOf(
  tx: Tx,
  { hours, remindEveryHours, then, to }: LimitNode,
  approvers: string[],
  asking: Asking,
): Promise<Limit> {
  const escalateTo = to ? await approversOf(tx, to, asking) : await managersOf(tx, approvers, asking.openedBy)
  return { hours, remindEveryHours: remindEveryHours ?? null, then, escalateTo: then === 'escalate' ? escalateTo : [] }
}
