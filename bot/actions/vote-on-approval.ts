import { z } from 'zod'
import { type Lang, say } from '#contract'
import type { Choice, FactChange, VoteAnswer } from '#contract/engines/approvals'
import type { Caller } from '#kernel/caller'
import { ask, perform } from '#kernel/perform'
import { approvalsActions } from '#server/engines/approvals'
import { approvalCard } from '../cards/approval-card.ts'
import type { PressAnswer } from '../platforms/platform.ts'
import type { Act } from '../press.ts'

const Args = z.object({
  approvalId: z.string(),
  step: z.number(),
  choice: z.enum(['approve', 'reject', 'return']),
  factsVersion: z.number(),
})

/** 同意, 拒绝 or 退回 on a card: the same action as on the page; the card that comes back is the truth of this moment. */
export const voteOnApproval: Act = {
  run: async (caller, given, { form }) => {
    const { approvalId: id, step, choice, factsVersion } = Args.parse(given)
    const comment = (form['comment'] ?? '').slice(0, 500)
    const decision = { id, step, factsVersion, comment }
    const answer =
      choice === 'return'
        ? await perform(caller, approvalsActions.returnToOpener, decision, 'approvals.returnToOpener')
        : await perform(caller, approvalsActions.vote, { ...decision, choice }, 'approvals.vote')
    return { toast: toastFor(answer, choice, caller.lang), card: approvalCard(answer.approval, caller.lang) }
  },
  cardNow: async (caller: Caller, given) => {
    const { approvalId: id } = Args.parse(given)
    return approvalCard(await ask(caller, approvalsActions.approval, { id }), caller.lang)
  },
}

const said = {
  approve: { zh: '已同意', en: 'Approved' },
  reject: { zh: '已拒绝', en: 'Rejected' },
  return: { zh: '已退回', en: 'Returned' },
  waiting: { zh: '，还在等其他人', en: '; others are still waited for' },
  repeated: { zh: '你已经处理过了', en: 'You had decided already' },
  notNeeded: {
    zh: '情况已变化，不再需要审批，已自动通过',
    en: 'Things have changed: no approval is needed any more; it went through',
  },
  changed: {
    zh: '情况有变化，请看过新数据再决定',
    en: 'Things have changed; look at the new figures and decide again',
  },
}

function toastFor({ outcome, changes }: VoteAnswer, choice: Choice, lang: Lang): PressAnswer['toast'] {
  switch (outcome) {
    case 'settled':
      return { look: 'success', text: said[choice][lang] }
    case 'counted':
      return { look: 'success', text: said[choice][lang] + said.waiting[lang] }
    case 'repeated':
      return { look: 'info', text: said.repeated[lang] }
    case 'no_longer_needed':
      return {
        look: 'success',
        text: [said.notNeeded[lang], ...changes.map((change) => sayChange(change, lang))].join('：'),
      }
    case 'facts_changed':
      return {
        look: 'info',
        text: [said.changed[lang], ...changes.map((change) => sayChange(change, lang))].join('：'),
      }
  }
}

const sayChange = (change: FactChange, lang: Lang): string => {
  const now = change.now?.map((clause) => say(clause, lang)).join('，')
  return `${say(change.name, lang)} ${now ?? (lang === 'en' ? 'no longer applies' : '不再触发')}`
}
