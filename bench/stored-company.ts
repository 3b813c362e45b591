import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { openDatabase } from '../scripts/embedded-postgres.ts'
import { migrate } from '../scripts/migrate.ts'

/** The demo company in a data folder of its own, so many times as large; no server runs on it. */
export type StoredCompany = {
  /** How large it is, in the names of the figures. */
  size: string
  dataDir: string
  log: (line: string) => void
  remove: () => void
}

const loader = fileURLToPath(new URL('../scripts/load-demo.ts', import.meta.url))

/** Makes a throw-away database with the settings of a real one, and loads the demo company into it. */
export async function storeCompany(scale: number, log: (line: string) => void): Promise<StoredCompany> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yidan-bench-'))
  // The server's user must pass through; what lies inside is closed to others by PostgreSQL itself.
  chmodSync(dataDir, 0o711)
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true })
  process.once('exit', remove)
  const begun = performance.now()
  const database = await openDatabase({ dataDir, log })
  try {
    await migrate(database.url, { log: () => {} })
    // In a process of its own: what it needs for a moment is given back, and the kernel here reads no configuration.
    await promisify(execFile)(process.execPath, ['--import', 'tsx', loader, '--scale', String(scale)], {
      env: { ...process.env, DATABASE_URL: database.url, LOG_LEVEL: 'error' },
    })
  } finally {
    await database.stop()
  }
  log(`The company is loaded at ${scale}x, ${((performance.now() - begun) / 1000).toFixed(0)} s.`)
  return { size: `${scale}x`, dataDir, log, remove }
}
