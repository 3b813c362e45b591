import { sendAlong, type Tx } from '#kernel/db'
import { dayAt } from '#kernel/days'
import type { Limits, Pace, Platform } from './platforms/platform.ts'

const minuteMs = 60_000

/** Turns to send, held until the transaction ends. */
export type Turns = {
  /**
   * Takes a turn when one is free. Each turn moves the moment at which all is free again one gap on, and that may lie so far ahead as a few turns
   * at once take; so no minute, wherever it begins, has more turns than a minute's and those few. Answers in how many milliseconds the next turn
   * is free, when none is now.
   */
  take: (key: string, pace: Pace) => number | undefined
  /** Writes down which were taken. */
  save: () => Promise<void>
}

/**
 * The turns of an app and of those it writes to. Nobody else takes any of them meanwhile: with the app's row all begin, so none holds what another
 * waits for. Processes share the rows, and the database's clock.
 */
export async function holdTurns(tx: Tx, app: string, others: readonly string[]): Promise<Turns> {
  await sendAlong(
    tx,
    tx.$executeRaw`
      insert into send_pace as turn (key, free_at) values (${app}, clock_timestamp())
      on conflict (key) do update set free_at = turn.free_at`,
  )
  const rows = await tx.$queryRaw<{ key: string; freeAt: Date; now: Date }[]>`
    select key, free_at as "freeAt", clock_timestamp() as now from send_pace where key = any(${[app, ...others]}::text[])`
  const now = rows[0]!.now.getTime() // there is the app's
  const freeAt = new Map(rows.map(({ key, freeAt }) => [key, freeAt.getTime()]))
  const taken = new Set<string>()
  return {
    take: (key, { perMinute, atOnce }) => {
      const gapMs = Math.ceil(minuteMs / perMinute)
      const free = Math.max(freeAt.get(key) ?? now, now)
      const waitMs = free - now - gapMs * (atOnce - 1)
      if (waitMs > 0) return waitMs
      freeAt.set(key, free + gapMs)
      taken.add(key)
      return undefined
    },
    save: async () => {
      const keys = [...taken]
      const times = keys.map((key) => new Date(freeAt.get(key) ?? now))
      await sendAlong(
        tx,
        tx.$executeRaw`
          insert into send_pace (key, free_at) select * from unnest(${keys}::text[], ${times}::timestamptz[])
          on conflict (key) do update set free_at = excluded.free_at`,
      )
    },
  }
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
  await sendAlong(
    tx,
    tx.$executeRaw`
      insert into platform_use as used (platform, app_id, month, calls, deliveries, calls_max, deliveries_max)
      values (${name}, ${appId}, ${monthAt(at)}, ${calls}, ${deliveries}, ${limits.month?.calls ?? null}, ${limits.month?.deliveries ?? null})
      on conflict (platform, app_id, month) do update set calls = used.calls + excluded.calls,
        deliveries = used.deliveries + excluded.deliveries, calls_max = excluded.calls_max, deliveries_max = excluded.deliveries_max`,
  )
}

export async function callsInMonth(tx: Tx, { name, appId }: Platform, at: Date): Promise<number> {
  const month = { platform: name, appId, month: monthAt(at) }
  return (await tx.platformUse.findUnique({ where: { platform_appId_month: month } }))?.calls ?? 0
}
