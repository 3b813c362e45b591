const signs = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ECONNABORTED'])

/** Whether an answer broke off because the caller went away: he closed the page or walked on. Nothing went wrong here. */
export const hasHungUp = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && signs.has(error.code)
