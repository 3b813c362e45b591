import { PassThrough } from 'node:stream'

import type { LiveEvent } from './answers.ts'

const HEARTBEAT_MS = 15_000

/** Server-sent events for the page: one stream per open page. */
export class Live {
  #streams = new Set<PassThrough>()
  #heartbeat = setInterval(() => this.#write(': still here\n\n'), HEARTBEAT_MS)

  publish(event: LiveEvent): void {
    this.#write(`data: ${JSON.stringify(event)}\n\n`)
  }

  open(): PassThrough {
    const stream = new PassThrough()
    this.#streams.add(stream)
    stream.on('close', () => this.#streams.delete(stream))
    stream.write(': connected\n\n')
    return stream
  }

  close(): void {
    clearInterval(this.#heartbeat)
    for (const stream of this.#streams) stream.end()
  }

  #write(text: string): void {
    for (const stream of this.#streams) stream.write(text)
  }
}
