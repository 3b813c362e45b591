import { config } from '#kernel/config'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'
import type { BotQuery } from './query.ts'
import type { Named } from './understanding.ts'

export const tooManyOutcome = 'too_many'

type Logged = {
  personId: string
  platform: string
  text: string
  outcome: string
  query?: BotQuery
  understoodMs?: number
  ms: number
  at: Date
}

export async function logQuestion(tx: Tx, { query, ...question }: Logged): Promise<void> {
  await tx.botLog.create({ data: { ...question, id: newId(), query } })
}

/** How many questions somebody has asked since a moment; those that were turned away for their number, or taken back, do not count. */
export const questionsSince = (tx: Tx, personId: string, since: Date): Promise<number> =>
  tx.botLog.count({ where: { personId, at: { gt: since }, outcome: { notIn: [tooManyOutcome, 'cancelled'] } } })

/** Counts a question that was not understood, by its masked words. */
export async function noteMiss(tx: Tx, masked: string, outcome: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    insert into bot_miss (id, masked, outcome, times, first_at, last_at) values (${newId()}::uuid, ${masked}, ${outcome}, 1, ${at}, ${at})
    on conflict (masked, outcome) do update set times = bot_miss.times + 1, last_at = excluded.last_at`
}

/** Somebody said what he means by words that fit several things. */
export async function noteChoice(tx: Tx, personId: string, { kind, words, id }: Named, at: Date): Promise<void> {
  await tx.botChoice.upsert({
    where: { personId_kind_words_targetId: { personId, kind, words, targetId: id } },
    create: { personId, kind, words, targetId: id, at },
    update: { at },
  })
}

/** The figures of days that are over and not yet kept. */
export async function keepDays(tx: Tx, today: string): Promise<void> {
  await tx.$executeRaw`
    insert into bot_day (day, outcome, count, p50_ms, p95_ms)
    select (at at time zone ${config.TIME_ZONE})::date as day, outcome, count(*)::int,
      percentile_disc(0.5) within group (order by ms), percentile_disc(0.95) within group (order by ms)
    from bot_log where (at at time zone ${config.TIME_ZONE})::date < ${today}::date
    group by 1, 2 on conflict do nothing`
}

/** Forgets what was asked before these moments; the figures of days stay longer than the questions. */
export async function forgetQuestions(tx: Tx, before: { questions: Date; misses: Date; days: Date }): Promise<void> {
  await tx.botLog.deleteMany({ where: { at: { lt: before.questions } } })
  await tx.botChoice.deleteMany({ where: { at: { lt: before.questions } } })
  await tx.botMiss.deleteMany({ where: { lastAt: { lt: before.misses } } })
  await tx.botDay.deleteMany({ where: { day: { lt: before.days } } })
  await tx.botContext.deleteMany({ where: { updatedAt: { lt: before.misses } } })
}
