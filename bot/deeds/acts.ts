import { Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import { type Action, ask, perform } from '#kernel/perform'
import type { Act, Acts } from '../press.ts'
import { Proposal } from './deed.ts'
import { decisionKey, decisionOn, decisions, undoKey } from './deed-store.ts'
import { kindOf } from './kinds.ts'
import { isLapsed, isUndoable, openDoubts, proposalCard } from './proposal-card.ts'

const toasts = {
  done: { zh: '已办好', en: 'Done' },
  amended: { zh: '草稿已保存，可以打开修改', en: 'The draft is saved; open it to change it' },
  dropped: { zh: '已放弃，没有写入任何数据', en: 'Discarded; nothing was written' },
  undone: { zh: '已撤销', en: 'Undone' },
  again: { zh: '有不寻常的地方，请再核对一次', en: 'Something is unusual; please check again' },
  lapsed: { zh: '超过时间没有确认，请再说一遍', en: 'It was not confirmed in time; say it again' },
  tooLate: { zh: '已过可以撤销的时间，请在应用里处理', en: 'It can no longer be undone here; do it in the app' },
} as const
type Told = keyof typeof toasts

const looks: Partial<Record<Told, 'info' | 'error'>> = { again: 'info', lapsed: 'error', tooLate: 'error' }

const answer = async (caller: Caller, proposal: Proposal, told: Told) => ({
  toast: { look: looks[told] ?? ('success' as const), text: toasts[told][proposal.lang] },
  card: await proposalCard(caller, proposal),
})

type Press = (caller: Caller, proposal: Proposal) => ReturnType<typeof answer>

const act = (press: Press): Act => ({
  run: (caller, given) => press({ ...caller, key: undefined }, Proposal.parse(given)),
  cardNow: (caller, given) => proposalCard(caller, Proposal.parse(given)),
})

/**
 * Decides a proposal, unless that was done before: the decision's own key is the idempotency key, so that it is decided once, whoever presses
 * what in whichever order. Answers how it was decided.
 */
async function decide(caller: Caller, proposal: Proposal, how: keyof typeof decisions, deed: Action<void, void>) {
  try {
    await perform({ ...caller, key: decisionKey(proposal.id) }, deed, undefined, decisions[how])
    return how
  } catch (error) {
    const before = await ask(caller, (tx) => decisionOn(tx, caller.personId, proposal.id), undefined)
    if (before && error instanceof Refusal && error.code === 'key_reused') return before.how
    throw error
  }
}

const confirm: Press = async (caller, proposal) => {
  const { id, deed } = proposal
  const decided = await ask(caller, (tx) => decisionOn(tx, caller.personId, id), undefined)
  if (decided) return answer(caller, proposal, decided.undoneAt ? 'undone' : decided.how)
  if (isLapsed(proposal, caller.at)) return answer(caller, proposal, 'lapsed')
  const doubts = await openDoubts(caller, proposal)
  if (doubts.length > 0) {
    const asked = [...proposal.asked, ...doubts.map(({ code }) => code)]
    return answer(caller, { ...proposal, asked }, 'again')
  }
  const how = await decide(caller, proposal, 'done', (tx, who) => kindOf(deed).carryOut(tx, who, id, deed))
  return answer(caller, proposal, how)
}

const amend: Press = async (caller, proposal) => {
  const { id, deed } = proposal
  const how = await decide(caller, proposal, 'amended', async (tx, who) => kindOf(deed).amend?.(tx, who, id, deed))
  return answer(caller, proposal, how)
}

const drop: Press = async (caller, proposal) =>
  answer(caller, proposal, await decide(caller, proposal, 'dropped', async () => {}))

const undo: Press = async (caller, proposal) => {
  const { id, deed } = proposal
  const decision = await ask(caller, (tx) => decisionOn(tx, caller.personId, id), undefined)
  if (decision?.undoneAt) return answer(caller, proposal, 'undone')
  if (!decision || !isUndoable(decision, caller.at)) return answer(caller, proposal, 'tooLate')
  const undoing: Action<void, void> = (tx, who) => kindOf(deed).undo(tx, who, id, deed)
  await perform({ ...caller, key: undoKey(id) }, undoing, undefined, 'deeds.undo')
  return answer(caller, proposal, 'undone')
}

/** What can be pressed on the card of a proposal. */
export const deedActs: Acts = {
  'deeds.confirm': act(confirm),
  'deeds.amend': act(amend),
  'deeds.drop': act(drop),
  'deeds.undo': act(undo),
}

/** Drops a proposal that nobody has decided yet; false where somebody has. */
export async function dropProposal(caller: Caller, id: string): Promise<boolean> {
  const decided = await ask(caller, (tx) => decisionOn(tx, caller.personId, id), undefined)
  if (decided) return false
  await perform({ ...caller, key: decisionKey(id) }, async () => {}, undefined, decisions.dropped)
  return true
}
