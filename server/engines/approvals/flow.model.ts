import { type Decided, type Facts, holds } from '#contract'
import type { ApproveStep, Step } from './step.model.ts'
import type { FlowNode } from './contract.ts'

export type PlannedNode = Exclude<FlowNode, { kind: 'branch' }> & { because: Decided[] }

/** The nodes that this document goes through, in order; each knows the clauses that led to it. */
export function planned(nodes: readonly FlowNode[], facts: Facts, because: Decided[] = []): PlannedNode[] {
  return nodes.flatMap((node) => {
    if (node.kind !== 'branch') return [{ ...node, because }]
    const taken = branchTaken(node, facts)
    return planned(taken.nodes, facts, [...because, ...taken.because])
  })
}

/** The first branch whose condition holds; the clauses that kept the others out are why "otherwise" is taken. */
function branchTaken(
  node: Extract<FlowNode, { kind: 'branch' }>,
  facts: Facts,
): { nodes: FlowNode[]; because: Decided[] } {
  const failed: Decided[] = []
  for (const { when, nodes } of node.branches) {
    const verdict = holds(when, facts)
    if (verdict.holds) return { nodes, because: verdict.because }
    failed.push(...verdict.because)
  }
  return { nodes: node.otherwise, because: failed }
}

/** Several flows ask one after the other; who was asked the same already is not asked again, nor sent a second copy. */
export function withoutRepeats(steps: readonly Step[]): Step[] {
  const copied = new Set<string>()
  const kept: Step[] = []
  for (const step of steps) {
    if (step.kind === 'copy') {
      const to = step.to.filter((person) => !copied.has(person))
      to.forEach((person) => copied.add(person))
      if (to.length > 0) kept.push({ ...step, to })
      continue
    }
    const at = kept.findIndex((one) => one.kind === 'approve' && asksTheSame(one, step))
    const same = kept[at]
    if (same?.kind === 'approve') kept[at] = { ...same, flows: [...new Set([...same.flows, ...step.flows])] }
    else kept.push(step)
  }
  return kept
}

const asksTheSame = (one: ApproveStep, other: ApproveStep): boolean =>
  one.seats.length > 0 && samenessOf(one) === samenessOf(other)

/** How one person signs makes no difference; nor does the order of several, unless they sign in turn. */
function samenessOf({ sign, seats }: ApproveStep): string {
  const persons = seats.map((seat) => seat.person)
  if (persons.length === 1) return persons.join()
  return [sign, ...(sign === 'in_turn' ? persons : persons.sort())].join()
}
