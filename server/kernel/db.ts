import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { config } from './config.ts'
import { Prisma, PrismaClient } from './prisma/client.ts'

/** The one pool: Prisma and plain SQL share it. */
export const pool = new pg.Pool({
  connectionString: config.DATABASE_URL,
  max: config.DATABASE_POOL,
  // The adapter reads a timestamptz as if it were UTC, so every session must write it so.
  options: '-c TimeZone=UTC',
})
// An idle connection that breaks is replaced by the pool; without a listener the process would end.
pool.on('error', () => {})

/** A bounded set of texts goes through Prisma, so each may be prepared once a connection. */
const names = new Map<string, string>()
const statementName = (text: string): string | undefined => {
  const known = names.get(text)
  if (known || names.size >= 500) return known
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

export const db = new PrismaClient({
  adapter: new PrismaPg(pool, {
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

export async function closeDatabase(): Promise<void> {
  await db.$disconnect()
  if (!pool.ended) await pool.end()
}
