import pg from 'pg'

/** What PostgreSQL must not be told to skip, or a crash of the machine takes back what people were told is done. */
const needed = ['fsync', 'full_page_writes', 'synchronous_commit']

/**
 * Refuses a database that may lose what it has committed. `throwAway` is the name of a database whose loss is nobody's harm, as in a test;
 * it holds for that name only, so that no setting is carried over to the books of a company.
 */
export async function assertDurable(url: string, throwAway: string | undefined): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ database: string; name: string }>(
      `select current_database() as database, name from pg_settings where name = any($1) and setting = 'off' order by name`,
      [needed],
    )
    const [{ database } = { database: '' }] = rows
    if (rows.length === 0 || database === throwAway) return
    const off = rows.map(({ name }) => name).join(', ')
    throw new Error(
      `The database ${database} may lose what it has committed: it runs with ${off} off. Switch it on; or, when nothing in it ` +
        `is worth keeping, set THROW_AWAY_DATABASE=${database}.`,
    )
  } finally {
    await client.end()
  }
}
