import type { IncomingMessage } from 'node:http'

/** The body of a request as it came, for what is signed over its bytes; nothing when it is longer than allowed. */
export async function rawBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) return undefined
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length // a request without an encoding yields buffers
    if (bytes > bytesMax) return undefined
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks)
}
