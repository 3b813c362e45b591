/** What is expected soonest comes first; what has no day comes last. */
export const soonestFirst = <R extends { expectedOn?: string | null }>(rows: readonly R[]): R[] =>
  [...rows].sort((a, b) => ((a.expectedOn ?? '9999') < (b.expectedOn ?? '9999') ? -1 : 1))
