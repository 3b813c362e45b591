/** The moments of the latest calls, newest last. */
export type CallWindow = number[]

/**
 * Counts a call into its window. Answers how many milliseconds to wait when there were already `callsMax` within
 * `windowMs`, else 0. A refused call is not counted.
 */
export function msToWait(
  windows: Map<string, CallWindow>,
  key: string,
  now: number,
  callsMax: number,
  windowMs: number,
): number {
  const calls = (windows.get(key) ?? []).filter((at) => at > now - windowMs)
  windows.set(key, calls)
  const oldest = calls[0]
  if (oldest !== undefined && calls.length >= callsMax) return oldest + windowMs - now
  calls.push(now)
  return 0
}
