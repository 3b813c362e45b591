/** An empty text clears a field, one that is not sent leaves it. */
export const cleared = (sent: string | null | undefined, before: string): string =>
  sent === undefined ? before : (sent ?? '')
