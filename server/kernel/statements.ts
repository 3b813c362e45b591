import type { Writable } from 'node:stream'
import pg from 'pg'
import { Prisma } from './prisma/client.ts'

/** What a statement is sent to: the pool, or the connection of a transaction. */
export type Connection = {
  query: (statement: pg.QueryConfig) => Promise<pg.QueryResult<Record<string, unknown>>>
  /** The driver's own, of a single connection. */
  connection?: { stream: Writable }
}

type Raw = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>

/**
 * The same client, but tagged statements go straight to the driver, and answer what Prisma would: its own way there takes several times
 * the time of the server's processor. They are sent at once: those that do not wait for one another share one round trip.
 */
export function withStatements<T extends Raw>(client: T, connection: Connection): T {
  const send = (given: TemplateStringsArray | Prisma.Sql, values: unknown[]) => {
    sendTogether(connection)
    return connection.query(statementOf(given, values))
  }
  const raw = {
    $queryRaw: async (given: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await send(given, values)).rows,
    $executeRaw: async (given: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await send(given, values)).rowCount ?? 0,
  }
  return new Proxy(client, {
    get: (target, key) => (Object.hasOwn(raw, key) ? Reflect.get(raw, key) : Reflect.get(target, key)),
  })
}

const gathering = new WeakSet<Writable>()

/** What is sent before the process next looks for answers goes out in one packet: each packet wakes the database anew. */
export function sendTogether({ connection }: Connection): void {
  const stream = connection?.stream
  if (!stream || gathering.has(stream)) return
  gathering.add(stream)
  stream.cork()
  setImmediate(() => {
    gathering.delete(stream)
    stream.uncork()
  })
}

/** A bounded set of texts goes to the database, so each may be prepared once a connection. */
const names = new Map<string, string>()
const namesMax = 500

export function statementName(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= namesMax) return known
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

/** Most statements stand in the code as they are sent: their text is put together once. */
const texts = new WeakMap<TemplateStringsArray, string>()

function statementOf(given: TemplateStringsArray | Prisma.Sql, values: unknown[]): pg.QueryConfig {
  if (given instanceof Prisma.Sql || values.some((value) => value instanceof Prisma.Sql)) {
    const composed = given instanceof Prisma.Sql ? given : Prisma.sql(given, ...values)
    return { text: composed.text, name: statementName(composed.text), values: composed.values.map(sent), types }
  }
  const text = texts.get(given) ?? given.reduce((all, part, i) => `${all}$${i}${part}`)
  texts.set(given, text)
  return { text, name: statementName(text), values: values.map(sent), types }
}

/** A value as the database reads it. */
function sent(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Prisma.Decimal.isDecimal(value)) return value.toFixed()
  return Array.isArray(value) ? value.map(sent) : value
}

const { builtins } = pg.types
/** PostgreSQL's numbers of the types that its catalogue does not export by name. */
const listTypes = { text: 1009, int8: 1016, numeric: 1231, date: 1182, timestamp: 1115, timestamptz: 1185 }
const decimal = (text: string): Prisma.Decimal => new Prisma.Decimal(text)
const day = (text: string): Date => new Date(text)
/** Every session is in UTC, and writes '2026-11-22 07:00:00.123+00'. */
const instant = (text: string): Date => new Date(`${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, '')}Z`)
const textsIn = pg.types.getTypeParser(listTypes.text) as (list: string) => (string | null)[] // the driver's parser of text[]
const listOf = (one: (text: string) => unknown) => (list: string) => textsIn(list).map((text) => text && one(text))

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, BigInt],
  [builtins.NUMERIC, decimal],
  [builtins.DATE, day],
  [builtins.TIMESTAMP, instant],
  [builtins.TIMESTAMPTZ, instant],
  [listTypes.int8, listOf(BigInt)],
  [listTypes.numeric, listOf(decimal)],
  [listTypes.date, listOf(day)],
  [listTypes.timestamp, listOf(instant)],
  [listTypes.timestamptz, listOf(instant)],
])
const types: pg.CustomTypesConfig = {
  // Everything is asked for as text.
  getTypeParser: (oid: number) => parsers.get(oid) ?? pg.types.getTypeParser(oid),
}
