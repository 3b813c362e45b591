import { z } from 'zod'
import { Day, Id, Refusal } from '#contract'

/** Where a page ended: the values of its order-by columns, opaque to the caller. */
export type Keys = readonly (string | number)[]

/** What the columns of an order-by hold: a cursor that says something else is refused, not handed to the database. */
const kinds = {
  text: z.string(),
  id: Id,
  day: Day,
  /** A moment as PostgreSQL writes it, or as JSON does. */
  instant: z.string().refine((value) => Day.safeParse(value.slice(0, 10)).success && clock.test(value.slice(10))),
  decimal: z.string().regex(/^-?\d{1,20}(\.\d{1,10})?$/),
  rank: z.number().int().min(0).max(2_147_483_647),
  milliseconds: z.number().int().min(0).max(253_402_300_799_999),
}
const clock = /^[T ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4])(:?[0-5]\d)?)$/
type Kind = keyof typeof kinds
type KeysOf<K extends readonly Kind[]> = { -readonly [I in keyof K]: z.output<(typeof kinds)[K[I]]> }

export const cursorOf = (keys: Keys): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

/** The keys of a cursor, each of its kind; `undefined` without one. A cursor that is not ours is refused. */
export function keysOf<const K extends readonly Kind[]>(cursor: string | undefined, wanted: K): KeysOf<K> | undefined {
  if (!cursor) return undefined
  const keys = decoded(cursor)
  const isOurs =
    Array.isArray(keys) &&
    keys.length === wanted.length &&
    wanted.every((kind, i) => kinds[kind].safeParse(keys[i]).success)
  if (!isOurs) throw new Refusal('malformed', {}, [{ field: 'cursor', message: '翻页标识无效 / not a cursor' }])
  return keys as unknown as KeysOf<K> // each key was found to be of the kind wanted in its place
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return undefined // Not JSON, and so not ours.
  }
}

/** Cuts `limit + 1` rows into a page and the cursor of the next. */
export function pageFrom<T>(rows: T[], limit: number, keys: (row: T) => Keys): { rows: T[]; cursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, cursor: rows.length > limit && last ? cursorOf(keys(last)) : null }
}
