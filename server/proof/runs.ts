import { type Input, type Output, Refusal } from '#contract'
import { allow, type Caller, systemId } from '#kernel/caller'
import type { Tx } from '#kernel/db'
import { keysOf, pageFrom } from '#kernel/paging'
import { namesOf } from '#server/modules/org'
import type { proof, ProofRun } from './contract.ts'
import { findRun, listRuns } from './run-store.ts'

type Endpoints = (typeof proof)['endpoints']

export const mayProve = (caller: Caller): void => allow(caller, 'reconcile.run', { zh: '对账', en: 'prove the books' })

/** The last proofs, the latest first. */
export async function proofRuns(
  tx: Tx,
  caller: Caller,
  { cursor, limit }: Input<Endpoints['proofRuns']>,
): Promise<Output<Endpoints['proofRuns']>> {
  mayProve(caller)
  const listed = await listRuns(tx, limit + 1, keysOf(cursor, ['milliseconds', 'id']))
  const { rows, ...page } = pageFrom(listed, limit, (row) => [row.at.getTime(), row.id])
  const names = await namesOf(
    tx,
    rows.map(({ by }) => by),
  )
  return { ...page, rows: rows.map((row) => ({ ...row, at: row.at.toISOString(), by: names.get(row.by) ?? '' })) }
}

export async function proofRun(tx: Tx, caller: Caller, { id }: { id: string }): Promise<ProofRun> {
  mayProve(caller)
  const run = await findRun(tx, id)
  if (!run) throw new Refusal('not_found', { what: { zh: '对账记录', en: 'proof of the books' } })
  return { ...run, by: await nameOf(tx, run.by) }
}

/** Nobody's name where the house itself was at work. */
export const nameOf = async (tx: Tx, personId: string): Promise<string> =>
  personId === systemId ? '' : ((await namesOf(tx, [personId])).get(personId) ?? '')
