import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

export const migrationsDirectory = fileURLToPath(new URL('../prisma/migrations', import.meta.url))

export type Migration = { name: string; sql: string; checksum: string }
type Applied = { name: string; checksum: string }
type MigrateOptions = { log?: (line: string) => void; directory?: string }

const migrationLock = 7_215_002

/**
 * Applies the migrations that the database does not have yet, in order, each in one transaction. Any number of
 * processes may do this at once: the others wait, and then find nothing left to do. Answers the names applied.
 */
export async function migrate(
  url: string,
  { log = () => {}, directory = migrationsDirectory }: MigrateOptions = {},
): Promise<string[]> {
  const migrations = readMigrations(directory)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const names: string[] = []
    for (;;) {
      const name = await applyNext(client, migrations)
      if (!name) return names
      log(`Migrated the database: ${name}`)
      names.push(name)
    }
  } finally {
    await client.end()
  }
}

/** The files of `prisma/migrations` in the order of their numbers. */
export function readMigrations(directory = migrationsDirectory): Migration[] {
  const names = readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  names.forEach((name, i) => {
    const number = name.slice(0, 4)
    if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(name))
      throw new Error(`${name} is no name for a migration: it is NNNN_what_it_does.sql.`)
    if (Number(number) !== i + 1)
      throw new Error(`${name} is number ${i + 1} of the migrations: two have one number, or one is missing.`)
  })
  return names.map((name) => {
    const sql = readFileSync(join(directory, name), 'utf8').replaceAll('\r\n', '\n')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** One transaction: waits for whoever else is migrating, looks at what is there, applies the first that is missing. */
async function applyNext(client: pg.Client, migrations: Migration[]): Promise<string | undefined> {
  await client.query('begin')
  try {
    // A lock of the transaction, not of the session, so that it also holds behind a connection pooler.
    await client.query('select pg_advisory_xact_lock($1)', [migrationLock])
    const next = firstMissing(migrations, await readApplied(client))
    if (next) await apply(client, next)
    await client.query('commit')
    return next?.name
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    `select to_regclass('schema_migration') is not null as exists`,
  )
  if (!rows[0]?.exists) {
    await client.query(
      'create table schema_migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    )
    return []
  }
  return (await client.query<Applied>('select name, checksum from schema_migration order by name')).rows
}

function firstMissing(migrations: Migration[], applied: Applied[]): Migration | undefined {
  applied.forEach(({ name, checksum }, i) => {
    const file = migrations[i]
    if (file?.name !== name) {
      throw new Error(
        file && migrations.some((migration) => migration.name === name)
          ? `${file.name} comes before ${name}, which the database has already: give it the next free number.`
          : `The database has the migration ${name}, which this version of Yidan does not know. Start the version that made it, or a later one.`,
      )
    }
    if (file.checksum !== checksum) {
      throw new Error(
        `${name} was edited after it was applied. Restore the file, and put the change into a new migration.`,
      )
    }
  })
  return migrations[applied.length]
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration) {
  try {
    await client.query(sql)
  } catch (error) {
    throw new Error(`The migration ${name} failed and was undone${place(error, sql)}: ${String(error)}`, {
      cause: error,
    })
  }
  await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [name, checksum])
}

function place(error: unknown, sql: string): string {
  if (!(error instanceof pg.DatabaseError) || !error.position) return ''
  return ` at line ${sql.slice(0, Number(error.position)).split('\n').length}`
}
