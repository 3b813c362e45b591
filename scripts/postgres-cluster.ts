import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Program } from './postgres-program.ts'

/** One data directory of PostgreSQL, and what to start its server with. */
export type Cluster = { directory: string; program: Program; durable: boolean }

/** A server that answers. `child` is missing when an earlier process of ours started it. */
export type Server = { pid: number; port: number; url: (database: string) => string; child?: ChildProcess }

const user = 'yidan'
const passwordFile = 'yidan-password'
const startTimeoutMs = 120_000
const stopTimeoutMs = 30_000
const retriesMax = 20
/** No system gives out a process id as large as this. */
const nobodysPid = 2 ** 31 - 2

// macOS knows no C.UTF-8: the same order of bytes is asked for in two words there.
const localeFlags = process.platform === 'darwin' ? ['--locale=en_US.UTF-8', '--lc-collate=C'] : ['--locale=C.UTF-8']

/** For a server whose data is thrown away: a crash may lose all of it, so nothing waits for the disk. */
const throwAwayFlags = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'max_wal_size=4GB',
]
/** Its password is a random one of its own, which needs no slow hash: tests open a thousand connections. */
const throwAwayData = ['--no-sync', '--set=scram_iterations=1']
const durableFlags = ['shared_buffers=256MB', 'max_wal_size=2GB']
const commonFlags = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
  'jit=off',
]

/** Makes the data directory when it is not there. Made aside and renamed, so a half-made one is never started. */
export function initialise({ directory, program, durable }: Cluster) {
  if (existsSync(join(directory, 'PG_VERSION'))) return
  const parent = dirname(directory)
  mkdirSync(parent, { recursive: true })
  const fresh = mkdtempSync(join(parent, 'initialising-'))
  const password = `${fresh}.password`
  try {
    writeFileSync(password, randomBytes(24).toString('base64url'), { mode: 0o600 })
    for (const path of [fresh, password]) giveTo(program, path)
    const flags = [`--pgdata=${fresh}`, `--username=${user}`, `--pwfile=${password}`, '--auth=scram-sha-256']
    const result = spawnSync(
      program.initdb,
      [...flags, '--encoding=UTF8', ...localeFlags, ...(durable ? [] : throwAwayData)],
      {
        ...runAs(program),
        encoding: 'utf8',
      },
    )
    if (result.status !== 0) {
      throw new Error(`PostgreSQL could not make its data in ${directory}:\n${result.error?.message ?? result.stderr}`)
    }
    renameSync(password, join(fresh, passwordFile))
    renameSync(fresh, directory)
  } catch (error) {
    // Another process may have been quicker: then its data is as good as ours.
    if (!existsSync(join(directory, 'PG_VERSION'))) throw error
  } finally {
    rmSync(fresh, { recursive: true, force: true })
    rmSync(password, { force: true })
  }
}

/** The server that runs on this data directory now, whoever started it. */
export async function findRunning(cluster: Cluster): Promise<Server | undefined> {
  const found = readPidFile(cluster.directory)
  if (!found) return undefined
  if (!isPostgres(found.pid, cluster.directory)) {
    disown(cluster.directory)
    return undefined
  }
  try {
    await untilReady(cluster, found.pid)
    return describe(cluster, found.pid)
  } catch (error) {
    // It was on its way out when we found it: now it is gone.
    if (!isPostgres(found.pid, cluster.directory)) return undefined
    throw error
  }
}

/**
 * After a crash another program may have the process id of the server that was, and PostgreSQL would wait for it for
 * ever. The rest of the file stays: by it PostgreSQL finds, and clears away, what else the dead server has left.
 */
function disown(directory: string) {
  const path = join(directory, 'postmaster.pid')
  const [, ...rest] = readFileSync(path, 'utf8').split('\n')
  writeFileSync(path, [nobodysPid, ...rest].join('\n'))
}

/** Starts a server on a free port, or on the given one, and waits until it answers. */
export async function start(cluster: Cluster, port?: number): Promise<Server> {
  for (let tries = 1; ; tries++) {
    const child = await launch(cluster, port ?? (await freePort()))
    try {
      await untilReady(cluster, child.pid ?? 0, child)
      return { ...describe(cluster, child.pid ?? 0), child }
    } catch (error) {
      if (tries === retriesMax || !isPassing(logTail(cluster))) throw error
      await pause(250)
      const other = await findRunning(cluster)
      if (other) return other
    }
  }
}

/** Stops a server: running statements are rolled back, everything committed stays. */
export async function stop(cluster: Cluster, { pid }: Pick<Server, 'pid'>) {
  for (const how of ['SIGINT', 'SIGQUIT'] as const) {
    signal(pid, how)
    const deadline = Date.now() + stopTimeoutMs
    while (isPostgres(pid, cluster.directory) && Date.now() < deadline) await pause(20)
  }
}

/** Asks a server to stop without waiting: all that can be done while our own process ends. */
export function stopWithoutWaiting({ pid }: Server) {
  signal(pid, 'SIGINT')
}

export function logPath({ directory }: Cluster): string {
  return join(directory, 'server.log')
}

async function launch(cluster: Cluster, port: number): Promise<ChildProcess> {
  const log = logPath(cluster)
  if (existsSync(log)) renameSync(log, `${log}.before`)
  const output = openSync(log, 'w', 0o600)
  giveTo(cluster.program, log)
  const flags = [`port=${port}`, ...commonFlags, ...(cluster.durable ? durableFlags : throwAwayFlags)]
  try {
    // In a process group of its own: Ctrl-C in the terminal is for us, and we stop the server when all else has stopped.
    const child = spawn(cluster.program.postgres, ['-D', cluster.directory, ...flags.flatMap((flag) => ['-c', flag])], {
      ...runAs(cluster.program),
      detached: true,
      stdio: ['ignore', output, output],
    })
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
    child.unref()
    return child
  } catch (error) {
    throw new Error(`PostgreSQL could not be started from ${cluster.program.postgres}: ${String(error)}`, {
      cause: error,
    })
  } finally {
    closeSync(output)
  }
}

async function untilReady(cluster: Cluster, pid: number, child?: ChildProcess) {
  const deadline = Date.now() + startTimeoutMs
  for (;;) {
    const found = readPidFile(cluster.directory)
    if (found?.pid === pid && found.isReady) return
    const hasEnded = child ? child.exitCode !== null || child.signalCode !== null : !isPostgres(pid, cluster.directory)
    if (hasEnded || Date.now() > deadline) {
      const what = hasEnded ? 'ended while starting' : `was not ready after ${startTimeoutMs / 1000} s`
      throw new Error(`PostgreSQL ${what}. The end of its log, ${logPath(cluster)}:\n${logTail(cluster)}`)
    }
    await pause(15)
  }
}

/** Troubles that go away: a port taken meanwhile, or the last processes of a killed server still ending. */
function isPassing(log: string): boolean {
  return /could not bind|Address already in use|pre-existing shared memory block|lock file "postmaster.pid"/.test(log)
}

/** Line 1 of the file is the process, line 4 the port, line 8 the state. */
function readPidFile(directory: string): { pid: number; port: number; isReady: boolean } | undefined {
  try {
    const lines = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Error(`The data of PostgreSQL in ${directory} cannot be read: ${String(error)}`, { cause: error })
  }
}

/** A process id alone proves nothing: it may belong to another program since a crash. */
export function isPostgres(pid: number, directory: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    const command = existsSync('/proc/self/cmdline')
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    return command.includes(`-D ${directory} `)
  } catch {
    return false
  }
}

function describe({ directory }: Cluster, pid: number): Server {
  const port = readPidFile(directory)?.port ?? 0
  const password = readFileSync(join(directory, passwordFile), 'utf8').trim()
  return { pid, port, url: (database) => `postgresql://${user}:${password}@127.0.0.1:${port}/${database}` }
}

function logTail(cluster: Cluster): string {
  try {
    return readFileSync(logPath(cluster), 'utf8').trimEnd().split('\n').slice(-15).join('\n')
  } catch {
    return '(no log)'
  }
}

function runAs({ user: account }: Program) {
  const env = { ...process.env, LC_ALL: undefined, LC_MESSAGES: 'C', PGDATA: undefined }
  return account ? { uid: account.uid, gid: account.gid, cwd: '/', env } : { cwd: '/', env }
}

function giveTo({ user: account }: Program, path: string) {
  if (account) chownSync(path, account.uid, account.gid)
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended already, which is what was wanted.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
