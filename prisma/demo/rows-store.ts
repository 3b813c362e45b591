import type pg from 'pg'

const rowsAtOnce = 2000

/** Inserts rows whose keys are the columns of a table. The names come from this folder, never from outside. */
export async function insertRows(client: pg.Client, table: string, rows: Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
    .map((column) => client.escapeIdentifier(column))
    .join(', ')
  const name = client.escapeIdentifier(table)
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const part = JSON.stringify(rows.slice(i, i + rowsAtOnce))
    await client.query(
      `insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
      [part],
    )
  }
}
