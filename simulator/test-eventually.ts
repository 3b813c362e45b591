/** Settles as soon as `holds` answers something other than nothing; asks again after each turn of the event loop. */
export async function eventually<Value>(holds: () => Value | undefined | Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const value = await holds()
    if (value !== undefined) return value
    await new Promise((resolve) => setImmediate(resolve))
  }
}
