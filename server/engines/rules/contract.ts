import { z } from 'zod'
import { Condition, contract, defineRefusals, endpoint, Id, operators, Text } from '#contract'
import {
  ByKey,
  ByRevision,
  ByVersion,
  DefinedMove,
  draftShape,
  notDeeperThan,
  versionShape,
  WhichDefinitions,
} from '#contract/engines/definitions'

export const rulesRefusals = defineRefusals({
  no_fact_fields: {
    status: 422,
    zh: '单据 {document} 没有可用于条件的字段',
    en: 'Document {document} has no fields that a condition could look at',
  },
})

/** How deep a company may nest its conditions. */
const conditionLevels = 8
/** A condition as it may be sent: it is parsed only when it is not nested without end. */
export const SentCondition = notDeeperThan(conditionLevels, Condition)

/** Who is meant: somebody by name, whoever holds a role, or a manager, counted upwards from the owner or the opener. */
export const ApproverSpec = z.union([
  z.strictObject({ person: Id }),
  z.strictObject({ role: z.string().min(1).max(60) }),
  z.strictObject({ managerOf: z.enum(['owner', 'opener']), levels: z.number().int().min(1).max(6) }),
])
export type ApproverSpec = z.output<typeof ApproverSpec>

/** A rule that fired and the clauses that decided it, with their figures: what an approver is shown and a vote keeps. */
export const Reason = z.object({
  rule: z.string(),
  version: z.number().int(),
  name: Text,
  because: z.array(
    z.object({ field: z.string(), is: z.enum(operators), actual: z.unknown(), limit: z.unknown(), held: z.boolean() }),
  ),
})
export type Reason = z.output<typeof Reason>

/** The same for one viewer, in words: figures he may not read are left out, and `hidden` says so. */
export const ReasonView = Reason.omit({ because: true })
  .extend({
    clauses: z.array(
      z.object({
        field: z.string(),
        label: Text,
        is: z.enum(operators),
        actual: z.string(),
        limit: z.string(),
        words: Text,
        hidden: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Reason' })
export type ReasonView = z.output<typeof ReasonView>

/** What a rule does when it fires; each kind of action checks its own arguments when the rule is saved. */
const SentAction = z.looseObject({ do: z.string().max(40) })

const ruleShape = {
  event: DefinedMove,
  actions: z.array(SentAction).min(1).max(10),
  /** Rules are asked in this order. */
  position: z.number().int().min(0).max(9999).default(0),
}
export const RuleVersion = z.object({ ...versionShape, ...ruleShape, condition: Condition }).meta({ id: 'RuleVersion' })
export type RuleVersion = z.output<typeof RuleVersion>
export const RuleDraft = z.strictObject({ ...draftShape, ...ruleShape, condition: SentCondition })
export type RuleDraft = z.output<typeof RuleDraft>

/** When … happens to a document and a condition holds, then …: versioned, and in force only once published. */
export const rules = contract('rules', {
  rules: endpoint(
    'GET /rules',
    { zh: '规则列表', en: 'List rules' },
    WhichDefinitions,
    z.object({ rules: z.array(RuleVersion) }),
  ),
  rule: endpoint(
    'GET /rules/:key',
    { zh: '一条规则的某个版本', en: 'A version of a rule' },
    ByVersion,
    RuleVersion.extend({ versions: z.array(z.object(versionShape)) }),
  ),
  saveRule: endpoint(
    'POST /rules/:key/draft',
    { zh: '保存规则草稿', en: 'Save the draft of a rule' },
    RuleDraft,
    RuleVersion,
  ),
  publishRule: endpoint(
    'POST /rules/:key/publish',
    { zh: '发布规则，替换旧版本', en: 'Publish a rule in place of its last version' },
    ByRevision,
    RuleVersion,
  ),
  retireRule: endpoint(
    'POST /rules/:key/retire',
    { zh: '停用规则', en: 'Take a rule out of force' },
    ByKey,
    z.object({ key: z.string() }),
  ),
})
