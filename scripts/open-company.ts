import { fileURLToPath } from 'node:url'
import type { Simulator } from '../simulator/index.ts'
import { assertSomebodyCanSignIn, isDemo } from './configuration-checks.ts'
import { startDemoSimulator, useSimulator } from './demo-simulator.ts'
import type { House } from './house.ts'

export type Company = { house: House; simulator?: Simulator }

export type Opening = {
  /** Becomes the configuration; `DATABASE_URL` names a migrated database. */
  env: Record<string, string | undefined>
  host: string
  port: number
  /** Where the simulated chat platforms listen; 0 takes any free port. */
  simPort: number
  log: (line: string) => void
  /** Told of each part that was opened, as soon as it must be stopped; what was opened last is stopped first. */
  onStop: (name: string, stop: () => Promise<void>) => void
}

const built = (folder: string): string => fileURLToPath(new URL(`../dist/${folder}`, import.meta.url))

/**
 * Opens the company: the app, its worker and its chat platforms. While no platform is configured it is the demo company, on simulated platforms,
 * loaded when the database is empty.
 */
export async function openCompany({ env, host, port, simPort, log, onStop }: Opening): Promise<Company> {
  const appUrl = `http://${host}:${port}`
  const simulator = isDemo(env)
    ? await startDemoSimulator({ port: simPort, appUrl, pageFolder: built('simulator') })
    : undefined
  if (simulator) {
    onStop('simulator', () => simulator.close())
    useSimulator(env, simulator.url)
  }
  env['PUBLIC_URL'] ||= appUrl

  // The kernel reads its configuration when it is first imported: from here on it may be.
  const { openHouse, syncDirectories } = await import('./house.ts')
  const { connectPlatforms } = await import('#server/modules/connections')
  const { runningApps } = await import('./running-platforms.ts')
  const { tryApp } = await import('./platform-advice.ts')
  const { watchStoredApps } = await import('./watch-stored-apps.ts')
  if (simulator) await fillEmptyCompany(log)
  const apps = await runningApps()
  const { platforms } = apps
  assertSomebodyCanSignIn(env, platforms.length)
  connectPlatforms({ test: tryApp, state: apps.state })
  const house = await openHouse({ platforms, host, port, appFolder: built('miniapp') })
  onStop('app', house.close)
  await syncDirectories(platforms)
  onStop('watch over stored apps', watchStoredApps(apps, house))
  return { house, simulator }
}

async function fillEmptyCompany(log: Opening['log']): Promise<void> {
  const { furnish } = await import('./house.ts')
  const { isEmptyCompany, loadDemo } = await import('../prisma/demo/load.ts')
  if (!(await isEmptyCompany())) return
  await furnish()
  await loadDemo({ log })
}
