import type { Tx } from '#kernel/db'

const rowsAtOnce = 5000

/** Makes what `insertRows` calls; it is gone with the session. The database quotes the names, so no SQL is put together here. */
export async function prepareInsert(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    create or replace function pg_temp.insert_rows(target regclass, columns text[], rows jsonb) returns void language plpgsql as $$
    declare names text := (select string_agg(quote_ident(name), ', ') from unnest(columns) as name);
    begin
      execute format('insert into %1$s (%2$s) select %2$s from jsonb_populate_recordset(null::%1$s, $1)', target, names) using rows;
    end $$`
}

/** Inserts rows whose keys are the columns of a table. */
export async function insertRows(tx: Tx, table: string, rows: Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const part = JSON.stringify(rows.slice(i, i + rowsAtOnce))
    await tx.$executeRaw`select pg_temp.insert_rows(${table}::regclass, ${columns}, ${part}::jsonb)`
  }
}
