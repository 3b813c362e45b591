import { z } from 'zod'
import { contract, Day, endpoint, Id, Instant, ListInput, pageOf } from '#contract'

/** What became of questions to the bot on a day: how many, and how long the middle and the slow ones took. */
export const DayUse = z.object({
  day: Day,
  outcome: z.string(),
  count: z.number().int(),
  p50Ms: z.number().int(),
  p95Ms: z.number().int(),
})
export type DayUse = z.output<typeof DayUse>

/** A question that was not understood: names stand there as <ITEM> or <CUSTOMER>, digits as #. */
export const MissView = z.object({
  id: Id,
  masked: z.string(),
  outcome: z.string(),
  times: z.number().int(),
  lastAt: Instant,
})
export type MissView = z.output<typeof MissView>

const Alias = z.object({ kind: z.enum(['item', 'customer']), words: z.string().min(1).max(60), targetId: Id })
/** Another name that several people used for the same thing. */
export const SuggestedAlias = Alias.extend({ target: z.string(), people: z.number().int() })
export type SuggestedAlias = z.output<typeof SuggestedAlias>

export const questions = contract('questions', {
  questionUse: endpoint(
    'GET /questions/use',
    { zh: '机器人提问的用量与时延', en: 'Use and latency of the bot' },
    z.object({ days: z.coerce.number().int().min(1).max(90).default(14) }),
    z.object({ days: z.array(DayUse) }),
  ),
  missedQuestions: endpoint(
    'GET /questions/missed',
    { zh: '机器人没听懂的提问', en: 'Questions that the bot did not understand' },
    ListInput.omit({ q: true }),
    pageOf(MissView),
  ),
  settleMissed: endpoint(
    'DELETE /questions/missed/:id',
    { zh: '移除一条没听懂的提问', en: 'Remove a question that was not understood' },
    z.object({ id: Id }),
    z.object({}),
  ),
  suggestedAliases: endpoint(
    'GET /aliases/suggested',
    { zh: '建议的别名', en: 'Suggested aliases' },
    z.object({}),
    z.object({ aliases: z.array(SuggestedAlias) }),
  ),
  decideAlias: endpoint(
    'POST /aliases/decide',
    { zh: '采纳或拒绝一个别名', en: 'Accept or reject an alias' },
    Alias.extend({ accept: z.boolean() }),
    z.object({}),
  ),
})
