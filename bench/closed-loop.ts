export type Loop = { done: number; perSecond: number; latenciesMs: number[] }

/** So many clients, each of whom begins the next piece of work when the last one is done, until the time is up. */
export async function closedLoop(
  clients: number,
  ms: number,
  work: (client: number) => Promise<unknown>,
): Promise<Loop> {
  const latenciesMs: number[] = []
  const startedAt = performance.now()
  const client = async (i: number): Promise<void> => {
    for (let begun = startedAt; begun - startedAt < ms; begun = performance.now()) {
      await work(i)
      latenciesMs.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, i) => client(i)))
  const done = latenciesMs.length
  return { done, perSecond: (done * 1000) / (performance.now() - startedAt), latenciesMs }
}

/** Does something so often, one after the other; how long each took. */
export async function repeated(times: number, work: (i: number) => Promise<unknown>): Promise<number[]> {
  const tookMs: number[] = []
  for (let i = 0; i < times; i++) {
    const begun = performance.now()
    await work(i)
    tookMs.push(performance.now() - begun)
  }
  return tookMs
}
