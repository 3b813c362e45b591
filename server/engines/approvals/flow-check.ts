import type { FieldIssue, Fields } from '#contract'
import type { Tx } from '#kernel/db'
import { type ApproverSpec, conditionIssues } from '#server/engines/rules'
import { directory } from './directory.ts'
import type { FlowNode } from './contract.ts'

/** What keeps these nodes from working: fields that do not exist, approvers that nobody is. */
export async function nodeIssues(
  tx: Tx,
  nodes: readonly FlowNode[],
  fields: Fields,
  path: string,
): Promise<FieldIssue[]> {
  const issues: FieldIssue[] = []
  for (const [i, node] of nodes.entries()) issues.push(...(await issuesOf(tx, node, fields, `${path}.${i}`)))
  return issues
}

async function issuesOf(tx: Tx, node: FlowNode, fields: Fields, path: string): Promise<FieldIssue[]> {
  switch (node.kind) {
    case 'approve':
      return [
        ...(await specIssues(tx, node.approvers, `${path}.approvers`)),
        ...(await specIssues(tx, node.limit?.to ?? [], `${path}.limit.to`)),
      ]
    case 'copy':
      return specIssues(tx, node.to, `${path}.to`)
    case 'branch': {
      const issues = await nodeIssues(tx, node.otherwise, fields, `${path}.otherwise`)
      for (const [i, { when, nodes }] of node.branches.entries()) {
        issues.push(...conditionIssues(when, fields, `${path}.branches.${i}.when`))
        issues.push(...(await nodeIssues(tx, nodes, fields, `${path}.branches.${i}.nodes`)))
      }
      return issues
    }
  }
}

/** A manager is found only when it runs; a person and a role must be there when the flow is written. */
async function specIssues(tx: Tx, specs: readonly ApproverSpec[], path: string): Promise<FieldIssue[]> {
  const issues: FieldIssue[] = []
  for (const [i, spec] of specs.entries()) {
    if ('person' in spec && !(await directory().person(tx, spec.person))?.active)
      issues.push({
        field: `${path}.${i}.person`,
        message: '没有这个人，或已离职 / there is no such person, or he has left',
      })
    if ('role' in spec && (await directory().holdersOf(tx, spec.role)).length === 0)
      issues.push({
        field: `${path}.${i}.role`,
        message: `没有人担任角色 ${spec.role} / nobody holds the role ${spec.role}`,
      })
  }
  return issues
}
