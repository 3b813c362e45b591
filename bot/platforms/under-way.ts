/** Keeps count of what has begun and not ended, so that a connection is not closed under it. */
export function underWay() {
  const begun = new Set<Promise<unknown>>()
  return {
    begin: <T>(work: Promise<T>): Promise<T> => {
      begun.add(work)
      const end = (): void => void begun.delete(work)
      work.then(end, end)
      return work
    },
    ended: async (): Promise<void> => void (await Promise.allSettled(begun)),
  }
}
