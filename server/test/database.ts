import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { administer, onDatabase } from './postgres.ts'

export type TestDatabase = {
  url: string
  /** Whether anybody is connected to it, which means that the test has used the kernel's pool. */
  isInUse: () => Promise<boolean>
  drop: () => Promise<void>
}

export const newDatabaseName = (): string => `yidan_test_${randomBytes(6).toString('hex')}`

/** A migrated, empty database of one's own: a copy of the template, made in a few milliseconds. */
export async function testDatabase(
  server: { url: string; template: string },
  name = newDatabaseName(),
): Promise<TestDatabase> {
  // One that broke off may have left its own behind.
  await administer(server.url, `drop database if exists ${name} with (force)`)
  // Copying files is several times quicker than copying through the write-ahead log, which is PostgreSQL's default.
  await administer(server.url, `create database ${name} template ${server.template} strategy file_copy`)
  return {
    url: onDatabase(server.url, name),
    isInUse: () => hasConnections(server.url, name),
    drop: () => administer(server.url, `drop database ${name} with (force)`),
  }
}

async function hasConnections(url: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_stat_activity where datname = $1', [name])
    return (rowCount ?? 0) > 0
  } finally {
    await client.end()
  }
}
