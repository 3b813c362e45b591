import { dateOf, type Day } from '#kernel/days'
import type { Tx } from '#kernel/db'
import { newId } from '#kernel/ids'

export type Lot = { id: string; itemId: string; code: string; expiresOn: Day | null }
export type ArrivedLot = { itemId: string; code: string; expiresOn: Day | null }

/** Makes lots known that are not yet, and answers them all. What is known of a lot is not changed. */
export async function knowLots(tx: Tx, lots: readonly ArrivedLot[], receivedOn: Day): Promise<Lot[]> {
  if (lots.length === 0) return []
  const data = lots.map((lot) => ({
    ...lot,
    id: newId(),
    expiresOn: lot.expiresOn && dateOf(lot.expiresOn),
    receivedOn: dateOf(receivedOn),
  }))
  await tx.lot.createMany({ data, skipDuplicates: true })
  return tx.$queryRaw<Lot[]>`
    select l.id, l.item_id as "itemId", l.code, l.expires_on::text as "expiresOn"
    from lot l join jsonb_to_recordset(${JSON.stringify(lots)}::jsonb) as w("itemId" uuid, code text)
      on l.item_id = w."itemId" and l.code = w.code`
}

export async function lotCodes(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const lots = await tx.lot.findMany({ where: { id: { in: [...ids] } }, select: { id: true, code: true } })
  return new Map(lots.map(({ id, code }) => [id, code]))
}
