import { lookAgain } from '#kernel/as-set-up'
import type { Tx } from '#kernel/db'

const periodLock = 7_215_011

/** Keeps the books as they are, open or closed, until the transaction ends. Any number may hold it together. Whoever closed them meanwhile is heard. */
export async function holdPeriod(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(${periodLock}::bigint)`
  lookAgain(tx)
}

/** Waits for all who are posting, and keeps others from it: nothing slips into a period while it is closed. */
export async function changePeriod(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${periodLock}::bigint)`
  lookAgain(tx)
}
