import { fileURLToPath } from 'node:url'
import { buildApp } from './build-app.ts'
import { assertSafeForProduction, isDemo } from './configuration-checks.ts'
import { startDemoSimulator, useSimulator } from './demo-simulator.ts'
import { openDatabase } from './embedded-postgres.ts'
import { migrate } from './migrate.ts'
import { type Stopping, stopOnSignal } from './stopping.ts'

const help = `Starts Yidan 一单.

  npm start                 everything, on this machine
  npm start -- --help       this page

Without a chat platform configured, a demo company is loaded into an empty database and the chat
platforms are simulated. Environment (all of it is in .env.example):

  DATABASE_URL    a PostgreSQL of your own, 15 or later; without it an embedded one runs
  DATA_DIR        where the embedded one keeps its data (./data)
  HOST, PORT      where the app and the API listen (127.0.0.1, 3000)
  SIM_PORT        where the simulated chat platforms listen (3001)
  FEISHU_…        the app on Feishu that people sign in with; see docs/operations.md

Ctrl-C stops all of it; the data stays for the next start.`

const log = (line: string) => console.log(line)
const built = (folder: string): string => fileURLToPath(new URL(`../dist/${folder}`, import.meta.url))

if (process.argv.includes('--help')) {
  log(help)
} else {
  const stopping = stopOnSignal(log)
  try {
    await start(stopping)
  } catch (error) {
    if (!stopping.isStopping()) {
      console.error(`\n${JSON.stringify(error)}`)
      await stopping.stop(1)
    }
  }
}

async function start({ onStop }: Stopping) {
  const startedAt = Date.now()
  const { env } = process
  assertSafeForProduction(env)
  log('Opening the database.')
  const database = await openDatabase({ url: env['DATABASE_URL'], dataDir: env['DATA_DIR'], log })
  onStop('database', database.stop)
  env['DATABASE_URL'] = database.url
  await migrate(database.url, { log })
  void buildApp

  const host = env['HOST'] || '127.0.0.1'
  const port = Number(env['PORT'] || 3000)
  const appUrl = `http://${host}:${port}`
  const simulator = isDemo(env)
    ? await startDemoSimulator({ port: Number(env['SIM_PORT'] || 3001), appUrl, pageFolder: built('simulator') })
    : undefined
  if (simulator) {
    onStop('simulator', simulator.close)
    useSimulator(env, simulator.url)
  }
  env['PUBLIC_URL'] ||= appUrl

  // The kernel reads its configuration when it is first imported: from here on it may be.
  const { openHouse, platformsFrom, syncDirectories } = await import('./house.ts')
  if (simulator) await fillEmptyCompany()
  const platforms = platformsFrom()
  const house = await openHouse({ platforms, host, port, appFolder: built('miniapp') })
  onStop('app', house.stop)
  await syncDirectories(platforms)

  log(`\nReady in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
  if (simulator) log(`  The demo company at work:  ${simulator.url.replace('127.0.0.1', 'localhost')}`)
  log(`  App and API:               ${house.url}   (API documentation: ${house.url}/docs)`)
  log('Ctrl-C stops it.')
}

async function fillEmptyCompany() {
  const { furnish } = await import('./house.ts')
  const { isEmptyCompany, loadDemo } = await import('../prisma/demo/load.ts')
  if (!(await isEmptyCompany())) return
  await furnish()
  await loadDemo({ log })
}
