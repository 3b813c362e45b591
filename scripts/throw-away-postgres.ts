import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, findRunning, initialise, start, stop, stopWithoutWaiting } from './postgres-cluster.ts'
import { findProgram, findServerUser, type Log } from './postgres-program.ts'

export type ThrowAwayServer = { url: (database: string) => string; stop: () => Promise<void> }

const prefix = 'yidan-throw-away-'
const roomMinBytes = 2 ** 30

/** A PostgreSQL for tests: in memory where there is room, without a care for crashes, gone when stopped. */
export async function openThrowAwayServer(log: Log = () => {}): Promise<ThrowAwayServer> {
  const program = findProgram(findServerUser(), log)
  for (const home of homes()) await sweep(home, program)

  const home = mkdtempSync(join(homes()[0] ?? tmpdir(), `${prefix}${process.pid}-`))
  // The server's user must pass through; what lies inside is closed to others by PostgreSQL itself.
  chmodSync(home, 0o711)
  const cluster = { directory: join(home, 'postgres'), program, durable: false }
  initialise(cluster)
  const server = await start(cluster)
  const stopOnExit = () => stopWithoutWaiting(server)
  process.once('exit', stopOnExit)
  return {
    url: server.url,
    stop: async () => {
      process.off('exit', stopOnExit)
      await stop(cluster, server)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function homes(): string[] {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return [tmpdir()]
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= roomMinBytes ? [memory, tmpdir()] : [tmpdir(), memory]
}

/** Ends and removes the servers of test runs that were killed before they could do it. */
async function sweep(home: string, program: Cluster['program']) {
  for (const name of readdirSync(home).filter((name) => name.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-')[0])
    if (isAlive(owner)) continue
    try {
      const cluster = { directory: join(home, name, 'postgres'), program, durable: false }
      const server = await findRunning(cluster)
      if (server) await stop(cluster, server)
      rmSync(join(home, name), { recursive: true, force: true })
    } catch {
      // It belongs to somebody else: theirs to clear away.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
