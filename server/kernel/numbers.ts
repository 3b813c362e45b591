import pg from 'pg'
import { config } from './config.ts'
import { type Day, dayAt } from './days.ts'
import { remembers } from './memory.ts'

const block = 10
const waiting = new Map<string, { next: number; last: number }>()
remembers(() => waiting.clear())
let queue: Promise<unknown> = Promise.resolve()

// A connection of its own: taking numbers never waits for a transaction that itself waits for a number.
let source: pg.Pool | undefined

/**
 * The next number of a kind of document: SO202611-00042. Taken in blocks outside the transaction, so that no
 * two submissions wait for each other; gaps are allowed.
 */
export async function nextNumber(prefix: string, at: Date): Promise<string> {
  const [number] = await nextNumbers(prefix, dayAt(at), 1)
  return number!
}

/** The next so many numbers of the month of a day. */
export function nextNumbers(prefix: string, day: Day, count: number): Promise<string[]> {
  const taken = queue.then(() => take(prefix, day, count))
  queue = taken.catch(() => {})
  return taken
}

async function take(prefix: string, day: Day, count: number): Promise<string[]> {
  const month = day.slice(0, 7).replace('-', '')
  const key = `${prefix}${month}`
  const numbers: string[] = []
  while (numbers.length < count) {
    let range = waiting.get(key)
    if (!range || range.next > range.last) {
      range = await nextBlock(prefix, month, Math.max(block, count - numbers.length))
      waiting.set(key, range)
    }
    numbers.push(`${key}-${String(range.next++).padStart(5, '0')}`)
  }
  return numbers
}

async function nextBlock(prefix: string, month: string, size: number): Promise<{ next: number; last: number }> {
  source ??= openSource()
  const { rows } = await source.query<{ last: number }>(
    `insert into number_sequence (prefix, month, last) values ($1, $2, $3)
     on conflict (prefix, month) do update set last = number_sequence.last + $3 returning last`,
    [prefix, month, size],
  )
  const last = rows[0]!.last
  return { next: last - size + 1, last }
}

function openSource(): pg.Pool {
  const opened = new pg.Pool({
    // Past a pooler: transactions wait for their number, and all that it lends could be lent to transactions that wait.
    connectionString: config.DATABASE_DIRECT_URL ?? config.DATABASE_URL,
    max: 1,
    idleTimeoutMillis: 5000,
    allowExitOnIdle: true,
  })
  opened.on('error', () => {}) // an idle connection that breaks is replaced
  return opened
}

export async function closeNumbers(): Promise<void> {
  await source?.end()
  source = undefined
}
