import type { Tx } from '#kernel/db'

/** What an active item is called, for whoever recognises items in a sentence. */
export type ItemName = { id: string; code: string; name: string; spec: string; aliases: string[] }

export const itemNames = (tx: Tx): Promise<ItemName[]> =>
  tx.$queryRaw`select id, code, name, spec, aliases from item where active order by code`

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

export async function familyNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const families = await tx.itemFamily.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } })
  return new Map(families.map(({ id, name }) => [id, name]))
}
