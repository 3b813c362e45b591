import { vi } from 'vitest'
import { db } from '../kernel/db.ts'

/** Looks now and then, rather than all the time: whoever works needs the database too. */
export const soon = (holds: () => Promise<boolean>): Promise<boolean> =>
  vi.waitUntil(holds, { interval: 10, timeout: 60_000 })

/**
 * Waits, while the worker and the post are at work, until nothing is left for them to do now. What has its time later is not waited for.
 * One statement, so that what moves from fact to job to message is always seen in one of these places.
 */
export async function atRest(): Promise<void> {
  await soon(async () => {
    const [now] = await db.$queryRaw<{ isAtRest: boolean }[]>`
      select not exists (select 1 from event where relayed_at is null)
        and not exists (select 1 from jobs.job where state < 'completed' and not (state = 'retry' and start_after > now()))
        and not exists (select 1 from outbox_message where claimed_until > clock_timestamp())
        and not exists (
          select 1 from outbox_message as m
          where due_at <= ${new Date()} and not exists (
            select 1 from outbox_message as earlier
            where earlier.platform = m.platform and earlier.app_id = m.app_id and earlier.open_id = m.open_id
              and earlier.subject = m.subject and earlier.subject_id = m.subject_id and earlier.id < m.id and earlier.state = 'pending'))
          as "isAtRest"`
    return now?.isAtRest ?? false
  })
}
