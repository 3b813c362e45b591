import { type Input, type Output, Refusal } from '#contract'
import type { Caller } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import type { org } from './contract.ts'
import { endDelegationRow, insertDelegation, listDelegations } from './delegation-store.ts'
import { findPersonRow, namesOf } from './person-store.ts'

type Endpoints = (typeof org)['endpoints']
type Row = { id: string; fromId: string; toId: string; startsAt: Date; endsAt: Date }

export async function delegations(tx: Tx, caller: Caller): Promise<Output<Endpoints['delegations']>> {
  return { delegations: await views(tx, caller, await listDelegations(tx, caller.personId, caller.at)) }
}

/** From `startsAt` to `endsAt` the other decides in my place. */
export async function delegate(
  tx: Tx,
  caller: Caller,
  input: Input<Endpoints['delegate']>,
): Promise<Output<Endpoints['delegate']>> {
  const { id, toId } = input
  const [startsAt, endsAt] = [new Date(input.startsAt), new Date(input.endsAt)]
  if (toId === caller.personId) throw new Refusal('self_delegation')
  if (endsAt <= startsAt || endsAt <= caller.at) throw new Refusal('bad_period')
  const deputy = await findPersonRow(tx, toId)
  if (!deputy?.active) throw new Refusal('not_found', { what: { zh: '同事', en: 'colleague' } })
  const row = await insertDelegation(tx, { id, fromId: caller.personId, toId, startsAt, endsAt })
  return (await views(tx, caller, [row]))[0]!
}

export async function endDelegation(tx: Tx, caller: Caller, { id }: { id: string }): Promise<{ done: boolean }> {
  if (!(await endDelegationRow(tx, id, caller.personId, caller.at)))
    throw new Refusal('not_found', { what: { zh: '委托', en: 'delegation' } })
  return { done: true }
}

async function views(tx: Tx, caller: Caller, rows: Row[]): Promise<Output<Endpoints['delegate']>[]> {
  const names = await namesOf(
    tx,
    rows.flatMap((row) => [row.fromId, row.toId]),
  )
  const named = (id: string) => ({ id, name: names.get(id) ?? '' })
  return rows.map((row) => ({
    id: row.id,
    from: named(row.fromId),
    to: named(row.toId),
    startsAt: row.startsAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    active: row.startsAt <= caller.at && row.endsAt > caller.at,
  }))
}
