import type { PlatformName } from '#contract/modules/org'
import type { Tx } from '#kernel/db'

/** What was given up, the latest first. Those before `after` have been read. */
export const listFailed = (tx: Tx, limit: number, after: readonly [number, string] | undefined) => {
  const [ms, id] = after ?? []
  const at = ms === undefined ? undefined : new Date(ms)
  return tx.outboxMessage.findMany({
    where: {
      state: 'failed',
      ...(at && { OR: [{ updatedAt: { lt: at } }, { updatedAt: at, id: { lt: id } }] }),
    },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  })
}

/** Takes up what was given up: one, or all of it. Answers the platforms of what is now due. */
export async function takeUpFailed(tx: Tx, id: string | undefined, at: Date): Promise<PlatformName[]> {
  const rows = await tx.$queryRaw<{ platform: PlatformName }[]>`
    update outbox_message
    set state = case when handle is null then 'pending' else 'sent' end, due_at = ${at}, tries = 0, error = null, updated_at = ${at}
    where state = 'failed' and (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)
    returning platform`
  return rows.map(({ platform }) => platform)
}

/** What one app was used for in a month, with what waits and what was given up. */
export type AppUse = {
  platform: PlatformName
  appId: string
  calls: number
  callsMax: number | null
  deliveries: number
  deliveriesMax: number | null
  waiting: number
  undelivered: number
}

/** The month of every app that anything was sent with. */
export const useOfMonth = (tx: Tx, month: string) =>
  tx.$queryRaw<AppUse[]>`
    select platform, app_id as "appId", coalesce(calls, 0) as calls, calls_max as "callsMax", coalesce(deliveries, 0) as deliveries,
      deliveries_max as "deliveriesMax", coalesce(waiting, 0) as waiting, coalesce(undelivered, 0) as undelivered
    from (select * from platform_use where month = ${month}) as used
    full join (
      select platform, app_id, count(*) filter (where due_at is not null)::int as waiting, count(*) filter (where state = 'failed')::int as undelivered
      from outbox_message where due_at is not null or state = 'failed' group by platform, app_id) as queue using (platform, app_id)
    order by platform, app_id`
