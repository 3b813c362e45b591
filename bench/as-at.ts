import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { z } from 'zod'
import { openDatabase } from '../scripts/embedded-postgres.ts'
import { type Benchmark, latencies, type Report } from './benchmark.ts'
import { repeated } from './closed-loop.ts'
import { onCopy } from './database-copy.ts'
import { writeHistory } from './history.ts'
import { freePort, startHouse } from './house-process.ts'
import { startPlatform } from './platform.ts'
import { type Session, signIn } from './session.ts'

const times = 20
/** Days of the past, and moments of which the same past is asked as it was known then. */
const pasts = [
  { day: '2 days', known: null },
  { day: '45 days', known: null },
  { day: '200 days', known: null },
  { day: '700 days', known: null },
  { day: '45 days', known: '44 days' },
  { day: '400 days', known: '390 days' },
]
const sumUp = fileURLToPath(new URL('take-checkpoints.ts', import.meta.url))

/**
 * What stood where, and who owed what since when, on days of the past: over HTTP, on two ledgers of a million lines each; beside it the same by
 * adding up the whole ledger in one statement. Both must say the same.
 */
export const asAt: Benchmark = {
  name: 'as-at',
  on: 'stored company',
  run: async ({ size, dataDir, log }, report) => {
    const stored = await openDatabase({ dataDir, log })
    try {
      await onCopy(stored.url, async (url) => {
        const database = new pg.Client({ connectionString: url })
        await database.connect()
        try {
          await writeHistory(database)
          const begun = performance.now()
          await promisify(execFile)(process.execPath, ['--import', 'tsx', sumUp], {
            env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'error' },
          })
          log(`Two years of checkpoints took ${((performance.now() - begun) / 1000).toFixed(0)} s.`)
          await database.query('vacuum analyze')
          await atWork(url, (houseUrl) => measure(houseUrl, database, size, report))
        } finally {
          await database.end()
        }
      })
    } finally {
      await stored.stop()
    }
  },
}

async function atWork(url: string, work: (houseUrl: string) => Promise<void>): Promise<void> {
  const port = await freePort()
  const platform = await startPlatform(`http://127.0.0.1:${port}`)
  try {
    const house = await startHouse(port, { ...platform.env, DATABASE_URL: url })
    try {
      await work(house.url)
    } finally {
      await house.stop()
    }
  } finally {
    await platform.simulator.close()
  }
}

async function measure(houseUrl: string, database: pg.Client, size: string, report: Report): Promise<void> {
  for (const question of [stock, ageing]) {
    const reader = await signIn(houseUrl, question.reader)
    const ours: number[] = []
    const replays: number[] = []
    for (const past of pasts) {
      const { rows } = await database.query<{ day: string; known: string | null }>(
        'select (current_date - $1::interval)::date::text as day, (current_date - $2::interval)::date::text as known',
        [past.day, past.known],
      )
      const { day, known } = rows[0]!
      await assertSame(question, reader, database, day, known)
      const read = () => reader.get(question.path(day, known, null))
      const replay = () => database.query({ ...question.replay, values: [day, known] })
      await repeated(3, read)
      ours.push(...(await repeated(times, read)))
      replays.push(...(await repeated(3, replay)))
    }
    for (const figure of latencies(`${question.name}/${size}`, ours, replays)) report(figure)
  }
}

type Question = {
  name: string
  /** Each has a reader of its own: nobody may ask as often as both do. */
  reader: string
  path: (day: string, known: string | null, cursor: string | null) => string
  replay: { name: string; text: string }
  /** A row of ours in the words of the replay. */
  row: (row: unknown) => string
}

function query(given: Record<string, string | null>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(given)) if (value !== null) search.set(name, value)
  return search.toString()
}

const Stood = z.object({
  item: z.object({ id: z.string() }),
  onHand: z.string(),
  value: z.string(),
  later: z.string().default('0'),
})
const stock: Question = {
  name: 'as-at-stock',
  reader: 'chenzong',
  path: (day, asKnownAt, cursor) => `/stock-as-at?${query({ day, asKnownAt, cursor, limit: '100' })}`,
  row: (row) => {
    const { item, onHand, value, later } = Stood.parse(row)
    return [item.id, onHand, value, later].join(' ')
  },
  replay: {
    name: 'replay-of-stock',
    text: `
      with line as (select *, $2::date is null or recorded_at < ($2::date + 1)::timestamp at time zone 'Asia/Shanghai' as is_known from stock_move
        where effective_on <= $1::date)
      select format('%s %s %s %s', item_id, trim_scale(coalesce(sum(quantity) filter (where is_known), 0)), coalesce(sum(cost) filter (where is_known), 0.00),
        trim_scale(coalesce(sum(quantity) filter (where not is_known), 0))) as row
      from line group by item_id
      having coalesce(sum(quantity) filter (where is_known), 0) <> 0 or coalesce(sum(quantity) filter (where not is_known), 0) <> 0`,
  },
}

const Money = z.string()
const Aged = z.object({
  id: z.string(),
  notDue: Money,
  upTo30: Money,
  upTo60: Money,
  upTo90: Money,
  over90: Money,
  advance: Money,
  later: Money.default('0.00'),
})
const ageing: Question = {
  name: 'as-at-ageing',
  reader: 'hezongjian',
  path: (asOf, asKnownAt, cursor) => `/receivables/ageing?${query({ asOf, asKnownAt, cursor, limit: '100' })}`,
  row: (row) => {
    const { id, notDue, upTo30, upTo60, upTo90, over90, advance, later } = Aged.parse(row)
    return [id, notDue, upTo30, upTo60, upTo90, over90, advance, later].join(' ')
  },
  replay: {
    name: 'replay-of-ageing',
    text: `
      with line as (select *, $2::date is null or recorded_at < ($2::date + 1)::timestamp at time zone 'Asia/Shanghai' as is_known from receivable_entry
        where effective_on <= $1::date),
      part as (
        select customer_id, receivable_id, coalesce(sum(amount) filter (where is_known), 0.00) as amount,
          coalesce(sum(amount) filter (where not is_known), 0.00) as later
        from line group by customer_id, receivable_id),
      aged as (select part.*, $1::date - due_on as days from part left join receivable r on r.id = receivable_id)
      select format('%s %s %s %s %s %s %s %s', customer_id, coalesce(sum(amount) filter (where days <= 0), 0.00),
        coalesce(sum(amount) filter (where days between 1 and 30), 0.00), coalesce(sum(amount) filter (where days between 31 and 60), 0.00),
        coalesce(sum(amount) filter (where days between 61 and 90), 0.00), coalesce(sum(amount) filter (where days > 90), 0.00),
        coalesce(-sum(amount) filter (where receivable_id is null), 0.00), sum(later)) as row
      from aged group by customer_id having count(*) filter (where amount <> 0) > 0 or sum(later) <> 0`,
  },
}

const Page = z.object({ rows: z.array(z.unknown()), cursor: z.string().nullable() })

/** All pages of ours say what the replay says. */
async function assertSame(
  { name, path, row, replay }: Question,
  reader: Session,
  database: pg.Client,
  day: string,
  known: string | null,
): Promise<void> {
  const answered: string[] = []
  let cursor: string | null = null
  do {
    const page: z.output<typeof Page> = Page.parse(await reader.get(path(day, known, cursor)))
    answered.push(...page.rows.map(row))
    cursor = page.cursor
  } while (cursor)
  const { rows } = await database.query<{ row: string }>({ ...replay, values: [day, known] })
  const replayed = new Set(rows.map((one) => one.row))
  const wrong = answered.find((one) => !replayed.has(one))
  if (wrong !== undefined || answered.length !== replayed.size)
    throw new Error(
      `${name} at ${day} as known ${known ?? 'now'}: ${answered.length} rows, a replay has ${replayed.size}; ${wrong ?? 'some are missing'}`,
    )
}
