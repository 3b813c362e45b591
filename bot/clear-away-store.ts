import { joinSql, sql, type Tx } from '#kernel/db'
import { keysFrom } from '#kernel/ids'

/** Deletes a batch of what came in before a moment and has been dealt with; answers how many. */
export const dropInbound = (tx: Tx, before: Date, most: number): Promise<number> =>
  tx.$executeRaw`
    delete from inbox_message where (platform, app_id, event_key) in (
      select platform, app_id, event_key from inbox_message
      where received_at < ${before} and handled_at is not null
      order by received_at limit ${most} for update skip locked)`

type Span = { after: string; before: Date; askingBefore: Date }

/**
 * Deletes a batch of messages that were written before a moment, with their buttons; those that still ask, before another. What is still to be
 * sent or redrawn stays, and what was given up, until somebody has seen to it. Answers the last that is gone; nothing when there was none.
 */
export async function dropMessages(tx: Tx, span: Span, most: number): Promise<string | undefined> {
  const gone = await tx.$queryRaw<{ id: string }[]>`
    select id from outbox_message
    where id > ${span.after}::uuid and id < ${keysFrom(span.before)}::uuid and state not in ('pending', 'failed') and due_at is null
      and (not is_asking or id < ${keysFrom(span.askingBefore)}::uuid)
    order by id limit ${most} for update skip locked`
  if (gone.length === 0) return undefined
  const ids = joinSql(gone.map(({ id }) => sql`${id}::uuid`))
  await tx.$executeRaw`delete from card_button where message_id in (${ids})`
  await tx.$executeRaw`delete from outbox_message where id in (${ids})`
  return gone.at(-1)?.id
}
