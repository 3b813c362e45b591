import type { IncomingMessage } from 'node:http'

/** Reads the raw bytes of a request; answers nothing when there are more than `bytesMax`. */
export async function rawBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size <= bytesMax) chunks.push(bytes)
  }
  return size <= bytesMax ? Buffer.concat(chunks) : undefined
}

export type Fields = Record<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The JSON value of a text, or nothing. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whoever asks says what unreadable text means to him.
    return undefined
  }
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
