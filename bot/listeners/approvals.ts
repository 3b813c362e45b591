import { say } from '#contract'
import type { ApprovalView } from '#contract/engines/approvals'
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
import { approvalCard } from '../cards/approval-card.ts'
import { deliverCard, eachOf, refreshCopies } from '../deliver.ts'
import type { Platform } from '../platforms/platform.ts'
import { reader } from '../reader.ts'

/** Approvals in the chat: those who are asked get a card, and every copy of it follows what happens. */
export const approvalListeners = (platforms: Platform[]): Listener[] => [
  errand<ApprovalStepStarted>('bot.ask-approvers', 'approvals.step-started', async (_, { body }, { eventId }) => {
    const people = body.to.map((asked) => asked.personId)
    await sendApproval(platforms, body.approvalId, people, eventId, body.kind === 'copy')
  }),
  errand<ApprovalReminded>('bot.remind-approvers', 'approvals.reminded', (_, { body }, { eventId }) =>
    sendApproval(platforms, body.approvalId, body.to, eventId, false),
  ),
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

/** Sends the card to each of them. Those who are asked to decide get none when it no longer waits for them. */
async function sendApproval(
  platforms: Platform[],
  id: string,
  people: readonly string[],
  eventId: string,
  isCopy: boolean,
): Promise<void> {
  const drawn: ApprovalView[] = []
  await eachOf(people, async (personId) => {
    const caller = await reader(personId)
    if (!caller) return
    const approval = await readApproval(caller, id)
    if (!approval.mine && !isCopy) return
    drawn.push(approval)
    const about = { subject: 'approval', subjectId: id }
    await deliverCard(platforms, personId, about, `${eventId}:${personId}`, approvalCard(approval, caller.lang))
  })
  // Somebody may have decided while a card was on its way: it was drawn before, and was not there yet to be redrawn.
  const now = await readApproval(systemCaller(new Date()), id)
  if (drawn.some((approval) => approval.version !== now.version)) await refreshApproval(platforms, id)
}

const readApproval = (caller: Caller, id: string): Promise<ApprovalView> =>
  ask(caller, approvalsActions.approval, { id })

const refreshApproval = (platforms: Platform[], id: string): Promise<void> =>
  refreshCopies(platforms, { subject: 'approval', subjectId: id }, async (caller) => {
    const approval = await readApproval(caller, id)
    return { card: approvalCard(approval, caller.lang), isFinal: approval.state !== 'open' }
  })

async function tellOfRule(platforms: Platform[], notice: RuleNotice['body'], eventId: string): Promise<void> {
  const document = await ask(systemCaller(new Date()), (tx) => documentFor(tx, notice.document), undefined)
  await eachOf(notice.to, async (personId) => {
    const caller = await reader(personId)
    if (!caller) return
    const about = { subject: 'rule', subjectId: notice.documentId }
    await deliverCard(platforms, personId, about, `${eventId}:${personId}`, {
      colour: 'blue',
      title: `${say(document.label, caller.lang)} ${notice.documentNumber}`,
      parts: [{ kind: 'reason', rule: say(notice.rule, caller.lang), clauses: [say(notice.words, caller.lang)] }],
      buttons: [],
      link: {
        label: caller.lang === 'en' ? 'Open' : '查看单据',
        path: document.page.replace(':id', notice.documentId),
      },
    })
  })
}
