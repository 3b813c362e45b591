import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { publish } from '#kernel/events'
import type { Fired } from '#server/engines/rules'
import { peopleOf } from './approvers.ts'
import type { RuleNotice } from './facts.ts'

/** Tells those whom rules that fired want to know of it. */
export async function tellFired(
  tx: Tx,
  caller: Caller,
  asked: { document: string; documentId: string; documentNumber: string; ownerId: string; fired: readonly Fired[] },
): Promise<void> {
  const { document, documentId, documentNumber, ownerId, fired } = asked
  const notices: RuleNotice[] = []
  for (const rule of fired)
    for (const action of rule.actions) {
      if (action.do !== 'notify') continue
      const to = await peopleOf(tx, action.to, { ownerId, openedBy: caller.personId })
      if (to.length > 0)
        notices.push({
          name: 'approvals.rule-notice',
          body: { document, documentId, documentNumber, rule: rule.name, words: action.words, to },
        })
    }
  await publish(tx, caller, notices)
}
