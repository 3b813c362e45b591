import type { z } from 'zod'
import { Refusal } from '#contract'

/** The input of the ordinary creation that a row makes, held to its contract; what does not fit is told of at the column that it came from. */
export function parseInput<S extends z.ZodType>(
  schema: S,
  made: Record<string, unknown>,
  columnOf: (path: readonly PropertyKey[]) => string,
): z.output<S> {
  const parsed = schema.safeParse(made)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({ field: columnOf(path), message }))
  throw new Refusal('malformed', {}, issues)
}
