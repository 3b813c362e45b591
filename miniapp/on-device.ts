/** What a browser keeps may be closed to us (private windows, frames of another site): then nothing is kept, and nothing breaks. */
export function onDevice<T>(use: () => T): T | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}
