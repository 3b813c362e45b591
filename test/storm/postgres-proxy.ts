import { createServer, type Socket, connect } from 'node:net'
import type { AddressInfo } from 'node:net'

/** What the proxy does to a commit that passes: lets it go, loses it, loses its answer, or keeps everything for a while. */
export type Mishap = 'none' | 'before' | 'after' | 'stall'

export type PostgresProxy = {
  /** The same database, reached through the proxy. */
  url: string
  /** How often each mishap has befallen a commit. */
  befallen: Record<Mishap, number>
  close: () => Promise<void>
}

/** Tells whether what a client sends ends a transaction: by the word itself, or by the name under which it was prepared on this connection. */
function commitFinder(): (sent: Buffer) => boolean {
  const marks = ['commit\0']
  return (sent) => {
    const text = sent.toString('latin1').toLowerCase()
    const prepared = /(\w+)\0commit\0/.exec(text)
    // When it is bound, the name stands behind that of the portal, which is empty.
    if (prepared) marks.push(`\0${prepared[1]}\0`)
    return marks.some((mark) => text.includes(mark))
  }
}

/** Stands between the house and PostgreSQL, and asks at every commit what is to become of it. */
export async function openProxy(databaseUrl: string, mishap: () => Mishap, stallMs: number): Promise<PostgresProxy> {
  const target = new URL(databaseUrl)
  const befallen: Record<Mishap, number> = { none: 0, before: 0, after: 0, stall: 0 }
  const sockets = new Set<Socket>()
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname)
    const isCommit = commitFinder()
    let isAnswerLost = false
    const cut = (): void => {
      client.destroy()
      database.destroy()
    }
    for (const socket of [client, database]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      // One side that breaks breaks the other: there is nobody else to tell.
      socket.on('error', cut)
      socket.on('close', () => {
        sockets.delete(socket)
        cut()
      })
    }
    client.on('data', (sent) => {
      const ends = isCommit(sent)
      const what = ends ? mishap() : 'none'
      if (ends) befallen[what]++
      if (what === 'before') return cut()
      if (what === 'after') isAnswerLost = true
      database.write(sent)
      if (what === 'stall') {
        client.pause()
        database.pause()
        setTimeout(() => [client, database].map((socket) => socket.resume()), stallMs).unref()
      }
    })
    database.on('data', (answer) => {
      // PostgreSQL has answered, so it has committed.
      if (isAnswerLost) cut()
      else client.write(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.port = String((server.address() as AddressInfo).port) // a TCP server's address
  return {
    url: url.href,
    befallen,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
