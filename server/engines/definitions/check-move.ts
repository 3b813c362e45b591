import type { FieldIssue } from '#contract'
import type { Tx } from '#kernel/db'
import { documentFor } from '#server/engines/forms'

/** What is defined stands in front of a move that the document has. */
export async function moveIssues(tx: Tx, document: string, move: string, field: string): Promise<FieldIssue[]> {
  const { moves = {} } = await documentFor(tx, document)
  return move in moves ? [] : [{ field, message: `单据没有动作 ${move} / the document has no move ${move}` }]
}
