import type { Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const lookMs = 50
const momentMs = 1
const momentsMax = 200

/**
 * Ends an HTTP server without throwing anybody out. Who comes meanwhile is still answered, and each answer says that the connection ends with
 * it; one at rest is left to end by itself, for whoever keeps it may be speaking already. Then nobody is let in any more, and what is under way
 * is answered.
 */
export async function takeLeave(server: Server): Promise<void> {
  server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'))
  const connections = promisify(server.getConnections.bind(server))
  const restingUntil = Date.now() + server.keepAliveTimeout
  while (Date.now() < restingUntil && (await connections()) > 0) await pause(lookMs)
  await allLetIn()
  await new Promise<void>((resolve) => void server.close(() => resolve()))
}

/**
 * Who stands in the queue when the door is shut would be thrown out: it is shut right after those who had come were let in, in a moment when the
 * process was busy with nothing else meanwhile.
 */
async function allLetIn(): Promise<void> {
  for (let i = 0; i < momentsMax; i++) {
    const begun = performance.now()
    await new Promise((resolve) => setImmediate(resolve))
    if (performance.now() - begun < momentMs) return
  }
}
