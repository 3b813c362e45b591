import type { CheckView, WireView } from './answers.ts'

const ENTRIES_MAX = 2000
const SECRET = /secret|authorization|access_?token|refresh_?token|ticket|encryptkey/i

/** Everything that went over the wire of one platform, oldest first, with what was checked about it. */
export class WireLog {
  #entries: WireView[] = []
  #seq = 0
  #tell: (entry: WireView) => void

  constructor(tell: (entry: WireView) => void) {
    this.#tell = tell
  }

  add(entry: Omit<WireView, 'seq'>): void {
    const kept = {
      ...entry,
      seq: ++this.#seq,
      request: withoutSecrets(entry.request),
      answer: withoutSecrets(entry.answer),
    }
    this.#entries.push(kept)
    if (this.#entries.length > ENTRIES_MAX) this.#entries.shift()
    this.#tell(kept)
  }

  after(seq: number): WireView[] {
    return this.#entries.filter((entry) => entry.seq > seq)
  }
}

/** Collects the checks of one exchange. */
export class Checks {
  readonly list: CheckView[] = []

  note(what: string, holds: boolean, more: { code?: number; detail?: string } = {}): boolean {
    this.list.push({ what, holds, ...more })
    return holds
  }
}

/** The demo's secrets protect nothing, but a log that shows secrets teaches the wrong habit. */
function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET.test(key) && typeof inner === 'string' ? `${inner.slice(0, 6)}…` : withoutSecrets(inner),
    ]),
  )
}
