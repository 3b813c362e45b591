import { Refusal, say } from '#contract'
import type {
  ApprovalChanged,
  ApprovalReminded,
  ApprovalSettled,
  ApprovalStepStarted,
  RuleNotice,
} from '#facts/engines/approvals'
import { type Caller, systemCaller } from '#kernel/caller'
import { errand, type Listener } from '#kernel/events'
import { ask } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import { documentFor } from '#server/engines/forms'
import { callerOf } from '#server/modules/org'
import { approvalCard } from '../cards/approval-card.ts'
import { deliverCard, refreshCopies } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'

/** Approvals in the chat: those who are asked get a card, and every copy of it follows what happens. */
export const approvalListeners = (platforms: Platform[]): Listener[] => [
  errand<ApprovalStepStarted>('bot.ask-approvers', 'approvals.step-started', async (_, { body }, { eventId }) => {
    for (const { personId } of body.to) await sendApproval(platforms, body.approvalId, personId, eventId)
  }),
  errand<ApprovalReminded>('bot.remind-approvers', 'approvals.reminded', async (_, { body }, { eventId }) => {
    for (const personId of body.to) await sendApproval(platforms, body.approvalId, personId, eventId)
  }),
  errand<ApprovalChanged>('bot.refresh-approval', 'approvals.changed', (_, { body }) =>
    refreshApproval(platforms, body.approvalId),
  ),
  errand<ApprovalSettled>('bot.settle-approval', 'approvals.settled', (_, { body }) =>
    refreshApproval(platforms, body.approvalId),
  ),
  errand<RuleNotice>('bot.tell-of-rule', 'approvals.rule-notice', (_, { body }, { eventId }) =>
    tellOfRule(platforms, body, eventId),
  ),
]

async function sendApproval(
  platforms: Platform[],
  approvalId: string,
  personId: string,
  eventId: string,
): Promise<void> {
  const caller = await reader(personId)
  if (!caller) return
  const approval = await ask(caller, approvalsActions.approval, { id: approvalId })
  await deliverCard(
    platforms,
    personId,
    { subject: 'approval', subjectId: approvalId },
    `${eventId}:${personId}`,
    approvalCard(approval, caller.lang),
  )
}

const refreshApproval = (platforms: Platform[], approvalId: string): Promise<void> =>
  refreshCopies(platforms, { subject: 'approval', subjectId: approvalId }, async (caller) => {
    const approval = await ask(caller, approvalsActions.approval, { id: approvalId })
    return { card: approvalCard(approval, caller.lang), isFinal: approval.state !== 'open' }
  })

async function tellOfRule(platforms: Platform[], notice: RuleNotice['body'], eventId: string): Promise<void> {
  const document = await ask(systemCaller(new Date()), (tx) => documentFor(tx, notice.document), undefined)
  for (const personId of notice.to) {
    const caller = await reader(personId)
    if (!caller) continue
    await deliverCard(
      platforms,
      personId,
      { subject: 'rule', subjectId: notice.documentId },
      `${eventId}:${personId}`,
      {
        colour: 'blue',
        title: `${say(document.label, caller.lang)} ${notice.documentNumber}`,
        parts: [{ kind: 'reason', rule: say(notice.rule, caller.lang), clauses: [say(notice.words, caller.lang)] }],
        buttons: [],
        link: {
          label: caller.lang === 'en' ? 'Open' : '查看单据',
          path: document.page.replace(':id', notice.documentId),
        },
      },
    )
  }
}

/** The person as a reader of cards; nobody when he has left meanwhile. */
export async function reader(personId: string): Promise<Caller | undefined> {
  const at = new Date()
  try {
    return await ask(systemCaller(at), (tx) => callerOf(tx, personId, { via: 'job', at }), undefined)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
