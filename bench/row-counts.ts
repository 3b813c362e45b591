import type pg from 'pg'

export type RowCounts = ReadonlyMap<string, number>

/** Where what follows an order after its commit is written down: cards to people, by whom they were dealt with. */
const afterTheCommit = ['outbox_message', 'send_pace', 'platform_use', 'card_button', 'handled']

/** The post tells itself of what is written for it; that too comes after the commit. */
const withoutPosts = `where name not like 'outbox.%'`

/** How many rows each table has. */
export async function countRows(database: pg.Client): Promise<RowCounts> {
  // The names come from the catalogue and are quoted by the database itself.
  const { rows } = await database.query<{ name: string; count: string }>(
    `select relname as name, (xpath('//count/text()', query_to_xml(format('select count(*) from %s %s', oid::regclass,
       case relname when 'event' then $2 end), true, true, '')))[1]::text as count
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all($1)`,
    [afterTheCommit, withoutPosts],
  )
  return new Map(rows.map(({ name, count }) => [name, Number(count)]))
}

/** What was added to each table between two counts, for each of so many pieces of work. Tables that did not change are left out. */
export function addedEach(before: RowCounts, after: RowCounts, pieces: number): Record<string, number> {
  const added = [...after].map(([name, count]): [string, number] => [name, (count - (before.get(name) ?? 0)) / pieces])
  return Object.fromEntries(added.filter(([, each]) => each !== 0).sort(([a], [b]) => (a < b ? -1 : 1)))
}
