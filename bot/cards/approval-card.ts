import { type Lang, say, type Text } from '#contract'
import type { ApprovalView } from '#contract/engines/approvals'
import type { Card, CardButton, CardPart } from '../card.ts'
import { moment } from './moment.ts'

const words = {
  asks: { zh: '{by}提交的{what}等你审批', en: '{what} from {by} waits for you' },
  comment: { zh: '审批意见（拒绝、退回时必填）', en: 'Comment (needed to reject or return)' },
  approve: { zh: '同意', en: 'Approve' },
  reject: { zh: '拒绝', en: 'Reject' },
  open: { zh: '查看详情', en: 'Open' },
  waitsFor: { zh: '正在等', en: 'Waits for' },
  copied: { zh: '抄送', en: 'Copy' },
  instead: { zh: '你代{who}处理', en: 'You decide for {who}' },
  due: { zh: '请在 {at} 前处理', en: 'Please decide before {at}' },
  hidden: { zh: '含你无权查看的数据', en: 'Figures you may not see' },
  by: { zh: '{at} 由{by}处理', en: 'By {by} at {at}' },
} satisfies Record<string, Text>

const colours = { open: 'orange', approved: 'green', rejected: 'red', withdrawn: 'grey', returned: 'grey' } as const

/** An approval for one viewer: what is asked, why it came, who decides; with buttons only while it waits for him. */
export function approvalCard(approval: ApprovalView, lang: Lang): Card {
  const mine = approval.mine
  return {
    colour: approval.state === 'open' && !mine ? 'blue' : colours[approval.state],
    title: title(approval, lang),
    parts: [...facts(approval), ...reasons(approval, lang), ...whoDecides(approval, lang), ...moments(approval, lang)],
    input: mine ? { name: 'comment', placeholder: words.comment[lang], maxLength: 500 } : undefined,
    buttons: mine ? decisionButtons(approval, mine.step, lang) : [],
    link: { label: words.open[lang], path: `/approvals/${approval.id}` },
  }
}

function title(approval: ApprovalView, lang: Lang): string {
  const what = `${say(approval.documentLabel, lang)} ${approval.documentNumber}`
  return `${what} · ${say(approval.state === 'open' ? approval.moveLabel : approval.stateLabel, lang)}`
}

function facts(approval: ApprovalView): CardPart[] {
  return [{ kind: 'facts', facts: approval.summary.map(({ label, value }) => ({ label, value })) }]
}

const reasons = (approval: ApprovalView, lang: Lang): CardPart[] =>
  approval.reasons.map((reason) => ({
    kind: 'reason',
    rule: say(reason.name, lang),
    clauses: reason.clauses.map((clause) => (clause.hidden ? words.hidden[lang] : say(clause.words, lang))),
  }))

function whoDecides(approval: ApprovalView, lang: Lang): CardPart[] {
  const votes = approval.steps.flatMap((step) =>
    step.votes.map((vote) => ({
      label: say(step.name, lang),
      value: `${vote.by.name} ${choiceWord(vote.choice, lang)} ${moment(vote.at)}${vote.comment ? `：${vote.comment}` : ''}`,
    })),
  )
  const waiting = approval.steps
    .filter((step) => step.state === 'current')
    .flatMap((step) =>
      step.seats
        .filter((seat) => seat.state === 'waiting')
        .flatMap((seat) => [seat.person, ...seat.standIns].map((person) => person.name)),
    )
  const lines =
    approval.state === 'open' && waiting.length > 0
      ? [...votes, { label: words.waitsFor[lang], value: [...new Set(waiting)].join('、') }]
      : votes
  return lines.length > 0 ? [{ kind: 'facts', facts: lines }] : []
}

function moments(approval: ApprovalView, lang: Lang): CardPart[] {
  const notes = [
    `${approval.openedBy.name} ${moment(approval.openedAt)}`,
    approval.mine?.insteadOf && words.instead[lang].replace('{who}', approval.mine.insteadOf.name),
    approval.mine?.dueAt && words.due[lang].replace('{at}', moment(approval.mine.dueAt)),
    approval.settledAt &&
      words.by[lang].replace('{at}', moment(approval.settledAt)).replace('{by}', approval.settledBy?.name ?? '系统'),
  ]
  return [{ kind: 'note', text: notes.filter(Boolean).join(' · ') }]
}

const decisionButtons = (approval: ApprovalView, step: number, lang: Lang): CardButton[] =>
  (['approve', 'reject'] as const).map((choice) => ({
    name: choice,
    label: words[choice][lang],
    look: choice === 'approve' ? 'primary' : 'danger',
    act: 'approvals.vote',
    args: { approvalId: approval.id, step, choice, factsVersion: approval.factsVersion },
  }))

const choiceWords = {
  approve: { zh: '同意', en: 'approved' },
  reject: { zh: '拒绝', en: 'rejected' },
  return: { zh: '退回', en: 'returned' },
}
export const choiceWord = (choice: keyof typeof choiceWords, lang: Lang): string => choiceWords[choice][lang]
