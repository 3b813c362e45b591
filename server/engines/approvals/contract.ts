import { z } from 'zod'
import { type Condition, contract, defineRefusals, endpoint, Id, Instant, ListInput, pageOf, Text } from '#contract'
import {
  ByKey,
  ByRevision,
  ByVersion,
  DefinedDocument,
  DefinedMove,
  draftShape,
  notDeeperThan,
  versionShape,
  WhichDefinitions,
} from '#contract/engines/definitions'
import { ApproverSpec, ReasonView, SentCondition } from '#contract/engines/rules'

export const approvalsRefusals = defineRefusals({
  approval_settled: {
    status: 409,
    zh: '这张审批已于 {when} 由{by}{done}，不用再处理',
    en: 'This approval was {done} by {by} at {when}; nothing is left to do',
  },
  step_passed: {
    status: 409,
    zh: '这一步已经办完，请看最新的进度',
    en: 'This step is done; look at where the approval stands now',
  },
  not_your_turn: { status: 403, zh: '这张审批现在不需要你处理', en: 'This approval does not wait for you' },
  seat_taken: {
    status: 409,
    zh: '{by}已经代为处理，不用再处理',
    en: '{by} has decided in this place already; nothing is left to do',
  },
  already_voted: {
    status: 409,
    zh: '你已经选过「{choice}」，如需更改请联系发起人撤回后重提',
    en: 'You have already chosen "{choice}"; to change it, ask the opener to withdraw and submit again',
  },
  comment_needed: { status: 422, zh: '要{choice}，请先写明原因', en: 'To {choice}, say why first' },
  only_opener: { status: 403, zh: '只有发起人可以这样做', en: 'Only the opener may do this' },
  reminded_lately: {
    status: 429,
    zh: '刚刚催办过，请 {minutes} 分钟后再催',
    en: 'They were reminded just now; try again in {minutes} minutes',
  },
  approval_open: { status: 409, zh: '{number} 已在审批中', en: '{number} is in approval already' },
  flow_missing: {
    status: 409,
    zh: '审批流程 {flow} 没有生效的版本，请联系管理员发布',
    en: 'Approval flow {flow} has no published version; ask the administrator to publish it',
  },
  flow_in_use: {
    status: 409,
    zh: '规则「{rule}」还在使用这个流程，请先停用或修改规则',
    en: 'Rule "{rule}" still uses this flow; retire or change the rule first',
  },
})

// ---- Flows: what a company writes ----

/** What happens when nobody has decided in time. */
const StepLimit = z.strictObject({
  hours: z.number().positive().max(8760),
  remindEveryHours: z.number().positive().max(8760).optional(),
  then: z.enum(['escalate', 'pass', 'reject']),
  /** To whom it is escalated; without it, to the managers of those who are waited for. */
  to: z.array(ApproverSpec).min(1).max(20).optional(),
})

const ApproveNode = z.strictObject({
  kind: z.literal('approve'),
  name: Text,
  approvers: z.array(ApproverSpec).min(1, { error: '审批节点至少要有一个审批人 / a step needs an approver' }).max(20),
  /** One of them is enough 或签, all of them must 会签, all of them one after the other 依次审批. */
  sign: z.enum(['any', 'all', 'in_turn']),
  limit: StepLimit.optional(),
})
const CopyNode = z.strictObject({ kind: z.literal('copy'), to: z.array(ApproverSpec).min(1).max(50) })

export type FlowNode =
  | z.output<typeof ApproveNode>
  | z.output<typeof CopyNode>
  | { kind: 'branch'; branches: { when: Condition; nodes: FlowNode[] }[]; otherwise: FlowNode[] }

const FlowNode: z.ZodType<FlowNode> = z.lazy(() => z.discriminatedUnion('kind', [ApproveNode, CopyNode, BranchNode]))
const BranchNode = z.strictObject({
  kind: z.literal('branch'),
  branches: z
    .array(z.strictObject({ when: SentCondition, nodes: z.array(FlowNode).max(30) }))
    .min(1)
    .max(10),
  otherwise: z.array(FlowNode).max(30).default([]),
})
export const FlowNodes = z.array(FlowNode).min(1, { error: '流程至少要有一个节点 / a flow needs a step' }).max(30)

// Six branches within each other, with a condition of its full depth in the innermost.
const flowLevels = 20
const flowShape = {
  move: DefinedMove,
  /** Whether the move always waits for this flow, or only when a rule asks for it. */
  always: z.boolean().default(false),
}
export const FlowVersion = z.object({ ...versionShape, ...flowShape, nodes: FlowNodes }).meta({ id: 'FlowVersion' })
export type FlowVersion = z.output<typeof FlowVersion>
export const FlowDraft = z.strictObject({ ...draftShape, ...flowShape, nodes: notDeeperThan(flowLevels, FlowNodes) })
export type FlowDraft = z.output<typeof FlowDraft>

// ---- Approvals: what runs ----

const approvalStates = ['open', 'approved', 'rejected', 'withdrawn', 'returned'] as const
export type ApprovalState = (typeof approvalStates)[number]
export const choices = ['approve', 'reject', 'return'] as const
export type Choice = (typeof choices)[number]
/** What settled it: votes, facts that no longer ask for it, a time limit, that nobody is there to ask, its opener. */
const settledHow = ['votes', 'not_needed', 'time_limit', 'nobody', 'withdrawn'] as const
export type SettledHow = (typeof settledHow)[number]

const Person = z.object({ id: Id, name: z.string() })
/** Somebody who may decide in another's place, and why. */
const StandIn = Person.extend({ insteadOf: Person, why: z.enum(['absence', 'escalation']) })
const Seat = z.object({
  person: Person,
  standIns: z.array(StandIn),
  /** next: his turn has not come. passed: it was decided without him. */
  state: z.enum(['next', 'waiting', 'decided', 'passed']),
})
const VoteView = z.object({
  by: Person,
  insteadOf: z.array(Person),
  choice: z.enum(choices),
  comment: z.string(),
  at: Instant,
  via: z.string(),
  /** The facts he was shown, kept with his decision. */
  reasons: z.array(ReasonView),
})
export const StepView = z
  .object({
    kind: z.enum(['approve', 'copy']),
    name: Text,
    state: z.enum(['ahead', 'current', 'done']),
    sign: z.enum(['any', 'all', 'in_turn']).nullable(),
    seats: z.array(Seat),
    votes: z.array(VoteView),
    copies: z.array(Person),
    /** Why the flow took this way. */
    because: z.array(Text),
    startedAt: Instant.nullable(),
    dueAt: Instant.nullable(),
    remindedAt: Instant.nullable(),
    escalatedAt: Instant.nullable(),
    /** What ended it; null while it runs, or when it was cut off. */
    passedBy: z.enum(['votes', 'time_limit', 'nobody']).nullable(),
  })
  .meta({ id: 'ApprovalStep' })
export type StepView = z.output<typeof StepView>

const aboutShape = {
  id: Id,
  version: z.number().int(),
  document: z.string(),
  documentLabel: Text,
  documentId: Id,
  documentNumber: z.string(),
  /** Where the document's page is in the mini-app. */
  link: z.string(),
  move: z.string(),
  moveLabel: Text,
  state: z.enum(approvalStates),
  stateLabel: Text,
  openedBy: Person,
  openedAt: Instant,
  settledBy: Person.nullable(),
  settledAt: Instant.nullable(),
  settledHow: z.enum(settledHow).nullable(),
  /** What is asked, in the fields of the document's summary that this viewer may read. */
  summary: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  /** Why it is asked: the rules that fired, with their figures. */
  reasons: z.array(ReasonView),
  /** Sent back with a vote, so that nobody decides on facts he has not seen. */
  factsVersion: z.number().int(),
  /** What waits for this viewer himself. */
  mine: z.object({ step: z.number().int(), insteadOf: Person.nullable(), dueAt: Instant.nullable() }).nullable(),
  /** approve, reject, return, withdraw, remind, read_document. */
  can: z.array(z.string()),
}
/** A piece of text, and the page it is taken from, when there is one. */
const Piece = z.object({ text: z.string(), page: z.string().nullable() })
const Background = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('figures'), title: Text, figures: z.array(Piece.extend({ label: Text })) }),
  /** A cell may hold several pieces: three prices, each with its order. */
  z.object({
    kind: z.literal('table'),
    title: Text,
    columns: z.array(Text),
    rows: z.array(z.array(z.array(Piece))),
    /** Rows that are left out. */
    more: z.number().int(),
  }),
  z.object({ kind: z.literal('notes'), title: Text, notes: z.array(Text) }),
])
/** What a decision rests on besides the rules: the module of the document says it in its own words, for one viewer. */
export type Background = z.output<typeof Background>

export const ApprovalRow = z.object(aboutShape).omit({ version: true }).meta({ id: 'ApprovalRow' })
export type ApprovalRow = z.output<typeof ApprovalRow>
export const ApprovalView = z
  .object({
    ...aboutShape,
    step: z.number().int(),
    steps: z.array(StepView),
    /** As of now, while it is open; afterwards these figures go on changing and decide nothing. */
    background: z.array(Background),
  })
  .meta({ id: 'Approval' })
export type ApprovalView = z.output<typeof ApprovalView>

/** How one rule stood when the approver was asked, and how it stands now: its clauses with the figures of both moments. */
export const FactChange = z.object({
  rule: z.string(),
  name: Text,
  /** Null: it did not fire then. */
  before: z.array(Text).nullable(),
  now: z.array(Text).nullable(),
  /** Whether it fires now. */
  fires: z.boolean(),
})
export type FactChange = z.output<typeof FactChange>

const voteOutcomes = ['counted', 'settled', 'no_longer_needed', 'facts_changed', 'repeated'] as const
/**
 * counted: it counts, others are still waited for. settled: it decided. no_longer_needed: the facts have changed so that
 * nobody need be asked; it is approved. facts_changed: it does not count; look at the new facts and decide again.
 * repeated: he had decided so already.
 */
export const VoteAnswer = z
  .object({ approval: ApprovalView, outcome: z.enum(voteOutcomes), changes: z.array(FactChange) })
  .meta({ id: 'VoteAnswer' })
export type VoteAnswer = z.output<typeof VoteAnswer>

const ById = z.object({ id: Id })
const comment = z.string().trim().max(500).default('')
const Decision = z.strictObject({
  id: Id,
  step: z.number().int().min(0).max(200),
  comment,
  factsVersion: z.number().int().optional(),
})
const Answer = z.object({ approval: ApprovalView })

/** Who must agree before a document makes a move, and what became of it. */
export const approvals = contract('approvals', {
  inbox: endpoint(
    'GET /approvals',
    {
      zh: '审批列表：待我处理、我已处理、我发起的、抄送我的',
      en: 'Approvals that wait for me, that I decided, that I opened, that I was sent a copy of',
    },
    ListInput.extend({ box: z.enum(['waiting', 'done', 'mine', 'copied']).default('waiting') }),
    pageOf(ApprovalRow).extend({ waiting: z.number().int() }),
  ),
  approval: endpoint('GET /approvals/:id', { zh: '一张审批', en: 'An approval' }, ById, ApprovalView),
  documentApprovals: endpoint(
    'GET /documents/:document/:documentId/approvals',
    { zh: '一张单据的全部审批', en: 'The approvals of a document' },
    z.object({ document: DefinedDocument, documentId: Id }),
    z.object({ approvals: z.array(ApprovalView) }),
  ),
  vote: endpoint(
    'POST /approvals/:id/vote',
    { zh: '同意或拒绝', en: 'Approve or reject' },
    Decision.extend({ choice: z.enum(['approve', 'reject']) }),
    VoteAnswer,
  ),
  returnToOpener: endpoint(
    'POST /approvals/:id/return',
    { zh: '退回发起人', en: 'Return to the opener' },
    Decision,
    VoteAnswer,
  ),
  withdraw: endpoint('POST /approvals/:id/withdraw', { zh: '撤回', en: 'Withdraw' }, ById, Answer),
  remind: endpoint('POST /approvals/:id/remind', { zh: '催办', en: 'Remind those who are waited for' }, ById, Answer),
  markRead: endpoint('POST /approvals/:id/read', { zh: '抄送已阅', en: 'Mark my copy as read' }, ById, Answer),

  flows: endpoint(
    'GET /flows',
    { zh: '审批流程列表', en: 'List approval flows' },
    WhichDefinitions,
    z.object({ flows: z.array(FlowVersion) }),
  ),
  flow: endpoint(
    'GET /flows/:key',
    { zh: '一个审批流程的某个版本', en: 'A version of an approval flow' },
    ByVersion,
    FlowVersion.extend({ versions: z.array(z.object(versionShape)) }),
  ),
  saveFlow: endpoint(
    'POST /flows/:key/draft',
    { zh: '保存流程草稿', en: 'Save the draft of a flow' },
    FlowDraft,
    FlowVersion,
  ),
  publishFlow: endpoint(
    'POST /flows/:key/publish',
    {
      zh: '发布流程，替换旧版本；进行中的审批不受影响',
      en: 'Publish a flow in place of its last version; running approvals stay as they are',
    },
    ByRevision,
    FlowVersion,
  ),
  retireFlow: endpoint(
    'POST /flows/:key/retire',
    { zh: '停用流程', en: 'Take a flow out of force' },
    ByKey,
    z.object({ key: z.string() }),
  ),
})
