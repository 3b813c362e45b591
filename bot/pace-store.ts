import type { Tx } from '#kernel/db'
import { dayAt } from '#kernel/days'
import type { Limits, Pace, Platform } from './platforms/platform.ts'

const minuteMs = 60_000

/** Until this transaction ends, nobody else takes turns of an app or of those it writes to: with the app's row all begin, so none holds what another waits for. */
export async function lockTurns(tx: Tx, app: string): Promise<void> {
  await tx.$executeRaw`
    insert into send_pace as turn (key, free_at) values (${app}, clock_timestamp())
    on conflict (key) do update set free_at = turn.free_at`
}

/**
 * Takes a turn when one is free. Each turn moves the moment at which all is free again one gap on, and that may lie so far ahead as a few turns
 * at once take; so no minute, wherever it begins, has more turns than a minute's and those few. Processes share the row, and the database's clock.
 * Answers in how many milliseconds the next turn is free, when none is now.
 */
export async function takeTurn(tx: Tx, key: string, pace: Pace): Promise<number | undefined> {
  const gapMs = Math.ceil(minuteMs / pace.perMinute)
  const aheadMs = gapMs * (pace.atOnce - 1)
  const taken = await tx.$executeRaw`
    insert into send_pace as turn (key, free_at) values (${key}, clock_timestamp() + ${gapMs} * interval '1 millisecond')
    on conflict (key) do update set free_at = greatest(turn.free_at, clock_timestamp()) + ${gapMs} * interval '1 millisecond'
    where turn.free_at <= clock_timestamp() + ${aheadMs} * interval '1 millisecond'`
  if (taken === 1) return undefined
  const [wait] = await tx.$queryRaw<{ ms: number }[]>`
    select ceil(extract(epoch from free_at - clock_timestamp()) * 1000)::int - ${aheadMs}::int as ms from send_pace where key = ${key}`
  return Math.max(wait?.ms ?? 0, 1)
}

const monthAt = (at: Date): string => dayAt(at).slice(0, 7)

/** Counts what was used of a platform's month. */
export async function countUse(
  tx: Tx,
  platform: Pick<Platform, 'name' | 'appId'> & { limits: Limits },
  more: { calls?: number; deliveries?: number },
  at: Date,
): Promise<void> {
  const { name, appId, limits } = platform
  const { calls = 0, deliveries = 0 } = more
  const maxima = { callsMax: limits.month?.calls ?? null, deliveriesMax: limits.month?.deliveries ?? null }
  await tx.platformUse.upsert({
    where: { platform_appId_month: { platform: name, appId, month: monthAt(at) } },
    create: { platform: name, appId, month: monthAt(at), calls, deliveries, ...maxima },
    update: { calls: { increment: calls }, deliveries: { increment: deliveries }, ...maxima },
  })
}

export async function callsInMonth(tx: Tx, { name, appId }: Platform, at: Date): Promise<number> {
  const month = { platform: name, appId, month: monthAt(at) }
  return (await tx.platformUse.findUnique({ where: { platform_appId_month: month } }))?.calls ?? 0
}
