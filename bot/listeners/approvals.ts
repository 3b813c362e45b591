import { say } from '#contract'
import type {
  ApprovalChanged,
  ApprovalReminded,
  ApprovalSettled,
  ApprovalStepStarted,
  RuleNotice,
} from '#facts/engines/approvals'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { type Listener, reaction } from '#kernel/events'
import { approvalsActions } from '#server/engines/approvals'
import { documentFor } from '#server/engines/forms'
import { approvalCard } from '../cards/approval-card.ts'
import { deliverCard, refreshCopies } from '../deliver.ts'
import { lockSubject } from '../outbox-store.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader, unlessRefused } from '../reader.ts'

/** Approvals in the chat: those who are asked get a card, and every copy of it follows what happens. */
export const approvalListeners = (platforms: Platform[]): Listener[] => [
  reaction<ApprovalStepStarted>('bot.ask-approvers', 'approvals.step-started', (tx, caller, { body }, { eventId }) => {
    const people = body.to.map((asked) => asked.personId)
    return sendApproval(tx, caller, platforms, { id: body.approvalId, eventId, isCopy: body.kind === 'copy' }, people)
  }),
  reaction<ApprovalReminded>('bot.remind-approvers', 'approvals.reminded', (tx, caller, { body }, { eventId }) =>
    sendApproval(tx, caller, platforms, { id: body.approvalId, eventId, isCopy: false }, body.to),
  ),
  reaction<ApprovalChanged>('bot.refresh-approval', 'approvals.changed', (tx, caller, { body }) =>
    refreshApproval(tx, caller, platforms, body.approvalId),
  ),
  reaction<ApprovalSettled>('bot.settle-approval', 'approvals.settled', (tx, caller, { body }) =>
    refreshApproval(tx, caller, platforms, body.approvalId),
  ),
  reaction<RuleNotice>('bot.tell-of-rule', 'approvals.rule-notice', (tx, caller, { body }, { eventId }) =>
    tellOfRule(tx, caller, platforms, body, eventId),
  ),
]

const aboutApproval = (id: string) => ({ subject: 'approval', subjectId: id })

/** Writes the card to each of them. Those who are asked to decide get none when it no longer waits for them. */
async function sendApproval(
  tx: Tx,
  caller: Caller,
  platforms: Platform[],
  { id, eventId, isCopy }: { id: string; eventId: string; isCopy: boolean },
  people: readonly string[],
): Promise<void> {
  // Whoever decides meanwhile has the copies redrawn after this, and so finds these among them.
  await lockSubject(tx, aboutApproval(id))
  for (const personId of people) {
    const asked = await reader(tx, personId, caller.at)
    if (!asked) continue
    const approval = await unlessRefused(approvalsActions.approval(tx, asked, { id }))
    if (!approval || (!approval.mine && !isCopy)) continue
    const copy = { ...aboutApproval(id), personId, key: `${eventId}:${personId}` }
    await deliverCard(tx, caller, platforms, copy, approvalCard(approval, asked.lang))
  }
}

const refreshApproval = (tx: Tx, caller: Caller, platforms: Platform[], id: string): Promise<void> =>
  refreshCopies(tx, caller, platforms, aboutApproval(id), async (holder) => {
    const approval = await approvalsActions.approval(tx, holder, { id })
    return { card: approvalCard(approval, holder.lang), isFinal: approval.state !== 'open' }
  })

async function tellOfRule(
  tx: Tx,
  caller: Caller,
  platforms: Platform[],
  notice: RuleNotice['body'],
  eventId: string,
): Promise<void> {
  const document = await documentFor(tx, notice.document)
  for (const personId of notice.to) {
    const told = await reader(tx, personId, caller.at)
    if (!told) continue
    const copy = { subject: 'rule', subjectId: notice.documentId, personId, key: `${eventId}:${personId}` }
    await deliverCard(tx, caller, platforms, copy, {
      colour: 'blue',
      title: `${say(document.label, told.lang)} ${notice.documentNumber}`,
      parts: [{ kind: 'reason', rule: say(notice.rule, told.lang), clauses: [say(notice.words, told.lang)] }],
      buttons: [],
      link: {
        label: told.lang === 'en' ? 'Open' : '查看单据',
        path: document.page.replace(':id', notice.documentId),
      },
    })
  }
}
