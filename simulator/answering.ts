/** A bot often answers with more than one message: those that follow this closely belong together. */
const SETTLED_MS = 150

/**
 * Waits until the bot has answered and said nothing more for a moment, or until `waitMs` are over. In real time on purpose: the caller waits
 * for real, whatever the simulated clock does meanwhile.
 */
export function untilAnswered<Message>(
  watchers: Set<(message: Message) => void>,
  isAnswer: (message: Message) => boolean,
  waitMs: number,
): Promise<void> {
  return new Promise((resolve) => {
    let settling: NodeJS.Timeout | undefined
    const settle = (): void => {
      clearTimeout(settling)
      clearTimeout(latest)
      watchers.delete(watch)
      resolve()
    }
    const watch = (message: Message): void => {
      if (!isAnswer(message)) return
      clearTimeout(settling)
      settling = setTimeout(settle, SETTLED_MS)
    }
    const latest = setTimeout(settle, waitMs)
    watchers.add(watch)
  })
}
