import type { Tx } from '#kernel/db'

export type Passed = { kind: string; heirId: string; ids: string[] }
export type Handover = Awaited<ReturnType<typeof listHandovers>>[number]

type NewHandover = { id: string; personId: string; holderId: string | null; platform: string; openedAt: Date }

export async function insertHandover(tx: Tx, handover: NewHandover): Promise<void> {
  await tx.handover.create({ data: { ...handover, state: 'open' } })
}

/** He is back: nothing is to be passed on any more. Answers which handover that ended. */
export async function voidHandover(tx: Tx, personId: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update handover set state = 'void' where person_id = ${personId}::uuid and state = 'open' returning id`
  return rows[0]?.id ?? null
}

/** The open ones first, each the latest first. */
export async function listHandovers(tx: Tx) {
  const rows = await tx.handover.findMany({ orderBy: { openedAt: 'desc' }, take: 200 })
  const isOpen = ({ state }: { state: string }): boolean => state === 'open'
  return [...rows.filter(isOpen), ...rows.filter((row) => !isOpen(row))]
}

export const findHandover = (tx: Tx, id: string) => tx.handover.findUnique({ where: { id } })

export const openHandoverOf = (tx: Tx, personId: string) =>
  tx.handover.findFirst({ where: { personId, state: 'open' }, select: { id: true } })

/** The same, held until the transaction ends: two managers pass it on once. */
export async function lockHandover(tx: Tx, id: string): Promise<Handover | null> {
  await tx.$queryRaw`select id from handover where id = ${id}::uuid for update`
  return findHandover(tx, id)
}

export async function finishHandover(
  tx: Tx,
  id: string,
  { passed, by, at }: { passed: Passed[]; by: string; at: Date },
): Promise<void> {
  await tx.handover.update({ where: { id }, data: { state: 'done', doneAt: at, doneBy: by, passed } })
}

/** People who left and have nothing to be passed on, as far as anybody knows; with the platform that said so. */
export const leaversWithoutHandover = (tx: Tx): Promise<{ id: string; platform: string }[]> =>
  tx.$queryRaw`
    select distinct on (p.id) p.id, h.platform from person p join handover h on h.person_id = p.id
    where not p.active and p.merged_into_id is null
      and not exists (select from handover o where o.person_id = p.id and o.state = 'open')
    order by p.id, h.opened_at desc`
