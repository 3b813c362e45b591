import type { Tx } from '#kernel/db'

/** What an active item is called, for whoever recognises items in a sentence; `values` tell it from others of its family. */
export type ItemName = { id: string; code: string; name: string; spec: string; aliases: string[]; values: string[] }

/** Of all, or of some buckets: an item lies in the one that the last byte of its id names. */
export const itemNames = (tx: Tx, buckets?: readonly number[]): Promise<(ItemName & { bucket: number })[]> =>
  tx.$queryRaw`
    select id, code, name, spec, aliases, array(select value from jsonb_each_text(variant)) as values, get_byte(uuid_send(id), 15) as bucket from item
    where active and (${buckets ? [...buckets] : null}::int[] is null or get_byte(uuid_send(id), 15) = any(${[...(buckets ?? [])]}::int[]))
    order by code`

/** What moves on with every change of an item in a bucket. */
export const itemNameMarks = (tx: Tx): Promise<{ bucket: number; mark: string }[]> =>
  tx.$queryRaw`
    select get_byte(uuid_send(id), 15) as bucket, count(*) || '.' || sum(version) as mark from item group by 1`

/** Moves on with every change of an item, so that names may be kept as long as it stays. */
export async function itemNamesVersion(tx: Tx): Promise<string> {
  const [row] = await tx.$queryRaw<
    { version: string }[]
  >`select count(*) || '.' || coalesce(sum(version), 0) as version from item`
  return row?.version ?? ''
}

/** Names of items by their ids, with their specification. */
export async function itemTitles(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const items = await tx.item.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, name: true, spec: true },
  })
  return new Map(items.map(({ id, name, spec }) => [id, `${name} ${spec}`.trim()]))
}

export async function itemCodes(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const items = await tx.item.findMany({ where: { id: { in: [...ids] } }, select: { id: true, code: true } })
  return new Map(items.map(({ id, code }) => [id, code]))
}

export async function familyNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const families = await tx.itemFamily.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } })
  return new Map(families.map(({ id, name }) => [id, name]))
}
