export type Loop = { done: number; perSecond: number; latenciesMs: number[] }

/** So many clients, each of whom begins the next piece of work when the last one is done, for so long or until it is over. */
export async function closedLoop(
  clients: number,
  until: number | (() => boolean),
  work: (client: number) => Promise<unknown>,
): Promise<Loop> {
  const latenciesMs: number[] = []
  const startedAt = performance.now()
  const isOver = typeof until === 'number' ? () => performance.now() - startedAt >= until : until
  const client = async (i: number): Promise<void> => {
    while (!isOver()) {
      const begun = performance.now()
      await work(i)
      latenciesMs.push(performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, i) => client(i)))
  const done = latenciesMs.length
  return { done, perSecond: (done * 1000) / (performance.now() - startedAt), latenciesMs }
}

/** So many clients share out these pieces of work until none is left. */
export function drained<T>(
  clients: number,
  pieces: readonly T[],
  work: (piece: T, i: number) => Promise<unknown>,
): Promise<Loop> {
  let next = 0
  return closedLoop(
    clients,
    () => next >= pieces.length,
    () => {
      const i = next++
      return work(pieces[i]!, i) // there is one: nobody begins when none is left
    },
  )
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
