type Alarm = { at: number; ring: () => void }

/** The longest span a timer of the platform can hold. */
const TIMER_MS_MAX = 2 ** 31 - 1

/**
 * The simulator's clock: real time plus an offset that tests move forward. Every lifetime, deadline and redelivery
 * runs on it, so that a day of waiting is one call.
 */
export class SimClock {
  #offsetMs = 0
  #alarms: Alarm[] = []
  #timer: NodeJS.Timeout | undefined
  #real: () => number

  constructor(real: () => number = Date.now) {
    this.#real = real
  }

  now(): number {
    return this.#real() + this.#offsetMs
  }

  /** What the clocks of others show: for signed stamps, which the product holds against its own clock. */
  stamp(): number {
    return this.#real()
  }

  /** Moves the clock forward and rings what has come due, in order of time. */
  advance(ms: number): void {
    this.#offsetMs += ms
    this.#ringDue()
  }

  /** Calls `ring` once, when the clock reaches `at`. Answers how to call it off. */
  at(at: number, ring: () => void): () => void {
    const alarm = { at, ring }
    this.#alarms.push(alarm)
    this.#arm()
    return () => {
      this.#alarms = this.#alarms.filter((each) => each !== alarm)
    }
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.now() + ms, resolve))
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#alarms = []
  }

  #ringDue(): void {
    for (;;) {
      const due = this.#alarms.filter((alarm) => alarm.at <= this.now()).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.#alarms = this.#alarms.filter((alarm) => alarm !== due)
      due.ring()
    }
    this.#arm()
  }

  #arm(): void {
    clearTimeout(this.#timer)
    if (this.#alarms.length === 0) return
    const next = Math.min(...this.#alarms.map((alarm) => alarm.at))
    this.#timer = setTimeout(() => this.#ringDue(), Math.min(Math.max(next - this.now(), 0), TIMER_MS_MAX))
  }
}
