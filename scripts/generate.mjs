// Plain JavaScript: the generated client must be there before the first TypeScript file that imports it is loaded.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const schema = join(root, 'prisma/schema')
const client = join(root, 'server/kernel/prisma/client.ts')
const cache = join(root, 'node_modules/.cache/yidan')
const stamp = join(cache, 'prisma-schema.sha256')
const lock = join(cache, 'generating')
const lockAgeMaxMs = 60_000

/** Generates the database client from `prisma/schema` when the schema, or Prisma, has changed since the last time. */
export async function generateClient({ log }) {
  if (isCurrent()) return
  mkdirSync(cache, { recursive: true })
  await takeLock()
  try {
    if (isCurrent()) return
    log('Generating the database client from prisma/schema.')
    const hash = schemaHash()
    await prismaGenerate()
    writeFileSync(stamp, hash)
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function isCurrent() {
  return existsSync(client) && existsSync(stamp) && readFileSync(stamp, 'utf8') === schemaHash()
}

function schemaHash() {
  const hash = createHash('sha256').update(readFileSync(join(root, 'node_modules/prisma/package.json')))
  for (const name of readdirSync(schema).sort()) hash.update(`\n${name}\n`).update(readFileSync(join(schema, name)))
  return hash.digest('hex')
}

/** Two test runs side by side must not write the client at once: making a folder succeeds for one of them only. */
async function takeLock() {
  for (;;) {
    try {
      return mkdirSync(lock)
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0
    if (age > lockAgeMaxMs) rmSync(lock, { recursive: true, force: true })
    await pause(100)
  }
}

function prismaGenerate() {
  const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')
  // Generating needs no schema engine, but the CLI wants to fetch one unless it is told of some program.
  const env = {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [cli, 'generate', '--schema', schema], { cwd: root, env }, (error, stdout, stderr) =>
      error ? reject(new Error(`prisma generate failed:\n${stdout}${stderr}`)) : resolve(),
    )
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await generateClient({ log: console.log })
