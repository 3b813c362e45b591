import type { Tx } from '#kernel/db'
import { ProofResult, type ProofRun } from './contract.ts'

/** How many runs are kept: some months of nights, and what was asked by day. */
const kept = 120

type NewRun = ProofResult & { id: string; by: string; isNightly: boolean }

/** Writes a run down, and lets go of the oldest. */
export async function insertRun(tx: Tx, { at, ...run }: NewRun): Promise<void> {
  await tx.proofRun.create({ data: { ...run, at: new Date(at) } })
  await tx.$executeRaw`
    delete from proof_run where id in (select id from proof_run order by at desc, id desc offset ${kept})`
}

export async function findRun(tx: Tx, id: string): Promise<(Omit<ProofRun, 'by'> & { by: string }) | undefined> {
  const row = await tx.proofRun.findUnique({ where: { id } })
  if (!row) return undefined
  // What is kept was a result when it was written.
  const result = ProofResult.parse({ ...row, at: row.at.toISOString() })
  return { ...result, id: row.id, by: row.by, isNightly: row.isNightly }
}

type Listed = { id: string; at: Date; by: string; isNightly: boolean; ms: number; checked: number; broken: number }

/** The runs, the latest first. Those before `after` have been read. */
export const listRuns = (tx: Tx, limit: number, after: readonly [number, string] | undefined): Promise<Listed[]> => {
  const [ms, id] = after ?? []
  return tx.$queryRaw<Listed[]>`
    select id, at, by, is_nightly as "isNightly", ms, jsonb_array_length(checked) as checked, jsonb_array_length(findings) as broken
    from proof_run
    where ${ms === undefined} or (at, id) < (${new Date(ms ?? 0)}::timestamptz, ${id ?? null}::uuid)
    order by at desc, id desc limit ${limit}`
}
