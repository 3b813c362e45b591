import type { Document, Fields, View } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { documentFor, shownValue } from '#server/engines/forms'
import { factFieldsOf, showReasons } from '#server/engines/rules'
import type { Approval } from './approval.model.ts'
import type { ApprovalRow, ApprovalView } from './contract.ts'
import { directory } from './directory.ts'
import { decidersOf } from './step.model.ts'
import { stepView } from './step-view.ts'
import { subjectOf } from './subjects.ts'
import { canOf, waitedFor } from './task.model.ts'
import { somebody, stateWords } from './words.ts'

/** What it takes to show an approval to somebody. */
export type Viewing = {
  caller: Caller
  document: Document
  fields: Fields
  person: (id: string) => { id: string; name: string }
}

/** An approval for one viewer: what is asked, why, who decides, and what he may do about it. */
export async function approvalView(tx: Tx, caller: Caller, approval: Approval): Promise<ApprovalView> {
  const viewing = await viewingOf(tx, caller, [approval])
  const mayRead = await subjectOf(approval.document).mayRead(tx, caller, approval.documentId)
  const about = aboutView(approval, viewing(approval))
  return {
    ...about,
    version: approval.version,
    can: mayRead ? [...about.can, 'read_document'] : about.can,
    step: approval.step,
    steps: approval.steps.map((step, i) => stepView(approval, step, i, viewing(approval))),
  }
}

/** The same for a list: names are looked up once for all of them. */
export async function approvalRows(tx: Tx, caller: Caller, approvals: readonly Approval[]): Promise<ApprovalRow[]> {
  const viewing = await viewingOf(tx, caller, approvals)
  return approvals.map((approval) => aboutView(approval, viewing(approval)))
}

async function viewingOf(tx: Tx, caller: Caller, approvals: readonly Approval[]): Promise<(approval: Approval) => Viewing> {
  const names = await directory().namesOf(tx, [...new Set(approvals.flatMap(peopleIn))])
  const person = (id: string) => ({ id, name: names.get(id) ?? (caller.lang === 'en' ? (somebody.en ?? somebody.zh) : somebody.zh) })
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
      : [...step.votes.map((vote) => vote.by), ...step.seats.flatMap((seat) => decidersOf(seat).map((decider) => decider.person))],
  )
  return [openedBy, ...(settled ? [settled.by] : []), ...inSteps]
}

function aboutView(approval: Approval, viewing: Viewing): ApprovalRow {
  const { caller, document, fields, person } = viewing
  const { id, documentId, documentNumber, move, state, settled, openedBy, openedAt, factsVersion } = approval
  const mine = waitedFor(approval).find((task) => task.assigneeId === caller.personId)
  return {
    id,
    document: document.name,
    documentLabel: document.label,
    documentId,
    documentNumber,
    link: document.page.replace(':id', documentId),
    move,
    moveLabel: document.moves?.[move]?.label ?? { zh: move },
    state,
    stateLabel: stateWords[state],
    openedBy: person(openedBy),
    openedAt,
    settledBy: settled && person(settled.by),
    settledAt: settled?.at ?? null,
    settledHow: settled?.how ?? null,
    summary: summaryFor(approval, viewing),
    reasons: showReasons(caller, fields, approval.facts),
    factsVersion,
    mine: mine ? { step: mine.step, insteadOf: mine.insteadOf ? person(mine.insteadOf) : null, dueAt: mine.dueAt } : null,
    can: canOf(approval, caller.personId),
  }
}

function summaryFor({ summary: { values, names } }: Approval, { caller, document }: Viewing): ApprovalRow['summary'] {
  const english = caller.lang === 'en'
  // Kept from a view of this document: the fields of its summary, under their own keys or among the company's own.
  const seen = { ...values, names, custom: values } as unknown as View<Document>
  return document.summary.flatMap((key) => {
    const field = document.fields[key]
    if (!field || !(key in values) || !canRead(caller, field.group)) return []
    const label = english ? (field.label.en ?? field.label.zh) : field.label.zh
    return [{ key, label, value: shownValue(document, seen, key, field, caller.lang) }]
  })
}
