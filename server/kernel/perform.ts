import { createHash } from 'node:crypto'
import pg from 'pg'
import { type Contract, type Input, type Output, Refusal } from '#contract'
import type { Caller } from './caller.ts'
import { inTransaction, reading, sendAlong, type Tx } from './db.ts'
import { Prisma } from './prisma/client.ts'

/** Everything the system does has this one shape. */
export type Action<I, O> = (tx: Tx, caller: Caller, input: I) => Promise<O>

/** One action for every endpoint of a contract, no more and no fewer. */
export type Actions<C extends Contract> = {
  [K in keyof C['endpoints']]: Action<Input<C['endpoints'][K]>, Output<C['endpoints'][K]>>
}

/** Thrown by a store when the row it is saving has changed since it was read. */
export class ChangedMeanwhile extends Error {}

const triesMax = 5

/**
 * Runs one action in one transaction. Nothing else opens a transaction.
 * A deed already done is not done again: its first answer is given.
 * An action that lost a race (or a deadlock) is run again from the start, on fresh data.
 */
export async function perform<I, O>(caller: Caller, action: Action<I, O>, input: I, name = action.name): Promise<O> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction((tx) => once(tx, caller, action, input, name))
    } catch (error) {
      if (!isLostRace(error) || tries === triesMax) throw error
    }
  }
}

/** Reads in one statement each need no transaction of their own; the same shape, without one. */
export const ask = <I, O>(caller: Caller, query: Action<I, O>, input: I): Promise<O> => query(reading, caller, input)

/** Many reads that must agree with one another: all of them see the moment at which the first one looks. */
export const askAtOneMoment = <I, O>(caller: Caller, query: Action<I, O>, input: I): Promise<O> =>
  inTransaction(async (tx) => {
    await tx.$executeRaw`set transaction isolation level repeatable read, read only`
    return query(tx, caller, input)
  })

async function once<I, O>(tx: Tx, caller: Caller, action: Action<I, O>, input: I, name: string): Promise<O> {
  const { personId: userId, key, at } = caller
  if (!key) return action(tx, caller, input)

  const inputHash = createHash('sha256')
    .update(name)
    .update(JSON.stringify(input ?? null))
    .digest('hex')
  // A second call with this key waits here until the first has committed or failed.
  const inserted = await tx.$executeRaw`
    insert into done_call (user_id, key, action, input_hash, at) values (${userId}::uuid, ${key}, ${name}, ${inputHash}, ${at})
    on conflict do nothing`
  if (inserted === 0) {
    const earlier = await tx.doneCall.findUniqueOrThrow({ where: { userId_key: { userId, key } } })
    if (earlier.inputHash !== inputHash) throw new Refusal('key_reused')
    return earlier.output as O // stored below by the same action for the same input
  }
  const output = await action(tx, caller, input)
  const stored = JSON.stringify(output ?? null)
  await sendAlong(
    tx,
    tx.$executeRaw`update done_call set output = ${stored}::jsonb where user_id = ${userId}::uuid and key = ${key}`,
  )
  return output
}

/** Serialization failures and deadlocks end one of the two; that one simply goes again. */
function isLostRace(error: unknown): boolean {
  if (error instanceof ChangedMeanwhile) return true
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034') return true
  return ['40001', '40P01'].includes(sqlState(error) ?? '')
}

/** PostgreSQL's code behind an error of a statement: '23514' is a broken CHECK. */
export function sqlState(error: unknown): string | undefined {
  if (error instanceof pg.DatabaseError) return error.code
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined
  const cause = (error.meta?.['driverAdapterError'] as { cause?: { originalCode?: string } } | undefined)?.cause
  const code = cause?.originalCode ?? error.meta?.['code']
  return typeof code === 'string' ? code : undefined
}
