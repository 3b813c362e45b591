import type { Dingtalk } from './state.ts'

/** Counts one call or push into its calendar month in China. False when the month has none left. */
export function useUp(dingtalk: Dingtalk, what: 'calls' | 'pushes', perMonth: number | undefined): boolean {
  const key = `${what} ${monthOf(dingtalk.clock.now())}`
  const used = dingtalk.used.get(key) ?? 0
  if (perMonth !== undefined && used >= perMonth) return false
  dingtalk.used.set(key, used + 1)
  return true
}

/** The day in China, as limits of a day and a month count it. */
export function dayOf(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)
}

function monthOf(at: number): string {
  return dayOf(at).slice(0, 7)
}
