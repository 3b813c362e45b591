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
