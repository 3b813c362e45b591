import { createServer, get, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { hasHungUp } from './hung-up.ts'

test('an answer that breaks off because the caller has gone is his hanging up, another fault is not', async () => {
  const broken = await new Promise<unknown>((tell) => {
    const server = createServer(
      (_, answer) =>
        void half(answer)
          .catch(tell)
          .finally(() => server.close()),
    )
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo // it listens on a port, not on a path
      get({ port }, (answer) => answer.destroy())
    })
  })
  expect(hasHungUp(broken)).toBe(true)
  expect(hasHungUp(new Error('out of order'))).toBe(false)
})

/** An answer of which the rest never comes. */
async function half(answer: ServerResponse): Promise<void> {
  answer.flushHeaders()
  await pipeline(new PassThrough(), answer)
}
