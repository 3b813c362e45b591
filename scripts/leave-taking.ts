import type { Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** So long whoever keeps a connection open is told, with his next answer, that it is the last on it. */
const noticeMs = 1_000

/**
 * Ends an HTTP server without throwing anybody out. Who comes meanwhile is still answered, and each answer says that the connection ends with
 * it; then nobody is let in any more, connections at rest are ended, and what is under way is answered.
 */
export async function takeLeave(server: Server): Promise<void> {
  server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'))
  await pause(noticeMs)
  // Right after those who had come were let in: who stands in the queue when the door is shut would be thrown out.
  await new Promise((resolve) => setImmediate(resolve))
  await new Promise<void>((resolve) => void server.close(() => resolve()))
}
