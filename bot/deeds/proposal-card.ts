import { newId } from '#kernel/ids'
import type { Lang } from '#contract'
import type { Caller } from '#kernel/caller'
import { ask } from '#kernel/perform'
import type { Card, CardButton, CardPart } from '../card.ts'
import type { Deed, Doubt, Proposal, Shown } from './deed.ts'
import { type Decision, decisionOn } from './deed-store.ts'
import { kindOf } from './kinds.ts'

const confirmMinutes = 15
const undoMinutes = 10
const minuteMs = 60_000

const words = {
  waits: { zh: '待确认', en: 'To confirm' },
  again: { zh: '请再核对', en: 'Check again' },
  check: { zh: '请核对', en: 'Please check' },
  nothingYet: {
    zh: `确认前不会写入任何数据，${confirmMinutes} 分钟内有效`,
    en: `Nothing is written before you confirm; valid for ${confirmMinutes} minutes`,
  },
  drop: { zh: '放弃', en: 'Discard' },
  allTheSame: { zh: '核对无误，', en: 'Checked: ' },
  dropped: { zh: '已放弃', en: 'Discarded' },
  nothing: { zh: '没有写入任何数据。', en: 'Nothing was written.' },
  lapsed: { zh: '已过期', en: 'Expired' },
  sayAgain: {
    zh: `超过 ${confirmMinutes} 分钟没有确认，没有写入任何数据。需要的话请再说一遍。`,
    en: `It was not confirmed within ${confirmMinutes} minutes; nothing was written. Say it again if you still want it.`,
  },
  undo: { zh: '撤销', en: 'Undo' },
  undoable: { zh: `${undoMinutes} 分钟内可以撤销`, en: `Can be undone within ${undoMinutes} minutes` },
  undone: { zh: '已撤销', en: 'Undone' },
} as const

/** A card that asks for the confirmation of a deed. */
export const propose = (caller: Caller, deed: Deed, lang: Lang): Promise<Card> => {
  const until = new Date(caller.at.getTime() + confirmMinutes * minuteMs).toISOString()
  return openCard(caller, { id: newId(), until, lang, asked: [], deed })
}

export const isLapsed = (proposal: Proposal, at: Date): boolean => at > new Date(proposal.until)
export const isUndoable = (decision: Decision, at: Date): boolean =>
  !decision.undoneAt && at.getTime() - decision.at.getTime() <= undoMinutes * minuteMs

/** What of its doubts nobody has been asked about yet. */
export async function openDoubts(caller: Caller, { deed, asked, lang }: Proposal): Promise<Doubt[]> {
  const doubts = await kindOf(deed).doubts(caller, deed, lang)
  return doubts.filter(({ code }) => !asked.includes(code))
}

/** A proposal as it stands now: open, lapsed, dropped, done or undone. */
export async function proposalCard(caller: Caller, proposal: Proposal): Promise<Card> {
  const { id, lang, deed } = proposal
  const decision = await ask(caller, (tx) => decisionOn(tx, caller.personId, id), undefined)
  if (!decision)
    return isLapsed(proposal, caller.at) ? endedCard(caller, proposal, 'lapsed') : openCard(caller, proposal)
  if (decision.how === 'dropped') return endedCard(caller, proposal, 'dropped')
  const shown = await kindOf(deed).done(caller, id, deed, lang)
  if (decision.undoneAt) return { colour: 'grey', ...shown, tag: words.undone[lang], buttons: [] }
  const canUndo = isUndoable(decision, caller.at)
  return {
    colour: 'green',
    ...shown,
    parts: [...shown.parts, ...(canUndo ? [note(words.undoable[lang])] : [])],
    buttons: canUndo ? [button('undo', words.undo[lang], 'plain', 'deeds.undo', proposal)] : [],
  }
}

async function openCard(caller: Caller, proposal: Proposal): Promise<Card> {
  const { deed, asked, lang } = proposal
  const kind = kindOf(deed)
  const [{ ways, amend, ...shown }, doubts] = await Promise.all([
    kind.show(caller, deed, lang),
    kind.doubts(caller, deed, lang),
  ])
  const isAskedAgain = doubts.length > 0 && doubts.every(({ code }) => asked.includes(code))
  return {
    colour: isAskedAgain ? 'red' : 'orange',
    tag: words[isAskedAgain ? 'again' : 'waits'][lang],
    ...shown,
    parts: [...doubtParts(doubts, lang), ...shown.parts, note(words.nothingYet[lang])],
    buttons: [
      ...ways.map((way) =>
        button(
          way.name,
          (isAskedAgain ? words.allTheSame[lang] : '') + way.label,
          isAskedAgain ? 'danger' : 'primary',
          'deeds.confirm',
          { ...proposal, deed: way.deed },
        ),
      ),
      ...(amend ? [button('amend', amend, 'plain', 'deeds.amend', proposal)] : []),
      button('drop', words.drop[lang], 'plain', 'deeds.drop', proposal),
    ],
  }
}

/** Nothing has come of it. */
async function endedCard(caller: Caller, { deed, lang }: Proposal, how: 'lapsed' | 'dropped'): Promise<Card> {
  const { title }: Shown = await kindOf(deed).show(caller, deed, lang)
  const text = words[how === 'lapsed' ? 'sayAgain' : 'nothing'][lang]
  return { colour: 'grey', title, tag: words[how][lang], parts: [{ kind: 'text', text }], buttons: [] }
}

const doubtParts = (doubts: readonly Doubt[], lang: Lang): CardPart[] =>
  doubts.length > 0 ? [{ kind: 'reason', rule: words.check[lang], clauses: doubts.map((doubt) => doubt.words) }] : []

const note = (text: string): CardPart => ({ kind: 'note', text })

const button = (
  name: string,
  label: string,
  look: CardButton['look'],
  act: string,
  proposal: Proposal,
): CardButton => ({ name, label, look, act, args: { ...proposal } })
