import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { unpackShell } from '../../scripts/chromium.ts'
import { onDatabase } from '../../server/test/postgres.ts'

/**
 * Once a run, after the template is migrated: the demo company is put into it, so that each file begins with a copy of the company. The browser is
 * unpacked before several ask for it at once.
 */
export default async function setup(project: TestProject): Promise<void> {
  await unpackShell()
  const { url, template } = project.getProvidedContext().testServer
  // In a process of its own, which leaves no connection behind: a database in use cannot be copied.
  const loader = fileURLToPath(new URL('../../scripts/load-demo.ts', import.meta.url))
  await promisify(execFile)(process.execPath, ['--import', 'tsx', loader], {
    env: { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'error', DATABASE_URL: onDatabase(url, template) },
  })
}
