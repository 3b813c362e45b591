import pg from 'pg'
import { config } from './config.ts'
import { connectPrisma } from './models.ts'
import { Prisma } from './prisma/client.ts'
import { type Connection, sendTogether, withStatements } from './statements.ts'

const waitMaxMs = 8_000
/**
 * A transaction in which nothing happens for so long is ended by the database: it keeps others waiting. A pooler does not pass this on, and ends
 * such transactions by a setting of its own.
 */
const idleMaxMs = 300_000
const endingIdle = config.DATABASE_DIRECT_URL ? '' : ` -c idle_in_transaction_session_timeout=${idleMaxMs}`

/** The one pool: Prisma and plain SQL share it. */
export const pool = new pg.Pool({
  connectionString: config.DATABASE_URL,
  max: config.DATABASE_POOL,
  connectionTimeoutMillis: waitMaxMs,
  // The adapter reads a timestamptz as if it were UTC, so every session must write it so.
  options: `-c TimeZone=UTC${endingIdle}`,
  // A statement is sent when it is ready to go, not when the one before it was answered.
  pipeline: true,
})
// An idle connection that breaks is replaced by the pool; without a listener the process would end.
pool.on('error', () => {})

const { prisma, modelsOn } = connectPrisma(pool)
/** Prisma on the pool: each call a transaction of its own. */
export const db = prisma

/** What an action works on: one open transaction. */
export type Tx = Prisma.TransactionClient
export const sql = Prisma.sql
export const joinSql = Prisma.join
export const noSql = Prisma.empty
export type Sql = Prisma.Sql

/** Reads outside of any transaction. */
export const reading: Tx = withStatements(db, pool)

/** What an open transaction has still to do before it is committed. */
type Rest = {
  connection: pg.ClientBase
  sent: Promise<unknown>[]
  checked: Promise<unknown>[]
  last: (() => Promise<void>)[]
  after: (() => void)[]
  known: Map<string, Promise<unknown>>
}
const rests = new WeakMap<Tx, Rest>()

/** Opens a transaction for this work: all of it, or nothing. */
export async function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const connection = await pool.connect()
  // A connection that breaks fails the statements that wait on it; without a listener it would end the process as well.
  const ignore = (): void => {}
  connection.on('error', ignore)
  let broken: unknown
  try {
    return await committed(connection, work).catch(async (error: unknown) => {
      await connection.query('rollback').catch((failed: unknown) => (broken = failed))
      throw error
    })
  } finally {
    connection.off('error', ignore)
    connection.release(broken !== undefined)
  }
}

async function committed<T>(connection: pg.PoolClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  // Not waited for: it goes out in one packet with the first statement, and whatever ails it ails that one too.
  sendTogether(connection)
  const begun = connection.query('begin')
  begun.catch(() => {})
  const models = modelsOn(connection)
  const open = whileOpen(connection)
  const tx = withStatements(models.client, open)
  const rest: Rest = { connection, sent: [begun], checked: [], last: [], after: [], known: new Map() }
  rests.set(tx, rest)
  try {
    const answer = await work(tx)
    await Promise.all(rest.checked)
    await models.leave()
    // The commit goes out together with what is written last: where any of it fails, PostgreSQL makes a rollback of it.
    const last = rest.last.map((act) => act())
    open.close()
    const committing = connection.query('commit')
    committing.catch(() => {})
    await Promise.all([...rest.sent, ...last])
    const { command } = await committing
    if (command !== 'COMMIT') throw new Error('A statement had failed, so nothing was kept.')
    for (const act of rest.after) act()
    return answer
  } catch (error) {
    // A statement that failed is why all later ones did: it is the one to be told of.
    await Promise.all([...rest.sent, ...rest.checked])
    throw error
  } finally {
    await models.leave()
  }
}

/** What is sent after the commit would be a transaction of its own. */
function whileOpen(connection: pg.PoolClient): Connection & { close: () => void } {
  let isOver = false
  return {
    connection: (connection as unknown as Connection).connection!, // as the driver has it, whose types leave it out
    query: async (statement) => {
      if (isOver) throw new Error('The transaction is over.')
      return connection.query(statement)
    },
    close: () => void (isOver = true),
  }
}

/** Sends a statement whose answer decides nothing, without waiting for it. When it fails, so does the transaction. */
export const sendAlong = (tx: Tx, statement: Promise<unknown>): Promise<void> => along(rests.get(tx)?.sent, statement)

/** The same where the answer may still say no, by what the promise throws: it is waited for before the commit. */
export const checkAlong = (tx: Tx, statement: Promise<unknown>): Promise<void> =>
  along(rests.get(tx)?.checked, statement)

async function along(underWay: Promise<unknown>[] | undefined, statement: Promise<unknown>): Promise<void> {
  if (!underWay) return void (await statement)
  // It is waited for at the end; until then its failure is nobody's surprise.
  statement.catch(() => {})
  underWay.push(statement)
}

/** For a library that brings its own texts and values, and is to write in this transaction. */
export function foreignSql(tx: Tx): { executeSql: (text: string, values?: unknown[]) => Promise<pg.QueryResult> } {
  const rest = rests.get(tx)
  if (!rest) throw new Error('There is no transaction open here.')
  return { executeSql: (text, values) => rest.connection.query(text, values) }
}

/** Sends something when the work of a transaction is done, before it waits for anything; at once, when it is not one of `inTransaction`. */
export async function beforeCommit(tx: Tx, act: () => Promise<void>): Promise<void> {
  const rest = rests.get(tx)
  if (rest) rest.last.push(act)
  else await act()
}

/** Says something in this process when a transaction is committed, and only then. */
export function afterCommit(tx: Tx, act: () => void): void {
  rests.get(tx)?.after.push(act)
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
