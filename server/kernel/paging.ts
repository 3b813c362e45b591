import { Refusal } from '#contract'

/** Where a page ended: the values of its order-by columns, opaque to the caller. */
export type Keys = readonly (string | number)[]

export const cursorOf = (keys: Keys): string => Buffer.from(JSON.stringify(keys)).toString('base64url')

/** The keys of a cursor; `undefined` without one. A cursor that is not ours is refused. */
export function keysOf(cursor: string | undefined, count: number): Keys | undefined {
  if (!cursor) return undefined
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(keys) && keys.length === count && keys.every((key) => ['string', 'number'].includes(typeof key)))
      return keys
  } catch {
    // Not JSON: refused below like any other cursor that is not ours.
  }
  throw new Refusal('malformed', {}, [{ field: 'cursor', message: '翻页标识无效 / not a cursor' }])
}

/** Cuts `limit + 1` rows into a page and the cursor of the next. */
export function pageFrom<T>(rows: T[], limit: number, keys: (row: T) => Keys): { rows: T[]; cursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, cursor: rows.length > limit && last ? cursorOf(keys(last)) : null }
}
