import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'dist/built-from')
const builds = [['build'], ['build', '--mode', 'simulator']]

/** What the browser's code is made of: its own folders, and the contracts and descriptors it shares with the server. */
const sourceFolders = ['miniapp', 'simulator/page', 'server']
const sharedFile = /^server\/(contract\/.+|.+\/contract|.+\.document)\.ts$/

/** Builds the mini-app and the simulator's page when their sources have changed since the last time. */
export async function buildApp({ log }: { log: (line: string) => void }): Promise<void> {
  // A production image holds the built files, and neither their sources nor the tools.
  if (process.env.NODE_ENV === 'production' && existsSync(stamp)) return
  const hash = sourceHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return

  const startedAt = Date.now()
  log('Building the mini-app.')
  for (const build of builds) await vite(build)
  writeFileSync(stamp, hash)
  log(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
}

function sourceHash(): string {
  const hash = createHash('sha256')
  for (const path of ['package-lock.json', 'vite.config.ts', ...sourceFolders.flatMap(sourcesIn)]) {
    hash.update(`\n${path}\n`).update(readFileSync(join(root, path)))
  }
  return hash.digest('hex')
}

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.endsWith('.test.ts') && (!path.startsWith('server/') || sharedFile.test(path)))
    .sort()
}

async function vite(args: string[]) {
  const program = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  try {
    await promisify(execFile)(process.execPath, [program, ...args], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production' },
    })
  } catch (error) {
    const output = ['stdout', 'stderr'].map((stream) => (error instanceof Error ? Reflect.get(error, stream) : ''))
    throw new Error(`vite ${args.join(' ')} failed:\n${output.join('')}`, { cause: error })
  }
}
