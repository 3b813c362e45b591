import type { Tx } from '#kernel/db'

export type CustomerName = {
  id: string
  number: string
  name: string
  shortName: string
  aliases: string[]
  ownerId: string
}

/** What customers are called and whose they are, for those who look for them in free text; the reader filters by his row rights. */
export const customerNames = (tx: Tx): Promise<CustomerName[]> =>
  tx.customer.findMany({
    select: { id: true, number: true, name: true, shortName: true, aliases: true, ownerId: true },
    orderBy: { number: 'asc' },
  })

/** Changes whenever a name or an owner may have. */
export async function customerNamesVersion(tx: Tx): Promise<string> {
  const [row] = await tx.$queryRaw<
    { version: string }[]
  >`select count(*) || '/' || coalesce(sum(version), 0) as version from customer`
  return row?.version ?? ''
}
