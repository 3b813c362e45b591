import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { config } from './config.ts'
import { Prisma, PrismaClient } from './prisma/client.ts'
import { statementName, withStatements } from './statements.ts'

/** The one pool: Prisma and plain SQL share it. */
export const pool = new pg.Pool({
  connectionString: config.DATABASE_URL,
  max: config.DATABASE_POOL,
  // The adapter reads a timestamptz as if it were UTC, so every session must write it so.
  options: '-c TimeZone=UTC',
  // A statement is sent when it is ready to go, not when the one before it was answered.
  pipeline: true,
})
// An idle connection that breaks is replaced by the pool; without a listener the process would end.
pool.on('error', () => {})

/** Prisma opens a transaction without telling on which connection: who opens one finds it here. */
const opening = new AsyncLocalStorage<{ connection?: pg.ClientBase }>()

class Adapter extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const start = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolation) => {
      const transaction = await start(isolation)
      const opener = opening.getStore()
      if (opener) opener.connection = Reflect.get(transaction, 'client') // its `client` is protected, and a connection of the pool
      return transaction
    }
    return adapter
  }
}

export const db = new PrismaClient({
  adapter: new Adapter(pool, {
    statementNameGenerator: ({ sql: text }: { sql: string }) => statementName(text) ?? '',
  }),
  transactionOptions: { maxWait: 10_000, timeout: 60_000 },
})

/** What an action works on: one open transaction. */
export type Tx = Prisma.TransactionClient
export const sql = Prisma.sql
export const joinSql = Prisma.join
export const noSql = Prisma.empty
export type Sql = Prisma.Sql

/** Reads outside of any transaction. */
export const reading: Tx = withStatements(db, pool)

/** What an open transaction has still to do before it is committed. */
type Rest = { sent: Promise<unknown>[]; last: (() => Promise<void>)[]; known: Map<string, Promise<unknown>> }
const rests = new WeakMap<Tx, Rest>()

/** Opens a transaction for this work: all of it, or nothing. */
export function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const opener: { connection?: pg.ClientBase } = {}
  return opening.run(opener, () =>
    db.$transaction(async (prisma) => {
      const tx = opener.connection ? withStatements(prisma, opener.connection) : prisma
      const rest: Rest = { sent: [], last: [], known: new Map() }
      rests.set(tx, rest)
      try {
        const answer = await work(tx)
        await Promise.all([...rest.sent, ...rest.last.map((act) => act())])
        return answer
      } catch (error) {
        // A statement that failed is why all later ones did: it is the one to be told of.
        await Promise.all(rest.sent)
        throw error
      }
    }),
  )
}

/** Sends a statement whose answer decides nothing, without waiting for it. When it fails, so does the transaction. */
export async function sendAlong(tx: Tx, statement: Promise<unknown>): Promise<void> {
  const rest = rests.get(tx)
  if (!rest) return void (await statement)
  // It is waited for at the end; until then its failure is nobody's surprise.
  statement.catch(() => {})
  rest.sent.push(statement)
}

/** Does something when the work of a transaction is done; at once, when it is not one of `inTransaction`. */
export async function beforeCommit(tx: Tx, act: () => Promise<void>): Promise<void> {
  const rest = rests.get(tx)
  if (rest) rest.last.push(act)
  else await act()
}

/**
 * Reads something once in a transaction, however many of its steps ask for it; outside of one, each time. Whoever changes what is read so
 * calls `forget`.
 */
export function onceIn<T>(tx: Tx, key: string, read: () => Promise<T>): Promise<T> {
  const known = rests.get(tx)?.known
  if (!known) return read()
  const earlier = known.get(key) as Promise<T> | undefined // whoever asks under this key reads the same
  if (earlier) return earlier
  const reading = read()
  known.set(key, reading)
  return reading
}

export const forget = (tx: Tx, key: string): void => void rests.get(tx)?.known.delete(key)

export async function closeDatabase(): Promise<void> {
  await db.$disconnect()
  if (!pool.ended) await pool.end()
}
