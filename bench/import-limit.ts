import pg from 'pg'
import { newId } from '#kernel/ids'
import type { OpenCompany } from './open-company.ts'

type Rows = Record<string, unknown>[]
/** What is written for a thousand records, by table. */
type Batch = Record<string, Rows>
export type ImportLimit = { run: () => Promise<void>; close: () => Promise<void> }

const rowsAtOnce = 1_000

const recordsOf = `select record_id from import_row where import_id = $1 order by position limit $2 offset $3`
const tables: Record<string, string> = {
  item: `select * from item where id in (${recordsOf})`,
  item_unit: `select * from item_unit where item_id in (${recordsOf})`,
  barcode: `select * from barcode where item_id in (${recordsOf})`,
  price_change: `select * from price_change where item_id in (${recordsOf})`,
  audit_entry: `select * from audit_entry where document_id in (${recordsOf})`,
  import_row: `select * from import_row where import_id = $1 order by position limit $2 offset $3`,
}
/** What an import writes once. */
const once: Record<string, string> = {
  import_run: `select * from import_run where id = $1`,
  event: `select * from event where body ->> 'importId' = $1::text`,
  done_call: `select * from done_call where output ->> 'id' = $1::text`,
}

/** The rows that an import has written, to be written again by bare SQL: set-based, a thousand records a transaction, once the first are gone. */
export async function importLimit({ database, databaseUrl }: OpenCompany, id: string): Promise<ImportLimit> {
  const { rows: counted } = await database.query<{ count: number }>(
    `select count(*)::int as count from import_row where import_id = $1`,
    [id],
  )
  const copy = newId()
  const first = await read(database, once, [id], copy)
  const batches: Batch[] = []
  for (let from = 0; from < (counted[0]?.count ?? 0); from += rowsAtOnce)
    batches.push(await read(database, tables, [id, rowsAtOnce, from], copy))
  const connection = new pg.Client({ connectionString: databaseUrl })
  await connection.connect()
  return {
    run: async () => {
      await write(connection, first)
      for (const batch of batches) await write(connection, batch)
    },
    close: () => connection.end(),
  }
}

async function read(
  database: pg.Client,
  from: Record<string, string>,
  values: unknown[],
  copy: string,
): Promise<Batch> {
  const batch: Batch = {}
  for (const [table, query] of Object.entries(from)) {
    const { rows } = await database.query<{ rows: Rows }>(
      `select coalesce(jsonb_agg(to_jsonb(t)), '[]') as rows from (${query}) t`,
      values,
    )
    batch[table] = (rows[0]?.rows ?? []).map((row) => ({ ...row, ...freshKeys(table, copy) }))
  }
  return batch
}

/** What is still there when the rows are written again has other keys. */
function freshKeys(table: string, copy: string): object {
  if (table === 'import_row') return { import_id: copy }
  if (table === 'import_run') return { id: copy }
  if (table === 'done_call') return { key: newId() }
  return table === 'audit_entry' || table === 'event' ? { id: newId() } : {}
}

async function write(connection: pg.Client, batch: Batch): Promise<void> {
  await connection.query('begin')
  for (const [table, rows] of Object.entries(batch)) {
    // The names are those of the tables above.
    const text = `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`
    await connection.query({ name: table, text, values: [JSON.stringify(rows)] })
  }
  await connection.query('commit')
}
