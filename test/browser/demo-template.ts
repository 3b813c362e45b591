import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { buildApp } from '../../scripts/build-app.ts'
import { unpackShell } from '../../scripts/chromium.ts'
import { onDatabase } from '../../server/test/postgres.ts'

/**
 * Once a run, after the template is migrated: the demo company is put into it, so that each file begins with a copy of the company. Meanwhile
 * the app is built, and the browser unpacked before several ask for it at once.
 */
export default async function setup(project: TestProject): Promise<void> {
  const { url, template } = project.getProvidedContext().testServer
  await Promise.all([loadDemo(onDatabase(url, template)), buildApp({ log: console.log }), unpackShell()])
}

/** In a process of its own, which leaves no connection behind: a database in use cannot be copied. */
async function loadDemo(database: string): Promise<void> {
  const loader = fileURLToPath(new URL('../../scripts/load-demo.ts', import.meta.url))
  await promisify(execFile)(process.execPath, ['--import', 'tsx', loader], {
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'error', DATABASE_URL: database },
  })
}
