import pg from 'pg'
import { searchColumns } from '../server/modules/catalog/search-store.ts'
import { openDatabase } from '../scripts/embedded-postgres.ts'
import { type StoredCompany, storeCompany } from './stored-company.ts'

/** Times the demo company, so that it has a million stock moves and more than a hundred thousand articles. */
const copies = 102
const copiesFrom = 256
const cancelledFrom = 1024
/** As many as three digits of an id can tell apart. */
const idCopiesMax = 4096
const orders = 1_000_000
const namesAtOnce = 5_000

/** What the company has once, however much it trades: people, places, rules; and what is under way. */
const kept =
  /^(person|role|session|identity|delegation|department|handover|definition|own_field|payment_term|platform_|setting|set_up_|schema_|number_|warehouse|bin$|bot_|card_|inbox_|outbox_|send_|done_|handled|event$|share_|proof_|price_list|ledger_account|sales_target|alert|import_)/
/** Columns that name one of those. */
const keptIds =
  /(^|_)(by|owner|keeper|picker|warehouse|from|to|bin|person|price_list|assignee|holder|instead_of)(_id)?s?$/

/**
 * The demo company's trade so many times over, each time with customers, articles, documents and ledgers of its own, so that the books are as right
 * as they were; and orders that were cancelled until there are a million.
 */
export const storeLargeCompany = async (log: (line: string) => void): Promise<StoredCompany> =>
  enlarged(await storeCompany(1, log))

/** The same folder; what lies in it is a company of a million orders afterwards. */
export async function enlarged(stored: StoredCompany): Promise<StoredCompany> {
  const { dataDir, log } = stored
  const begun = performance.now()
  const opened = await openDatabase({ dataDir, log })
  const database = new pg.Client({ connectionString: opened.url })
  await database.connect()
  try {
    // The rows are copies of rows that were checked: neither keys nor triggers need look at them again.
    await database.query(
      `set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '1GB'`,
    )
    const all = await tables(database)
    for (const table of all) await multiply(database, table, { first: copiesFrom, times: copies })
    await nameItems(database)
    await fillWithCancelled(database, all)
    await database.query('update number_sequence set last = $1', [idCopiesMax * numbersEach])
    await database.query('vacuum analyze')
  } finally {
    await database.end()
    await opened.stop()
  }
  log(`It is made a large one, ${((performance.now() - begun) / 1000).toFixed(0)} s.`)
  return { ...stored, size: '1m' }
}

type Column = { name: string; type: string; isUnique: boolean; isGenerated: boolean }
type Table = { name: string; columns: Column[] }

async function tables(database: pg.Client): Promise<Table[]> {
  const { rows } = await database.query<Table>(
    `select relname as name, jsonb_agg(jsonb_build_object('name', attname, 'type', format_type(atttypid, null),
       'isGenerated', attidentity <> '' or attgenerated <> '',
       'isUnique', exists (select from pg_index where indrelid = t.oid and indisunique and indkey::text = attnum::text)) order by attnum) as columns
     from pg_class t join pg_attribute a on attrelid = t.oid and attnum > 0 and not attisdropped
     where relkind = 'r' and relnamespace = 'public'::regnamespace group by relname`,
  )
  return rows.filter(({ name }) => !kept.test(name))
}

type Copying = {
  /** The first of the copies: 256 and later, so that it has three digits. */
  first: number
  times: number
  where?: string
  /** What is otherwise in the copies. */
  set?: Record<string, string>
}

/** Copies a table's rows; the third group of an id, which otherwise begins with a 7, says which copy it belongs to. The names are the catalogue's own. */
async function multiply(database: pg.Client, table: Table, { first, times, where = 'true', set = {} }: Copying) {
  const copied = table.columns.filter((column) => !column.isGenerated)
  const names = copied.map((column) => pg.escapeIdentifier(column.name)).join(', ')
  const values = copied.map((column) => set[column.name] ?? copyOf(column)).join(', ')
  await database.query(`
    insert into ${pg.escapeIdentifier(table.name)} (${names})
    select ${values} from (select * from ${pg.escapeIdentifier(table.name)} where ${where}) as source,
      generate_series(${first}, ${first + times - 1}) as copy, lateral (select '8' || to_hex(copy) as digits) as mark`)
}

/** How documents are numbered: SO202611-00042, 记-202611-00042. Each copy has numbers of its own, further up in the sequence of its month. */
const numbered = '^([A-Z]+|记-)[0-9]{6}-[0-9]+$'
const numbersEach = 100_000

function copyOf({ name, type, isUnique }: Column): string {
  const column = `source.${pg.escapeIdentifier(name)}`
  if (type === 'text' && isUnique)
    return `case when ${column} ~ '${numbered}' then regexp_replace(${column}, '[0-9]+$', '') || copy * ${numbersEach} + substring(${column} from '[0-9]+$')::int
      else ${column} || '-' || copy end`
  if (keptIds.test(name)) return column
  if (type === 'uuid') return `overlay(${column}::text placing digits from 15)::uuid`
  if (type === 'uuid[]')
    return `array(select overlay(one::text placing digits from 15)::uuid from unnest(${column}) with ordinality as o(one, i) order by i)`
  if (name === 'lots')
    return `regexp_replace(${column}::text, '([0-9a-f]{8}-[0-9a-f]{4}-)7[0-9a-f]{3}', '\\1' || digits, 'g')::jsonb`
  return column
}

const syllables = [...'华东宏泰永盛金鼎恒力新安瑞丰德润']

/** Each copy is of another make, and is called so; found by it too, as goods are. */
async function nameItems(database: pg.Client): Promise<void> {
  const { rows } = await database.query<{
    id: string
    code: string
    name: string
    spec: string
    brand: string
    aliases: string[]
    copy: number
  }>(
    `select id, code, name, spec, brand, aliases, substring(code from '-([0-9]+)$')::int as copy from item where code ~ '-[0-9]{3}$'`,
  )
  for (let i = 0; i < rows.length; i += namesAtOnce) {
    const named = rows.slice(i, i + namesAtOnce).map(({ id, copy, ...item }) => {
      const make = `${syllables[copy % syllables.length]}${syllables[Math.floor(copy / syllables.length) % syllables.length]}`
      const name = `${make}${item.name}`
      const { grams, searchText, ...sounds } = searchColumns({ ...item, name })
      return { id, name, ...sounds, grams, search_text: searchText }
    })
    await database.query(
      `update item set name = made.name, pinyin = made.pinyin, initials = made.initials, grams = made.grams, search_text = made.search_text
       from jsonb_to_recordset($1::jsonb) as made(id uuid, name text, pinyin text, initials text, grams text[], search_text text)
       where item.id = made.id`,
      [JSON.stringify(named)],
    )
  }
}

/** What was written down and taken back before it was submitted leaves nothing in the ledgers, nor in the audit trail. */
async function fillWithCancelled(database: pg.Client, all: readonly Table[]): Promise<void> {
  const table = (name: string): Table => all.find((one) => one.name === name)!
  const { rows } = await database.query<{ there: number; models: string[] }>(
    `select (select count(*)::int from sales_order) as there, array(
       select o.id from sales_order o join sales_order_line l on l.order_id = o.id where o.number ~ '-[0-9]{5}$'
       group by o.id order by count(*), o.id limit 2000) as models`,
  )
  const { there, models } = rows[0]!
  const chosen = models.map((id) => pg.escapeLiteral(id)).join(', ')
  const copying = { first: cancelledFrom, times: Math.ceil((orders - there) / models.length) }
  await multiply(database, table('sales_order'), {
    ...copying,
    where: `id in (${chosen})`,
    set: {
      state: `'cancelled'`,
      delivered_gross: '0',
      exposed: '0',
      customer_id: 'source.customer_id',
      quotation_id: 'null',
      submitted_at: 'null',
      confirmed_at: 'null',
    },
  })
  await multiply(database, table('sales_order_line'), {
    ...copying,
    where: `order_id in (${chosen})`,
    set: { delivered: '0', delivered_gross: '0', reserved: '0', item_id: 'source.item_id' },
  })
}
