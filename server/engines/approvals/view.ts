import type { Document, View } from '#contract'
import { type Caller, canRead } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { shownValue } from '#server/engines/forms'
import { showReasons } from '#server/engines/rules'
import type { Approval } from './approval.model.ts'
import type { ApprovalRow, ApprovalView } from './contract.ts'
import { stepView } from './step-view.ts'
import { subjectOf } from './subjects.ts'
import { canOf, waitedFor } from './task.model.ts'
import { type Viewing, viewingOf } from './viewing.ts'
import { stateWords } from './words.ts'

/** An approval for one viewer: what is asked, why, who decides, and what he may do about it. */
export async function approvalView(tx: Tx, caller: Caller, approval: Approval): Promise<ApprovalView> {
  const viewing = await viewingOf(tx, caller, [approval])
  const subject = subjectOf(approval.document)
  const mayRead = await subject.mayRead(tx, caller, approval.documentId)
  const about = aboutView(approval, viewing(approval))
  return {
    ...about,
    version: approval.version,
    can: mayRead ? [...about.can, 'read_document'] : about.can,
    step: approval.step,
    steps: approval.steps.map((step, i) => stepView(approval, step, i, viewing(approval))),
    background:
      mayRead && approval.state === 'open' ? ((await subject.background?.(tx, caller, approval.documentId)) ?? []) : [],
  }
}

/** The same for a list: names are looked up once for all of them. */
export async function approvalRows(tx: Tx, caller: Caller, approvals: readonly Approval[]): Promise<ApprovalRow[]> {
  const viewing = await viewingOf(tx, caller, approvals)
  return approvals.map((approval) => aboutView(approval, viewing(approval)))
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
    mine: mine
      ? { step: mine.step, insteadOf: mine.insteadOf ? person(mine.insteadOf) : null, dueAt: mine.dueAt }
      : null,
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
