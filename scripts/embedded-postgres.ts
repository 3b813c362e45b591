import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import {
  type Cluster,
  findRunning,
  initialise,
  type Server,
  start,
  stop,
  stopWithoutWaiting,
} from './postgres-cluster.ts'
import { canEnter, findProgram, findServerUser, type Log, openHome, type ServerUser } from './postgres-program.ts'

export type OpenDatabase = {
  url: string
  /** True when the server runs in our hands, false when DATABASE_URL names another one. */
  isEmbedded: boolean
  stop: () => Promise<void>
}

export type DatabaseOptions = {
  /** An existing database to use instead of an embedded one. */
  url?: string | undefined
  /** The folder that keeps the embedded server's data. */
  dataDir?: string | undefined
  log?: Log
}

const database = 'yidan'
const oldestVersion = 150_000
const defaultDataDir = fileURLToPath(new URL('../data', import.meta.url))

/** Whoever holds this lock in the server owns the data directory. It is gone with the connection, even after a kill. */
const ownerLock = 7_215_001
const lockWaitMs = 2_000
const connectTriesMax = 20
const recoveryPauseMs = 500

/** Opens the database at `url`, or starts the embedded PostgreSQL on `dataDir` and opens the one there. */
export async function openDatabase({
  url,
  dataDir = defaultDataDir,
  log = () => {},
}: DatabaseOptions): Promise<OpenDatabase> {
  if (url) return openExisting(url)
  const cluster = prepare(resolve(dataDir), log)
  const owned = await own(cluster, dataDir)
  return { url: owned.url, isEmbedded: true, stop: keep(cluster, dataDir, owned, log) }
}

/** The address of the embedded database that runs on a data folder now, for whoever only looks at it; undefined when none does. */
export async function runningDatabase(dataDir = defaultDataDir): Promise<string | undefined> {
  if (!existingData(dataDir)) return undefined
  return (await findRunning(prepare(resolve(dataDir), () => {})))?.url(database)
}

async function openExisting(url: string): Promise<OpenDatabase> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    )
    if ((rows[0]?.version ?? 0) < oldestVersion) throw new Error('it is older than PostgreSQL 15')
  } catch (error) {
    throw new Error(`The database in DATABASE_URL (${withoutPassword(url)}) cannot be used: ${reason(error)}.`, {
      cause: error,
    })
  } finally {
    await client.end()
  }
  return { url, isEmbedded: false, stop: async () => {} }
}

function prepare(dataDir: string, log: Log): Cluster {
  const user = findServerUser(existingData(dataDir))
  const program = findProgram(user, log)
  const cluster = { directory: clusterDirectory(dataDir, user, log), program, durable: true }
  if (existsSync(cluster.directory)) refuseForeign(cluster.directory)
  else log(`Making a new database in ${cluster.directory}.`)
  initialise(cluster)
  return { ...cluster, directory: realpathSync(cluster.directory) }
}

/** Root may run a server as anybody; others only as themselves. */
function refuseForeign(directory: string) {
  const { uid } = statSync(directory)
  const own = process.getuid?.()
  if (own === undefined || own === 0 || own === uid) return
  throw new Error(
    `The data in ${directory} belongs to another user (${uid}). Start as that user or as root, or set DATA_DIR.`,
  )
}

function existingData(dataDir: string): string | undefined {
  const path = join(dataDir, 'postgres')
  return existsSync(path) ? realpathSync(path) : undefined
}

/** `postgres` in the data folder; where the server's user cannot enter that, a link to a place where it can. */
function clusterDirectory(dataDir: string, user: ServerUser | undefined, log: Log): string {
  mkdirSync(dataDir, { recursive: true })
  const path = join(dataDir, 'postgres')
  const there = lstatSync(path, { throwIfNoEntry: false })
  if (there?.isSymbolicLink()) return readlinkSync(path)
  if (canEnter(dataDir, user)) return path
  if (there)
    throw new Error(
      `PostgreSQL runs as ${user?.name}, who cannot enter ${dataDir}. Open that folder to others (chmod o+x), or set DATA_DIR.`,
    )

  const elsewhere = mkdtempSync(join(openHome(), `${basename(dataDir)}-`))
  chmodSync(elsewhere, 0o755)
  symlinkSync(join(elsewhere, 'postgres'), path)
  log(
    `PostgreSQL runs as ${user?.name}, who cannot enter ${dataDir}: its data is kept in ${elsewhere}, with a link here.`,
  )
  return join(elsewhere, 'postgres')
}

type Owned = { server: Server; client: pg.Client; url: string }

/** Finds the server running or starts it, and takes the lock that makes it ours. */
async function own(cluster: Cluster, dataDir: string, port?: number): Promise<Owned> {
  const { server, client } = await connect(cluster, port)
  try {
    await takeOwnerLock(client, dataDir)
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  } catch (error) {
    await client.end()
    throw error
  }
  return { server, client, url: server.url(database) }
}

async function connect(cluster: Cluster, port?: number): Promise<{ server: Server; client: pg.Client }> {
  for (let tries = 1; ; tries++) {
    const server = (await findRunning(cluster)) ?? (await start(cluster, port))
    const connection = { connectionString: server.url('postgres'), application_name: `yidan owner ${process.pid}` }
    const client = new pg.Client(connection)
    try {
      await client.connect()
      return { server, client }
    } catch (error) {
      // A server that was killed a moment ago still looks alive: look again.
      if (tries === connectTriesMax) throw error
      await pause(100)
    }
  }
}

async function takeOwnerLock(client: pg.Client, dataDir: string) {
  // A killed owner's connection needs a moment to be noticed, so the lock is waited for, but not for long.
  await client.query(`set lock_timeout = ${lockWaitMs}`)
  try {
    await client.query('select pg_advisory_lock($1)', [ownerLock])
  } catch {
    throw new Error(await heldByAnother(client, dataDir))
  } finally {
    await client.query('reset lock_timeout')
  }
}

async function heldByAnother(client: pg.Client, dataDir: string): Promise<string> {
  const { rows } = await client.query<{ name: string; since: string }>(
    `select application_name as name, to_char(backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') as since
       from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and objid = $1`,
    [ownerLock],
  )
  const owner = rows[0]
  const who = owner ? `process ${owner.name.split(' ').at(-1)}, started ${owner.since}` : 'another process'
  return `The data in ${dataDir} is in use by ${who}. Stop that one first, or give this one a folder of its own with DATA_DIR.`
}

/** Watches over the server until stopped: when it dies, it is started again on the same port, so pools reconnect. */
function keep(cluster: Cluster, dataDir: string, first: Owned, log: Log): () => Promise<void> {
  let current = first
  let isStopping = false
  let recovery = Promise.resolve()
  const stopOnExit = () => stopWithoutWaiting(current.server)
  process.once('exit', stopOnExit)
  watch()

  function watch() {
    // Without a listener the broken connection would end the process; `end` follows and is where it is dealt with.
    current.client.on('error', () => {})
    current.client.once('end', () => {
      if (!isStopping) recovery = recover()
    })
  }

  /** A server that was killed may need a while until it lets anybody in: it is tried until it does. */
  async function recover() {
    log('The connection to PostgreSQL was lost: looking after the server.')
    for (let tries = 1; ; tries++) {
      if (isStopping) return
      try {
        current = await own(cluster, dataDir, current.server.port)
        watch()
        log('PostgreSQL answers again.')
        return
      } catch (error) {
        if (tries === 1) log(`PostgreSQL does not answer yet: ${reason(error)}`)
        await pause(recoveryPauseMs)
      }
    }
  }

  return async () => {
    if (isStopping) return
    isStopping = true
    await recovery
    await current.client.end().catch(() => {})
    await stop(cluster, current.server)
    process.off('exit', stopOnExit)
  }
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/([^:@/]+):[^@/]*@/, '//$1@')
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error)
}
