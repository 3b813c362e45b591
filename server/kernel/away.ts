import { sqlState } from './perform.ts'

/** What PostgreSQL says when it is going, coming, full, or may not write: connections (08, but no breach of the protocol), resources (53), operators (57P), a standby (25006). */
const passing = /^(08(?!P01)|53|57P|25006)/
/** What the network and its drivers say when there is nobody, or nobody any more. */
const broken = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
]
/** What the driver says of a connection that broke before or under a statement. */
const terminated = /^Connection terminated|is not queryable$|timeout exceeded when trying to connect/

/** Whether an error says no more than that the database cannot be reached or has no time now: with the same key the same may be asked again. */
export function isDatabaseAway(error: unknown): boolean {
  if (passing.test(sqlState(error) ?? '')) return true
  if (!(error instanceof Error)) return false
  const code: unknown = Reflect.get(error, 'code')
  return (typeof code === 'string' && broken.includes(code)) || terminated.test(error.message)
}
