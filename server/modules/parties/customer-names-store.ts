import type { Tx } from '#kernel/db'

export type CustomerName = {
  id: string
  number: string
  name: string
  shortName: string
  aliases: string[]
  ownerId: string
}

/**
 * What customers are called and whose they are, for those who look for them in free text; the reader filters by his row rights. Of all, or of
 * some buckets: a customer lies in the one that the last byte of his id names.
 */
export const customerNames = (tx: Tx, buckets?: readonly number[]): Promise<(CustomerName & { bucket: number })[]> =>
  tx.$queryRaw`
    select id, number, name, short_name as "shortName", aliases, owner_id as "ownerId", get_byte(uuid_send(id), 15) as bucket
    from customer
    where ${buckets ? [...buckets] : null}::int[] is null or get_byte(uuid_send(id), 15) = any(${[...(buckets ?? [])]}::int[])
    order by number`

/** What moves on with every change of a customer in a bucket. */
export const customerNameMarks = (tx: Tx): Promise<{ bucket: number; mark: string }[]> =>
  tx.$queryRaw`
    select get_byte(uuid_send(id), 15) as bucket, count(*) || '/' || sum(version) as mark from customer group by 1`

/** Changes whenever a name or an owner may have. */
export async function customerNamesVersion(tx: Tx): Promise<string> {
  const [row] = await tx.$queryRaw<
    { version: string }[]
  >`select count(*) || '/' || coalesce(sum(version), 0) as version from customer`
  return row?.version ?? ''
}
