import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { start, stop } from '../scripts/postgres-cluster.ts'
import { findProgram, findServerUser, type Log } from '../scripts/postgres-program.ts'
import type { Between } from './front-door.ts'

export type Replica = Between & {
  /** How long after its commit a row could be read here; the longest of several. */
  behindMs: () => Promise<number>
}

const tries = 20

/** A streaming replica of the database in this folder: a base backup, taken while the server runs, that follows it from then on. */
export async function openReplica(dataDir: string, primary: pg.Client, log: Log): Promise<Replica> {
  const home = mkdtempSync(join(tmpdir(), 'yidan-replica-'))
  chmodSync(home, 0o711)
  const directory = join(home, 'postgres')
  const user = findServerUser()
  await primary.query(`select pg_backup_start('replica', true)`)
  execFileSync('cp', ['-a', realpathSync(join(dataDir, 'postgres')), directory])
  const { rows } = await primary.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
  rmSync(join(directory, 'postmaster.pid'))
  for (const segment of readdirSync(join(directory, 'pg_wal')))
    rmSync(join(directory, 'pg_wal', segment), { recursive: true })
  for (const [name, content] of Object.entries({ backup_label: rows[0]!.labelfile, 'standby.signal': '' })) {
    writeFileSync(join(directory, name), content, { mode: 0o600 })
    if (user) chownSync(join(directory, name), user.uid, user.gid)
  }
  const { host, port, user: name, password, database } = primary
  appendFileSync(
    join(directory, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=${host} port=${port} user=${name} password=${password}'\n`,
  )
  const cluster = { directory, program: findProgram(user, log), durable: true }
  const server = await start(cluster)
  const url = server.url(database ?? 'yidan')
  return {
    url,
    behindMs: () => behindMs(primary, url),
    stop: async () => {
      await stop(cluster, server)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function behindMs(primary: pg.Client, replicaUrl: string): Promise<number> {
  const replica = new pg.Client({ connectionString: replicaUrl })
  await replica.connect()
  let longest = 0
  for (let i = 0; i < tries; i++) {
    const { rows } = await primary.query<{ at: string }>('select pg_current_wal_insert_lsn()::text as at')
    await primary.query(`select pg_logical_emit_message(true, 'replica', 'here')`)
    const committedAt = performance.now()
    while (!(await isAt(replica, rows[0]!.at))) await pause(1)
    longest = Math.max(longest, performance.now() - committedAt)
  }
  await replica.end()
  return Math.round(longest)
}

const isAt = async (replica: pg.Client, at: string): Promise<boolean> =>
  (await replica.query<{ isAt: boolean }>('select pg_last_wal_replay_lsn() > $1::pg_lsn as "isAt"', [at])).rows[0]!.isAt
