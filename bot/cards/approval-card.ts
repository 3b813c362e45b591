import { fill, type Lang, say, type Text } from '#contract'
import type { ApprovalView, Background } from '#contract/engines/approvals'
import type { Card, CardButton, CardPart } from '../card.ts'
import { moment } from './moment.ts'

const words = {
  opened: { zh: '{by}提交 · {at}', en: 'From {by} · {at}' },
  yours: { zh: '待你审批', en: 'Your decision' },
  open: { zh: '审批中', en: 'Waiting' },
  comment: { zh: '审批意见（拒绝、退回时必填）', en: 'Comment (needed to reject or return)' },
  details: { zh: '查看详情', en: 'Open' },
  waitsFor: { zh: '正在等 {who}', en: 'Waits for {who}' },
  instead: { zh: '你代{who}处理', en: 'You decide for {who}' },
  due: { zh: '请在 {at} 前处理', en: 'Please decide before {at}' },
  hidden: { zh: '含你无权查看的数据', en: 'Figures you may not see' },
  settled: { zh: '{at} 由{by}处理', en: 'By {by} at {at}' },
  system: { zh: '系统', en: 'the system' },
  notNeeded: {
    zh: '情况已变化，不再需要审批，已自动通过。',
    en: 'Things have changed: no approval is needed any more, so it went through.',
  },
  more: { zh: '另有 {count} 行', en: 'and {count} more lines' },
} satisfies Record<string, Text>

const colours = { open: 'orange', approved: 'green', rejected: 'red', withdrawn: 'grey', returned: 'grey' } as const

/** An approval for one viewer: what is asked, why it came, what it rests on, who decides; with buttons only while it waits for him. */
export function approvalCard(approval: ApprovalView, lang: Lang): Card {
  const { mine, state } = approval
  const isOpen = state === 'open'
  return {
    colour: isOpen && !mine ? 'blue' : colours[state],
    title: `${say(approval.documentLabel, lang)} ${approval.documentNumber}`,
    subtitle: sayWith(words.opened, lang, { by: approval.openedBy.name, at: moment(approval.openedAt) }),
    tag: isOpen ? words[mine ? 'yours' : 'open'][lang] : say(approval.stateLabel, lang),
    parts: [
      ...(approval.settledHow === 'not_needed' ? [{ kind: 'text' as const, text: words.notNeeded[lang] }] : []),
      ...summary(approval),
      ...reasons(approval, lang),
      ...approval.background.flatMap((one) => backgroundParts(one, lang)),
      ...votes(approval, lang),
      ...smallPrint(approval, lang),
    ],
    input: mine ? { name: 'comment', placeholder: words.comment[lang], maxLength: 500 } : undefined,
    buttons: mine ? decisionButtons(approval, mine.step, lang) : [],
    link: { label: words.details[lang], path: `/approvals/${approval.id}` },
  }
}

/** Fields without a value say nothing, and where it stands is in the tag. */
function summary(approval: ApprovalView): CardPart[] {
  const facts = approval.summary.filter(({ key, value }) => key !== 'state' && value !== '' && value !== '—')
  return facts.length > 0
    ? [{ kind: 'facts', boxed: true, facts: facts.map(({ label, value }) => ({ label, value })) }]
    : []
}

const reasons = (approval: ApprovalView, lang: Lang): CardPart[] =>
  approval.reasons.map((reason) => ({
    kind: 'reason',
    rule: say(reason.name, lang),
    clauses: reason.clauses.map((clause) => (clause.hidden ? words.hidden[lang] : say(clause.words, lang))),
  }))

const linked = ({ text, page }: { text: string; page: string | null }) => (page ? { text, path: page } : { text })

/** A card is read in seconds, so that what it rests on stands in lines, without headings of their own. */
function backgroundParts(background: Background, lang: Lang): CardPart[] {
  switch (background.kind) {
    case 'figures': {
      const facts = background.figures.map((one) => ({ label: say(one.label, lang), value: [linked(one)] }))
      return [{ kind: 'facts', facts }]
    }
    case 'notes': {
      const notes = background.notes.map((note) => say(note, lang)).join(lang === 'en' ? '; ' : '；')
      return [{ kind: 'text', text: `${say(background.title, lang)}${lang === 'en' ? ': ' : '：'}${notes}` }]
    }
    case 'table':
      return [
        ...background.rows.map(([first = [], ...others]): CardPart => ({
          kind: 'entry',
          title: first.map(linked),
          facts: others.map((cell, i) => ({ label: labelOf(background, i + 1, lang), value: cell.map(linked) })),
        })),
        ...(background.more > 0
          ? [{ kind: 'note' as const, text: sayWith(words.more, lang, { count: background.more }) }]
          : []),
      ]
  }
}

function labelOf({ columns }: Extract<Background, { kind: 'table' }>, i: number, lang: Lang): string {
  const column = columns[i]
  return column ? say(column, lang) : ''
}

function votes(approval: ApprovalView, lang: Lang): CardPart[] {
  const facts = approval.steps.flatMap((step) =>
    step.votes.map((vote) => ({
      label: say(step.name, lang),
      value: `${vote.by.name} ${choiceWord(vote.choice, lang)} ${moment(vote.at)}${vote.comment ? `：${vote.comment}` : ''}`,
    })),
  )
  return facts.length > 0 ? [{ kind: 'facts', facts }] : []
}

function smallPrint(approval: ApprovalView, lang: Lang): CardPart[] {
  const { mine, settledAt, settledBy } = approval
  const by = settledBy?.name ?? words.system[lang]
  const notes = [
    approval.state === 'open' && sayWith(words.waitsFor, lang, { who: waitedFor(approval).join('、') }),
    mine?.insteadOf && sayWith(words.instead, lang, { who: mine.insteadOf.name }),
    mine?.dueAt && sayWith(words.due, lang, { at: moment(mine.dueAt) }),
    settledAt && sayWith(words.settled, lang, { at: moment(settledAt), by }),
  ].filter(Boolean)
  return notes.length > 0 ? [{ kind: 'note', text: notes.join(' · ') }] : []
}

function waitedFor({ steps }: ApprovalView): string[] {
  const names = steps
    .filter((step) => step.state === 'current')
    .flatMap((step) => step.seats.filter((seat) => seat.state === 'waiting'))
    .flatMap((seat) => [seat.person, ...seat.standIns].map((person) => person.name))
  return [...new Set(names)]
}

const choices = [
  { choice: 'approve', look: 'primary', label: { zh: '同意', en: 'Approve' } },
  { choice: 'reject', look: 'danger', label: { zh: '拒绝', en: 'Reject' } },
  { choice: 'return', look: 'plain', label: { zh: '退回', en: 'Return' } },
] as const

const decisionButtons = ({ id, factsVersion, can }: ApprovalView, step: number, lang: Lang): CardButton[] =>
  choices
    .filter(({ choice }) => can.includes(choice))
    .map(({ choice, look, label }) => ({
      name: choice,
      label: label[lang],
      look,
      act: 'approvals.vote',
      args: { approvalId: id, step, choice, factsVersion },
    }))

const choiceWords = {
  approve: { zh: '同意', en: 'approved' },
  reject: { zh: '拒绝', en: 'rejected' },
  return: { zh: '退回', en: 'returned' },
}
const choiceWord = (choice: keyof typeof choiceWords, lang: Lang): string => choiceWords[choice][lang]

const sayWith = (text: Text, lang: Lang, facts: Record<string, string | number>): string => fill(say(text, lang), facts)
