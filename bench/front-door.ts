import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { findServerUser } from '../scripts/postgres-program.ts'
import { freePort } from './house-process.ts'

/** A program of this machine's packages that runs between the parts of the house. */
export type Between = { url: string; stop: () => Promise<void> }

const answersWithinMs = 10_000

/** nginx before these houses: one address, in turn, and the next one when one does not answer. */
export async function openNginx(houseUrls: readonly string[]): Promise<Between> {
  const port = await freePort()
  const folder = workFolder()
  const servers = houseUrls.map((url) => `server ${new URL(url).host};`).join(' ')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  )
  const path = join(folder, 'nginx.conf')
  writeFileSync(
    path,
    `daemon off; pid ${folder}/pid; error_log stderr crit; worker_processes 1; ${process.getuid?.() === 0 ? 'user root;' : ''}
    events { worker_connections 1024; }
    http {
      access_log off; ${temporary.join(' ')}
      upstream houses { ${servers} keepalive 64; keepalive_timeout 3s; }
      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://houses; proxy_http_version 1.1; proxy_set_header Connection '';
          proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
          # Every change carries a key, so it may be sent again to the other house.
          proxy_next_upstream error timeout non_idempotent; proxy_next_upstream_tries 2;
        }
      }
    }`,
  )
  const child = spawn('nginx', ['-p', folder, '-c', path], { stdio: ['ignore', 'ignore', 'inherit'] })
  return opened({ child, folder, port, url: `http://127.0.0.1:${port}`, signal: 'SIGTERM' })
}

/** PgBouncer before this database, which lends a connection for a transaction at a time. */
export async function openPgBouncer(program: string, databaseUrl: string, connections: number): Promise<Between> {
  const database = new URL(databaseUrl)
  const port = await freePort()
  const folder = workFolder()
  const name = database.pathname.slice(1)
  writeFileSync(join(folder, 'users.txt'), `"${database.username}" "${decodeURIComponent(database.password)}"\n`)
  const path = join(folder, 'pgbouncer.ini')
  writeFileSync(
    path,
    `[databases]
${name} = host=${database.hostname} port=${database.port} dbname=${name}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${folder}/users.txt
pool_mode = transaction
max_prepared_statements = 1000
default_pool_size = ${connections}
max_client_conn = 500
idle_transaction_timeout = 300
log_connections = 0
log_disconnections = 0
`,
  )
  // It refuses to run as root.
  const user = findServerUser()
  const child = spawn(program, ['-q', path], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: '/',
    ...(user && { uid: user.uid, gid: user.gid }),
  })
  const url = new URL(databaseUrl)
  url.port = String(port)
  // It would wait for whoever is connected at any other.
  return opened({ child, folder, port, url: url.href, signal: 'SIGQUIT' })
}

/** The first version that keeps prepared statements across the connections it lends. */
const bouncerNeeded = [1, 21]

/** The PgBouncer of this machine, or the one that PGBOUNCER names; or why there is none to use. */
export function findPgBouncer(): { program: string } | { missing: string } {
  const program = process.env['PGBOUNCER'] || 'pgbouncer'
  const said = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout
  const version = /PgBouncer (\d+)\.(\d+)/.exec(said ?? '')
  if (!version) return { missing: 'PgBouncer is not installed' }
  const isOld = Number(version[1]) === bouncerNeeded[0] && Number(version[2]) < bouncerNeeded[1]!
  return isOld
    ? { missing: `PgBouncer ${version[1]}.${version[2]} keeps no prepared statements; ${bouncerNeeded.join('.')} does` }
    : { program }
}

export const hasNginx = (): boolean => spawnSync('nginx', ['-v']).status === 0

function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yidan-between-'))
  // Whoever runs in it may be another user.
  chmodSync(folder, 0o755)
  return folder
}

type Program = { child: ChildProcess; folder: string; port: number; url: string; signal: NodeJS.Signals }

async function opened({ child, folder, port, url, signal }: Program): Promise<Between> {
  const ended = once(child, 'exit')
  const endWithUs = (): void => void child.kill('SIGKILL')
  process.once('exit', endWithUs)
  await listening(port)
  return {
    url,
    stop: async () => {
      child.kill(signal)
      await ended
      process.off('exit', endWithUs)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function listening(port: number): Promise<void> {
  for (const begun = Date.now(); ; await pause(50)) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (isOpen) return
    if (Date.now() - begun > answersWithinMs) throw new Error(`Nobody listens on ${port}.`)
  }
}
