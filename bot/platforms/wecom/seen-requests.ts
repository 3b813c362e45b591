import { ageMsMax, NotBelieved } from './seal.ts'

/** Longer than any request is believed, whichever way its clock is off. */
const rememberedMs = 3 * ageMsMax

/**
 * Remembers the requests that were answered. WeCom sends again only what it got no answer to: while an answer is still in the making, the same request
 * waits for the same answer; one that failed may be tried again; one that was answered is a replay. That the same event under a new signature has no
 * second effect is the inbox's and the receipt's business, which also hold when another process gets it.
 */
export function seenRequests(now: () => number) {
  const answers = new Map<string, { answer: Promise<string>; untilMs: number; isAnswered: boolean }>()
  // Entries stand in the order in which they end.
  const forgetOld = (): void => {
    for (const [signature, { untilMs }] of answers) {
      if (untilMs > now()) return
      answers.delete(signature)
    }
  }
  return {
    once: async (signature: string, work: () => Promise<string>): Promise<string> => {
      forgetOld()
      const known = answers.get(signature)
      if (known?.isAnswered) throw new NotBelieved('replay')
      if (known) return known.answer
      const fresh = { answer: work(), untilMs: now() + rememberedMs, isAnswered: false }
      answers.set(signature, fresh)
      try {
        return await fresh.answer
      } catch (error) {
        answers.delete(signature)
        throw error
      } finally {
        fresh.isAnswered = true
      }
    },
  }
}
