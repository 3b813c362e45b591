import type { Document, Fields } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { documentFor } from '#server/engines/forms'
import { factFieldsOf } from '#server/engines/rules'
import type { Approval } from './approval.model.ts'
import { directory } from './directory.ts'
import { decidersOf } from './step.model.ts'
import { somebody } from './words.ts'

/** What it takes to show an approval to somebody. */
export type Viewing = {
  caller: Caller
  document: Document
  fields: Fields
  person: (id: string) => { id: string; name: string }
}

/** The same for several approvals: names and documents are looked up once. */
export async function viewingOf(
  tx: Tx,
  caller: Caller,
  approvals: readonly Approval[],
): Promise<(approval: Approval) => Viewing> {
  const names = await directory().namesOf(tx, [...new Set(approvals.flatMap(peopleIn))])
  const person = (id: string) => ({
    id,
    name: names.get(id) ?? (caller.lang === 'en' ? (somebody.en ?? somebody.zh) : somebody.zh),
  })
  const documents = new Map<string, Viewing>()
  for (const name of new Set(approvals.map(({ document }) => document)))
    documents.set(name, { caller, person, document: await documentFor(tx, name), fields: await factFieldsOf(tx, name) })
  return ({ document }) => {
    const viewing = documents.get(document)
    if (!viewing) throw new Error(`${document} is not among the documents of these approvals.`)
    return viewing
  }
}

function peopleIn({ openedBy, settled, steps }: Approval): string[] {
  const inSteps = steps.flatMap((step) =>
    step.kind === 'copy'
      ? step.to
      : [
          ...step.votes.map((vote) => vote.by),
          ...step.seats.flatMap((seat) => decidersOf(seat).map((decider) => decider.person)),
        ],
  )
  return [openedBy, ...(settled ? [settled.by] : []), ...inSteps]
}
