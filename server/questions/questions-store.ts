import { config } from '#kernel/config'
import type { Tx } from '#kernel/db'

type Use = { day: string; outcome: string; count: number; p50Ms: number; p95Ms: number }

/** The figures of days: those that are over as they were kept, the others as they are now. */
export const useSince = (tx: Tx, from: string): Promise<Use[]> =>
  tx.$queryRaw<Use[]>`
    with kept as (select day, outcome, count, p50_ms, p95_ms from bot_day where day >= ${from}::date),
    running as (
      select (at at time zone ${config.TIME_ZONE})::date as day, outcome, count(*)::int as count,
        percentile_disc(0.5) within group (order by ms) as p50_ms, percentile_disc(0.95) within group (order by ms) as p95_ms
      from bot_log
      where at >= (${from}::date)::timestamp at time zone ${config.TIME_ZONE}
      group by 1, 2)
    select day::text as day, outcome, count, p50_ms as "p50Ms", p95_ms as "p95Ms" from kept
    union all
    select day::text, outcome, count, p50_ms, p95_ms from running where day not in (select day from kept)
    order by 1 desc, 3 desc`

/** What was not understood, the most asked first. Those before `after` have been read. */
export const listMissed = (tx: Tx, limit: number, after: readonly [number, string] | undefined) => {
  const [times, id] = after ?? []
  return tx.botMiss.findMany({
    where: times === undefined ? {} : { OR: [{ times: { lt: times } }, { times, id: { lt: id } }] },
    orderBy: [{ times: 'desc' }, { id: 'desc' }],
    take: limit,
  })
}

export const removeMissed = async (tx: Tx, id: string): Promise<number> =>
  (await tx.botMiss.deleteMany({ where: { id } })).count

type Suggested = { kind: 'item' | 'customer'; words: string; targetId: string; people: number }

/** What at least two people meant by the same words, and nobody has decided on. */
export const listSuggested = (tx: Tx, peopleMin: number, limit: number): Promise<Suggested[]> =>
  tx.$queryRaw<Suggested[]>`
    select kind, words, target_id as "targetId", count(*)::int as people from bot_choice as choice
    where not exists (
      select 1 from bot_alias as alias where (alias.kind, alias.words, alias.target_id) = (choice.kind, choice.words, choice.target_id))
    group by kind, words, target_id having count(*) >= ${peopleMin}
    order by people desc, words limit ${limit}`

export const insertDecided = async (
  tx: Tx,
  alias: { kind: string; words: string; targetId: string; state: string; decidedBy: string; decidedAt: Date },
): Promise<number> => (await tx.botAlias.createMany({ data: [alias], skipDuplicates: true })).count
