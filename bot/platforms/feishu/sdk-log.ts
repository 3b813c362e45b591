import { log } from '#kernel/log'

/**
 * What the official client has to say. It hands over whole requests, with the app's secret in their bodies: of these only the
 * words of the error reach our log.
 */
export const sdkLog = {
  error: (...said: unknown[]): void => log.warn({ said: said.flat(3).flatMap(wordsOf) }, 'feishu'),
  warn: (...said: unknown[]): void => log.warn({ said: said.flat(3).flatMap(wordsOf) }, 'feishu'),
  info: ignore,
  debug: ignore,
  trace: ignore,
}

function ignore(): void {}

function wordsOf(said: unknown): string[] {
  if (said instanceof Error) return [said.message]
  return typeof said === 'string' ? [said] : []
}
